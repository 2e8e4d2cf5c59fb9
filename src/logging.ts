import type { DataSourceOptions, EntitySchema } from 'typeorm';
import { entitiesFor } from './database/portable-entities.js';
import { LogEntry } from './logging/table/log-entry.entity.js';
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

export { LogEntry } from './logging/table/log-entry.entity.js';
export { DatabaseLogHandler, type DatabaseLogHandlerOptions } from './logging/database-log-handler.js';
export { DatabaseLogger } from './logging/database-logger.js';
export type { LogCounts } from './logging/delivery/log-counters.js';
export type { LogHandlerOptions, SpoolOptions } from './logging/log-handler-options.js';
export type { LogDataSource, LogModel } from './logging/table/log-model.repository.js';
export { type FinishedRecord, LOG_LEVELS, type LogRecord } from './logging/records/log-record.js';
export type { LogStats, TargetStats } from './logging/delivery/log-stats.js';
export { type LogTarget, RecordsRefused, TargetAway } from './logging/delivery/log-target.js';
export type { LoggingOptions } from './logging/logging-options.js';
export type { LogReadingOptions } from './logging/log-reading-options.js';
export { LogUpkeep } from './logging/upkeep/log-upkeep.js';
export { OtlpLogTarget, type OtlpOptions } from './logging/otlp/otlp-log-target.js';
export type { OtlpExporter } from './logging/otlp/otlp-packages.js';
export type { RetentionOptions } from './logging/upkeep/retention.js';
