import { join } from 'node:path';
import Libsql from 'libsql';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { errorEntities, errorMigrations } from '../../src/catalog.js';
import { logEntities, logMigrations } from '../../src/logging.js';
import { createDatabase, type DatabaseKind } from './databases.js';

/** A host's database with the tables of the catalogue and of the log. */
export interface LogDatabase {
  readonly options: DataSourceOptions;
  /** Connects, and brings the tables up to date. */
  connect(): Promise<DataSource>;
  drop(): Promise<void>;
}

/** Makes a database for a host that has catalogue and log in one DataSource. */
export async function createLogDatabase(kind: DatabaseKind): Promise<LogDatabase> {
  const database = await createDatabase(kind);
  const { environment } = database;
  const connection =
    kind === 'postgres'
      ? ({ type: 'postgres', url: environment['DATABASE_URL'] ?? '' } as const)
      : ({
          type: 'better-sqlite3',
          driver: Libsql,
          database: join(environment['DATA_DIR'] ?? '', 'host.sqlite'),
        } as const);
  const options = {
    ...connection,
    entities: [...errorEntities(connection.type), ...logEntities(connection.type)],
    migrations: [...errorMigrations, ...logMigrations],
    migrationsRun: true,
  };
  return { options, drop: () => database.drop(), connect: () => new DataSource(options).initialize() };
}

/** An entry as plain SQL writes it. */
export interface PlainEntry {
  readonly level?: string;
  readonly message?: string;
  readonly host?: string;
  readonly created?: string;
  readonly stacktrace?: string;
  readonly error_id?: number;
  readonly request_id?: string;
  readonly trace_id?: string;
  readonly context?: string;
  readonly record_id?: string;
}

/** Writes entries with plain SQL, in their order. */
export async function writeEntries(dataSource: DataSource, entries: readonly PlainEntry[]): Promise<void> {
  for (const entry of entries) {
    const row = { level: 'info', message: 'It works.', ...entry };
    const columns = Object.keys(row);
    const places = columns.map((_, index) => (dataSource.options.type === 'postgres' ? `$${index + 1}` : '?'));
    const statement = `INSERT INTO logentry (${columns.join(', ')}) VALUES (${places.join(', ')})`;
    await dataSource.query(statement, Object.values(row));
  }
}
