import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { DatabaseLogHandler } from '../../src/logging.js';
import { logDataSource, spoolDirectory, storedMessages, until } from '../support/log-table.js';

let root: ReturnType<typeof spoolDirectory>;
const sources: DataSource[] = [];
const said: string[] = [];

beforeEach(() => {
  root = spoolDirectory();
  said.length = 0;
  jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
    said.push(String(line));
    return true;
  });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(sources.splice(0).map((source) => source.destroy()));
  root.remove();
});

/** A log in a database of its own, by default over one spool. */
async function logIn(name: string, hasTable: boolean, spool = join(root.path, 'spool')): Promise<DatabaseLogHandler> {
  const dataSource = await logDataSource(join(root.path, name), hasTable);
  sources.push(dataSource);
  return new DatabaseLogHandler({ dataSource, shutdownTimeout: 200, spool: { directory: spool } });
}

const emit = (log: DatabaseLogHandler, message: string): void => log.emit({ level: 'info', message });

describe('A spool that several applications share', () => {
  test('gives each database what was meant for it', async () => {
    const first = await logIn('first.sqlite', false);
    emit(first, 'of the first');
    await first.close();
    const second = await logIn('second.sqlite', true);
    emit(second, 'of the second');
    await second.close();
    expect(await storedMessages(sources[1] as DataSource)).toEqual(['of the second']);
    expect(said.join('')).toContain('Spooled records of another database are left where they are');
    const again = await logIn('first.sqlite', true);
    await until(() => again.stats().stored === 1);
    await again.close();
    expect(await storedMessages(sources[2] as DataSource)).toEqual(['of the first']);
    expect(existsSync(join(root.path, 'spool'))).toBe(false);
  });

  test.each([null, '', '\0\0\0'])('gives whoever comes what says no longer where it was to go: %j', async (left) => {
    const first = await logIn('first.sqlite', false);
    emit(first, 'of the first');
    await first.close();
    const spool = join(root.path, 'spool');
    for (const directory of readdirSync(spool)) {
      const destination = join(spool, directory, 'destination');
      if (left === null) rmSync(destination);
      else writeFileSync(destination, left);
    }
    const second = await logIn('second.sqlite', true);
    await until(() => second.stats().stored === 1);
    await second.close();
    expect(await storedMessages(sources[1] as DataSource)).toEqual(['of the first']);
  });
});

describe('On standard error a log', () => {
  test('says that records are kept on disk where they are', async () => {
    const log = await logIn('none.sqlite', false);
    emit(log, 'one');
    await log.close();
    expect(log.stats()).toMatchObject({ spooled: 1, givenUp: 0 });
    expect(said.join('')).toContain('Records cannot be stored at present and are kept on disk: ');
    expect(said.join('')).not.toContain('lost');
  });

  test('says that they are in memory alone where the spool cannot be written, and at its end how many are lost', async () => {
    // Not even the superuser makes a directory below a file.
    writeFileSync(join(root.path, 'file'), '');
    const log = await logIn('none.sqlite', false, join(root.path, 'file', 'spool'));
    for (const message of ['one', 'two', 'three']) emit(log, message);
    await log.close();
    expect(log.stats().givenUp).toBe(3);
    const text = said.join('');
    expect(text).toContain('Records cannot be stored at present and wait in memory alone: ');
    expect(text).toContain('The spool cannot be written: ');
    expect(text).toContain('Log records are lost, 3 of them: ');
    expect(text).not.toContain('kept on disk: ');
  });
});
