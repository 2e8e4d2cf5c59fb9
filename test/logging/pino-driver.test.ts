import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { logDataSource, spoolDirectory } from '../support/log-table.js';

describe('The transport for pino on SQLite', () => {
  let directory: ReturnType<typeof spoolDirectory>;
  beforeEach(() => {
    directory = spoolDirectory();
  });
  afterEach(() => directory.remove());

  const open = (database: string, driver: string): ReturnType<typeof pino.transport> =>
    pino.transport({
      target: resolve('dist/src/pino.js'),
      options: {
        dataSource: { type: 'better-sqlite3', driver, database },
        spool: { directory: join(directory.path, 'spool') },
      },
    });

  test('takes the driver by the name of its module', async () => {
    const database = join(directory.path, 'log.sqlite');
    const source = await logDataSource(database);
    const stream = open(database, 'libsql');
    await once(stream, 'ready');
    pino(stream).info({ request_id: 'request-7', trace_id: 'trace-7', error_id: 3 }, 'It is done.');
    stream.end();
    await once(stream, 'close');
    expect(await source.query('SELECT level, message, request_id, trace_id, error_id, context FROM logentry')).toEqual([
      {
        level: 'info',
        message: 'It is done.',
        request_id: 'request-7',
        trace_id: 'trace-7',
        error_id: 3,
        context: null,
      },
    ]);
    await source.destroy();
  });

  test('says what to install where there is no such module', async () => {
    const stream = open(join(directory.path, 'log.sqlite'), 'no-such-driver');
    const [error] = (await once(stream, 'error')) as [Error];
    expect(error.message).toMatch(/driver “no-such-driver” could not be loaded .*npm install no-such-driver/s);
  });
});
