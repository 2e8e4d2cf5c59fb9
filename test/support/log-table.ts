import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Libsql from 'libsql';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { logEntities, logMigrations } from '../../src/logging.js';

/** A directory for a spool, gone when the test is. */
export function spoolDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'errata-spool-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A DataSource with the log's table, migrated unless told otherwise. */
export function logDataSource(url: string, migrationsRun = true, extra: object = {}): Promise<DataSource> {
  const type = url.startsWith('postgres') ? 'postgres' : url.startsWith('mysql') ? 'mysql' : 'better-sqlite3';
  const place = type === 'better-sqlite3' ? { driver: Libsql, database: url } : { url };
  const tables = { entities: logEntities(type), migrations: logMigrations, migrationsRun };
  return new DataSource({ type, ...place, ...tables, timezone: 'Z', ...extra } as DataSourceOptions).initialize();
}

/** The messages in the table in the order in which they were stored; fails for a record that is there twice. */
export async function storedMessages(source: DataSource): Promise<string[]> {
  const rows = await source.query<{ message: string; record_id: string }[]>(
    'SELECT message, record_id FROM logentry ORDER BY id',
  );
  if (new Set(rows.map((row) => row.record_id)).size !== rows.length) throw new Error('A record is stored twice.');
  return rows.map(({ message }) => message);
}

/** Messages as the tests number them. */
export function numbered(count: number, first = 0): string[] {
  return Array.from({ length: count }, (_, index) => `record ${first + index}`);
}

/** Waits until it is so, for at most a time in milliseconds. */
export async function until(isSo: () => boolean | Promise<boolean>, limit = 30_000): Promise<void> {
  for (const deadline = performance.now() + limit; !(await isSo());) {
    if (performance.now() > deadline) throw new Error(`This did not come about within ${limit} ms: ${isSo.toString()}`);
    await delay(20);
  }
}
