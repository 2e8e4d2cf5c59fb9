import { relative, resolve } from 'node:path';
import type { DataSource } from 'typeorm';
import { databaseKindOf } from '../../database/database-kind.js';
import { LogEntry } from './log-entry.entity.js';

/** A TypeORM DataSource. */
export type LogDataSource = DataSource;

/** The fields of a record that an entity may have a property for. */
export const LOG_FIELDS = [
  'recordId',
  'created',
  'level',
  'host',
  'message',
  'stacktrace',
  'context',
  'errorId',
  'requestId',
  'traceId',
] as const;

export type LogField = (typeof LOG_FIELDS)[number];

/** Without these a record says nothing. */
const NEEDED = ['level', 'message'] as const;

/** An entity that log records are written to. */
export interface LogModel {
  /** The name of the entity. */
  readonly name: string;
  /** Whether it is {@link LogEntry}, of whose columns the types are known. */
  readonly isLogEntry: boolean;
  /** The name of its table, escaped for SQL. */
  readonly table: string;
  /** The fields that it has, each with the name of its column, escaped for SQL. */
  readonly columns: Readonly<Partial<Record<LogField, string>>>;
}

/**
 * The entity of a name, or {@link LogEntry} for the empty one.
 * @throws Error for one that the DataSource does not have, or that has no place for a level and a message.
 */
export function logModelOf(dataSource: DataSource, name: string): LogModel {
  if (!dataSource.isInitialized) {
    throw new Error(
      'DatabaseLogHandler: the DataSource is not initialized, so its entities are not known. Await its initialize() first.',
    );
  }
  const metadata = dataSource.entityMetadatas.find((candidate) =>
    name === '' ? candidate.target === LogEntry : candidate.name === name || candidate.tableName === name,
  );
  if (metadata === undefined) {
    const known = dataSource.entityMetadatas.map((candidate) => candidate.name).join(', ') || 'none';
    throw new Error(
      name === ''
        ? `DatabaseLogHandler: the DataSource has no entity LogEntry. Add logEntities('${dataSource.options.type}') to its entities and logMigrations to its migrations.`
        : `DatabaseLogHandler: the DataSource has no entity “${name}” for log records. It has: ${known}.`,
    );
  }
  const { driver } = dataSource;
  const columns: Partial<Record<LogField, string>> = {};
  for (const field of LOG_FIELDS) {
    const column = metadata.findColumnWithPropertyName(field);
    if (column !== undefined) columns[field] = driver.escape(column.databaseName);
  }
  const missing = NEEDED.filter((field) => columns[field] === undefined);
  if (missing.length > 0) {
    throw new Error(
      `DatabaseLogHandler: the entity ${metadata.name} has no property ${missing.join(' and no ')}, so log records cannot be written to it.`,
    );
  }
  const table = metadata.tablePath.split('.').map((part) => driver.escape(part));
  return { name: metadata.name, isLogEntry: metadata.target === LogEntry, table: table.join('.'), columns };
}

/**
 * Names a table so that other databases' are told apart. A database may move to another host and have other users, and stays
 * the same; a file is named as it is found from the spool, so that both may be moved together.
 */
export function tableDestination(dataSource: DataSource, { table }: LogModel, spool: string): string {
  const kind = databaseKindOf(dataSource.options.type);
  const database = String(dataSource.driver.database ?? dataSource.options.database ?? '');
  const isFile = kind === 'sqlite' && database !== '' && !/^:memory:$|^\w+:/.test(database);
  return [kind, isFile ? relative(resolve(spool), resolve(database)) : database, table].join(' ');
}
