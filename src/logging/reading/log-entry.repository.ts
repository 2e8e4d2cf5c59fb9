import type { DataSource } from 'typeorm';
import { databaseKindOf } from '../../database/database-kind.js';
import { Statements } from '../../database/statements.js';
import { type LogDialect, logDialectOf } from './log-dialect.js';
import { LogEntry } from '../table/log-entry.entity.js';
import type { LogCursor, LogFilters, LogPosition, Occurrences } from './log-filters.js';
import { type Window, windowsFrom } from './log-windows.js';

/** An entry, and where it stands. */
export interface PlacedEntry {
  readonly entry: LogEntry;
  readonly position: LogPosition;
}

interface LogRow {
  id: unknown;
  host: string;
  level: string;
  message: string;
  created: unknown;
  stacktrace: string | null;
  error_id: number | null;
  request_id: string | null;
  trace_id: string | null;
  context: unknown;
  record_id: string | null;
}

const EVERYTHING: Window = { from: undefined, before: undefined };

/** What is read from the table `logentry`. */
export class LogEntryRepository {
  private readonly statements: Statements;
  private readonly dialect: LogDialect;
  private readonly selected: string;

  /** @throws Error for a kind of database that the log has no table for. */
  constructor(dataSource: DataSource) {
    // Statements are not kept prepared: a plan for any period at all would have to visit every partition.
    this.statements = new Statements(dataSource, false);
    this.dialect = logDialectOf(databaseKindOf(dataSource.options.type));
    this.selected =
      'id, host, level, message, stacktrace, error_id, request_id, trace_id, record_id, ' +
      `${this.dialect.context}, ${this.dialect.instant('created', 'created_time')}`;
  }

  /** Whether a place is one that the database can find. */
  isPlace(position: LogPosition): boolean {
    return this.dialect.isComparable(position.created);
  }

  /** Entries from a place on, or the newest ones: those that are nearest to it come first. */
  async find(filters: LogFilters, cursor: LogCursor | undefined, limit: number): Promise<PlacedEntry[]> {
    const towards = cursor?.towards ?? 'older';
    const found: PlacedEntry[] = [];
    for (const window of this.windows(filters, cursor, towards)) {
      found.push(...(await this.findWithin(window, filters, cursor, limit - found.length)));
      if (found.length >= limit) break;
    }
    return found;
  }

  /** How often an error happened, hour by hour. */
  async occurrences(errorId: number, started: Date, ended: Date): Promise<Occurrences> {
    const { dialect } = this;
    const rows = await this.statements.rows<Record<'hour' | 'count' | 'first' | 'last', unknown>>(
      `SELECT ${dialect.instant('entry_hour', 'hour')}, count(*) AS count,
         ${dialect.instant('min(created)', 'first')}, ${dialect.instant('max(created)', 'last')}
       FROM (SELECT created, ${dialect.hour} AS entry_hour FROM logentry
         WHERE error_id = :errorId AND created >= :started AND created <= :ended) AS entries
       GROUP BY entry_hour ORDER BY entry_hour`,
      { errorId, started: dialect.lowerBound(started), ended: dialect.instantTo(ended) },
    );
    return {
      count: rows.reduce((sum, { count }) => sum + Number(count), 0),
      firstSeen: rows[0] === undefined ? null : dialect.instantFrom(rows[0].first),
      lastSeen: rows.length === 0 ? null : dialect.instantFrom(rows.at(-1)?.last),
      perHour: rows.map((row) => ({ hour: dialect.instantFrom(row.hour), count: Number(row.count) })),
    };
  }

  private windows(filters: LogFilters, cursor: LogCursor | undefined, towards: LogCursor['towards']): Window[] {
    if (!this.dialect.hasPartitions) return [EVERYTHING];
    const at = cursor === undefined ? (filters.ended ?? new Date()) : this.dialect.dateOf(cursor.from.created);
    return windowsFrom(at, towards, filters);
  }

  /**
   * Each level is looked up by itself, and what is found is merged: of several levels at once no index gives the newest
   * without reading them all.
   */
  private async findWithin(
    window: Window,
    filters: LogFilters,
    cursor: LogCursor | undefined,
    limit: number,
  ): Promise<PlacedEntry[]> {
    const { conditions, parameters } = this.conditions(window, filters, cursor);
    const order = cursor?.towards === 'newer' ? 'ASC' : 'DESC';
    const { levels = [] } = filters;
    const parts = (levels.length === 0 ? [[]] : levels.map((_, index) => [`level = :level${index}`])).map((ofLevel) => {
      const all = [...conditions, ...ofLevel];
      const where = all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`;
      return `SELECT * FROM (SELECT ${this.selected}, created FROM logentry ${where}
        ORDER BY logentry.created ${order}, logentry.id ${order} LIMIT ${limit}) AS part`;
    });
    const merged =
      parts.length === 1 ? parts.join() : `${parts.join(' UNION ALL ')} ORDER BY created ${order}, id ${order}`;
    const ofLevels = Object.fromEntries(levels.map((level, index) => [`level${index}`, level]));
    const rows = await this.statements.rows<LogRow & { created_time: unknown }>(
      `SELECT * FROM (${merged}) AS page ORDER BY created ${order}, id ${order} LIMIT ${limit}`,
      { ...parameters, ...ofLevels },
    );
    return rows.map((row) => this.placed(row));
  }

  private conditions(
    window: Window,
    filters: LogFilters,
    cursor: LogCursor | undefined,
  ): { conditions: string[]; parameters: Record<string, unknown> } {
    const conditions: string[] = [];
    const parameters: Record<string, unknown> = {};
    const add = (condition: string, values: Record<string, unknown>): void => {
      conditions.push(condition);
      Object.assign(parameters, values);
    };
    const { dialect } = this;
    const time = (comparison: string, name: string, date: Date | undefined): void => {
      if (date === undefined) return;
      const bound = comparison === '>=' ? dialect.lowerBound(date) : dialect.instantTo(date);
      add(`created ${comparison} :${name}`, { [name]: bound });
    };
    time('>=', 'started', filters.started);
    time('<=', 'ended', filters.ended);
    time('>=', 'from', window.from);
    time('<', 'before', window.before);
    if (cursor) {
      const values = { atTime: cursor.from.created, atId: cursor.from.id };
      add(dialect.beyond(cursor.towards === 'newer' ? '>' : '<'), values);
    }
    if (filters.host !== undefined) add('host = :host', { host: filters.host });
    if (filters.errorId !== undefined) add('error_id = :errorId', { errorId: filters.errorId });
    if (filters.requestId !== undefined) add('request_id = :requestId', { requestId: filters.requestId });
    if (filters.traceId !== undefined) add('trace_id = :traceId', { traceId: filters.traceId });
    if (filters.text !== undefined) add(dialect.contains, { text: `%${filters.text.replace(/[!%_]/g, '!$&')}%` });
    return { conditions, parameters };
  }

  private placed(row: LogRow & { created_time: unknown }): PlacedEntry {
    const id = Number(row.id);
    const entry = Object.assign(new LogEntry(), {
      id,
      host: row.host,
      level: row.level,
      message: row.message,
      created: this.dialect.instantFrom(row.created_time),
      stacktrace: row.stacktrace,
      errorId: row.error_id,
      requestId: row.request_id,
      traceId: row.trace_id,
      context: this.dialect.contextFrom(row.context),
      recordId: row.record_id,
    });
    return { entry, position: { created: this.dialect.comparable(row.created_time), id } };
  }
}
