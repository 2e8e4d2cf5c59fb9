import { join } from 'node:path';
import Libsql from 'libsql';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { errorEntities, errorMigrations } from '../catalog.js';
import { logEntities, logMigrations } from '../logging.js';
import type { Config } from './config.js';
import { SqliteDataSource } from './sqlite/sqlite-data-source.js';

/** How long one attempt to connect may take, in milliseconds. */
const CONNECT_TIMEOUT = 5_000;

export const MIGRATIONS_TABLE = 'errata_migration';

export type DatabaseSettings = Pick<Config, 'databaseUrl' | 'dataDir' | 'databasePoolSize'>;

/** The DataSource of the service, not connected yet: PostgreSQL where there is an address, else a file of its own. */
export function createDataSource({ databaseUrl, dataDir, databasePoolSize }: DatabaseSettings): DataSource {
  const type = databaseUrl === undefined ? 'better-sqlite3' : 'postgres';
  const shared = { entities: errorEntities(type), migrations: errorMigrations, migrationsTableName: MIGRATIONS_TABLE };
  if (databaseUrl !== undefined) {
    return new DataSource({
      ...shared,
      entities: [...errorEntities(type), ...logEntities(type)],
      migrations: [...errorMigrations, ...logMigrations],
      type: 'postgres',
      url: databaseUrl,
      applicationName: 'errata',
      poolSize: databasePoolSize,
      connectTimeoutMS: CONNECT_TIMEOUT,
    });
  }
  return embedded(join(dataDir, 'errata.sqlite'), shared);
}

/** The name of the DataSource that the log has to itself beside an embedded database. */
export const LOG_DATA_SOURCE = 'log';

/**
 * The DataSource of the log, not connected yet: a file of its own beside the embedded database, whose writers would wait for
 * each other; null on PostgreSQL, where it is the same database.
 */
export function createLogDataSource({ databaseUrl, dataDir }: DatabaseSettings): DataSource | null {
  if (databaseUrl !== undefined) return null;
  return embedded(logFile(dataDir), {
    entities: logEntities('better-sqlite3'),
    migrations: logMigrations,
  });
}

export function logFile(dataDir: string): string {
  return join(dataDir, 'log.sqlite');
}

function embedded(database: string, tables: Pick<DataSourceOptions, 'entities' | 'migrations'>): DataSource {
  return new SqliteDataSource({
    entities: tables.entities ?? [],
    migrations: tables.migrations ?? [],
    migrationsTableName: MIGRATIONS_TABLE,
    type: 'better-sqlite3',
    driver: Libsql,
    database,
    enableWAL: true,
    // What was acknowledged survives a power cut, not only the end of the process.
    prepareDatabase: (file: InstanceType<typeof Libsql>) => void file.pragma('synchronous = FULL'),
  });
}

/** Where the data is, for people to read: without the password. */
export function describeDatabase({ databaseUrl, dataDir }: DatabaseSettings): string {
  if (databaseUrl === undefined) return `the file ${join(dataDir, 'errata.sqlite')}`;
  const { username, host, pathname } = new URL(databaseUrl);
  return `postgresql://${username ? `${username}@` : ''}${host}${pathname}`;
}
