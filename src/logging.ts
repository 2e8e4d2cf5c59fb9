import type { DataSourceOptions, EntitySchema } from 'typeorm';
import { entitiesFor } from './database/portable-entities.js';
import { LogEntry } from './logging/log-entry.entity.js';
import { CreateLogentry1700000200000 } from './migrations/1700000200000-create-logentry.js';

/**
 * The entities of the log, for the `entities` of a DataSource of this type.
 * @throws Error for a kind of database that the log has no table for.
 */
export function logEntities(type: DataSourceOptions['type']): (typeof LogEntry | EntitySchema)[] {
  return entitiesFor(type, [LogEntry]) as (typeof LogEntry | EntitySchema)[];
}

/** The migrations that make the log's table, for the `migrations` of a DataSource. */
export const logMigrations = [CreateLogentry1700000200000];

export { LogEntry } from './logging/log-entry.entity.js';
