import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { DatabaseLogHandler } from '../../src/logging.js';
import { logDataSource, numbered, spoolDirectory, storedMessages, until } from '../support/log-table.js';
import { findMariadb, type MariadbServer, startMariadb } from '../support/mariadb-server.js';

(findMariadb() === null ? describe.skip : describe)('The log on MariaDB', () => {
  const spool = spoolDirectory();
  let server: MariadbServer;
  let source: DataSource;
  let handler: DatabaseLogHandler;
  const emit = (messages: readonly string[]): void => {
    for (const message of messages) handler.emit({ level: 'info', message });
  };

  beforeAll(async () => {
    server = await startMariadb();
    source = await logDataSource(server.url('test'));
    handler = new DatabaseLogHandler({ dataSource: source, interval: 20, spool: { directory: spool.path } });
  });
  afterAll(async () => {
    await handler.close();
    await source.destroy();
    await server.stop();
    spool.remove();
  });

  test('stores everything once and in order, through a table that is missing for a while', async () => {
    emit(numbered(1_500));
    await handler.flush();
    await source.query('RENAME TABLE logentry TO elsewhere');
    emit(numbered(500, 1_500));
    await handler.flush();
    expect(handler.stats()).toMatchObject({ stored: 1_500, spooled: 500, isReachable: false });
    await source.query('RENAME TABLE elsewhere TO logentry');
    await until(() => handler.stats().stored === 2_000);
    expect(await storedMessages(source)).toEqual(numbered(2_000));
  });

  test('stores what was stored already once, and what is refused in its place', async () => {
    await source.query('TRUNCATE logentry');
    await source.query(`ALTER TABLE logentry ADD CONSTRAINT picky CHECK (message <> 'record 3')`);
    const created = Date.UTC(2026, 2, 1, 9, 30, 0, 123);
    const id = '018f3c2e-5b7a-7c11-9d52-0a1b2c3d4e5f';
    for (const _ of [1, 2])
      handler.emit({ level: 'warn', message: 'NUL \0 🙂', created, id, context: { a: [1, '\0'] } });
    await handler.flush();
    emit(numbered(6));
    await handler.flush();
    const messages = await storedMessages(source);
    expect(messages.slice(0, 4)).toEqual(['NUL \ufffd 🙂', ...numbered(3)]);
    expect(messages[4]).toContain('refused');
    expect(messages.slice(5)).toEqual(numbered(2, 4));
    const [row] = await source.query<Record<string, unknown>[]>('SELECT * FROM logentry ORDER BY id LIMIT 1');
    expect(row).toMatchObject({ created: new Date(created), stacktrace: null, error_id: null, record_id: id });
    expect(row?.['context']).toEqual({ a: [1, '\ufffd'] });
  });
});
