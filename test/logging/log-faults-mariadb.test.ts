import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { missingTableLosesNothing, outagesLoseNothing } from '../support/log-outages.js';
import { numbered, storedMessages } from '../support/log-table.js';
import { LogUnderFaults, printed } from '../support/log-under-faults.js';
import { findMariadb, type MariadbServer, startMariadb } from '../support/mariadb-server.js';

/** A server of its own: it is stopped and killed. */
(findMariadb() === null ? describe.skip : describe)('The log, when MariaDB fails', () => {
  let server: MariadbServer;
  let log: LogUnderFaults;

  beforeAll(async () => {
    server = await startMariadb();
    log = await LogUnderFaults.on(server.url('test'));
  });
  beforeEach(() => log.begin());
  afterEach(() => log.end());
  afterAll(async () => {
    await log.source.destroy();
    await server.stop();
  });

  outagesLoseNothing(() => ({ log, server }));
  missingTableLosesNothing(() => ({ log }));

  test('stores what was flushed once, when the application is killed meanwhile', async () => {
    const child = await log.start(String(67_108_864), '3000');
    server.signal('SIGSTOP');
    const isSafe = printed(child, 'safe 3000');
    child.stdin.write('go\n');
    await isSafe;
    child.kill('SIGKILL');
    await once(child, 'exit');
    server.signal('SIGCONT');
    await log.areStored(log.open(), 3_000);
    expect((await storedMessages(log.source)).slice(0, 3_000)).toEqual(numbered(3_000));
  });
});
