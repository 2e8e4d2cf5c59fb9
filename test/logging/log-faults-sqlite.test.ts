import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { aKillLosesNothing, missingTableLosesNothing } from '../support/log-outages.js';
import { numbered, storedMessages } from '../support/log-table.js';
import { LogUnderFaults } from '../support/log-under-faults.js';

/** How long the application waits for a locked file, in milliseconds. */
const BUSY_TIMEOUT = 5_000;

describe('The log, when its SQLite file fails', () => {
  const directory = mkdtempSync(join(tmpdir(), 'errata-log-'));
  const file = join(directory, 'log.sqlite');
  let log: LogUnderFaults;
  let another: Libsql.Database;

  beforeAll(async () => {
    log = await LogUnderFaults.on(file, { timeout: BUSY_TIMEOUT });
    another = new Libsql(file);
  });
  beforeEach(() => log.begin());
  afterEach(() => log.end());
  afterAll(async () => {
    another.close();
    await log.source.destroy();
    rmSync(directory, { recursive: true, force: true });
  });

  missingTableLosesNothing(() => ({ log }));

  test('stores everything once and in order that was logged while another had the file locked', async () => {
    const handler = log.open();
    log.emit(handler, numbered(50));
    await handler.flush();
    another.exec('BEGIN EXCLUSIVE');
    log.emit(handler, numbered(1_950, 50));
    await handler.flush();
    expect(handler.stats()).toMatchObject({ stored: 50, spooled: 1_950, isReachable: false });
    log.emit(handler, numbered(100, 2_000));
    another.exec('COMMIT');
    await log.areStored(handler, 2_100);
    expect(await storedMessages(log.source)).toEqual(numbered(2_100));
    expect(handler.stats()).toMatchObject({ accepted: 2_100, givenUp: 0, spoolBytes: 0 });
  });

  test('keeps nobody waiting for a locked file, and leaves the application its own patience', async () => {
    const handler = log.open();
    another.exec('BEGIN EXCLUSIVE');
    const start = performance.now();
    log.emit(handler, numbered(10));
    await handler.flush();
    expect(performance.now() - start).toBeLessThan(BUSY_TIMEOUT / 2);
    another.exec('COMMIT');
    await log.areStored(handler, 10);
    expect(await log.source.query('PRAGMA busy_timeout')).toEqual([{ timeout: BUSY_TIMEOUT }]);
  });

  aKillLosesNothing(() => ({ log, away: () => another.exec('BEGIN EXCLUSIVE'), back: () => another.exec('COMMIT') }));
});
