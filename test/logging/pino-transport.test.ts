import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createDatabase, databaseKinds } from '../support/databases.js';
import { logDataSource, spoolDirectory, until } from '../support/log-table.js';

(databaseKinds.includes('postgres') ? describe : describe.skip)('The transport for pino', () => {
  let directory: ReturnType<typeof spoolDirectory>;

  beforeEach(() => {
    directory = spoolDirectory();
  });
  afterEach(() => directory.remove());

  test('keeps the lines of a logger, in their order, with what has a column of its own', async () => {
    const database = await createDatabase('postgres');
    const url = database.environment['DATABASE_URL'] ?? '';
    const source = await logDataSource(url);
    const stream = pino.transport({
      target: resolve('dist/src/pino.js'),
      options: {
        dataSource: { type: 'postgres', url },
        spool: { directory: join(directory.path, 'spool') },
      },
    });
    await once(stream, 'ready');
    const logger = pino({ base: { hostname: 'node-7' } }, stream);
    for (let index = 0; index < 100; index++) logger.info({ index }, `record ${index}`);
    logger.error({ err: new TypeError('It broke.'), reqId: 'request-7' }, 'An order was lost.');
    await until(async () => (await source.query<unknown[]>('SELECT id FROM logentry')).length >= 101);
    stream.end();
    await once(stream, 'close');
    const rows = await source.query<Record<string, unknown>[]>('SELECT * FROM logentry ORDER BY id');
    expect(rows.slice(0, 100).map(({ message }) => message)).toEqual(
      Array.from({ length: 100 }, (_, index) => `record ${index}`),
    );
    expect(rows[1]).toMatchObject({ level: 'info', host: 'node-7', context: { index: 1 }, stacktrace: null });
    expect(rows[100]).toMatchObject({ level: 'error', message: 'An order was lost.', request_id: 'request-7' });
    expect(rows[100]?.['stacktrace']).toContain('TypeError: It broke.');
    await source.destroy();
    await database.drop();
  });
});
