import type { DatabaseKind } from '../../database/database-kind.js';
import { postgresDialect, sqliteDialect } from '../../database/dialect.js';
import { postgresTime, readPostgresTime } from './postgres-times.js';

/** The SQL of the log in which the databases differ. */
export interface LogDialect {
  /** Selects a time in the form that {@link instantFrom} reads. */
  instant(expression: string, name: string): string;
  instantFrom(value: unknown): Date;
  /** Gives the form in which a statement takes a time. */
  instantTo(date: Date): string;
  /** The same as the bound from which on times are wanted. */
  lowerBound(date: Date): string;
  /** Gives the form of a selected time that the database compares. */
  comparable(selected: unknown): string;
  /** Whether a text is a time in the form that {@link comparable} gives. */
  isComparable(text: string): boolean;
  /** The time of such a text; an invalid date where no date can hold it. */
  dateOf(comparable: string): Date;
  /** What holds for the entries beyond the place `:atTime`, `:atId`. */
  beyond(comparison: '<' | '>'): string;
  /** The hour of an entry, as {@link instantFrom} reads it. */
  readonly hour: string;
  /** Whether the message contains `:text`, with the wildcards in it escaped by `!`. */
  readonly contains: string;
  readonly context: string;
  contextFrom(value: unknown): unknown;
  /** Whether the table has partitions, of which a period touches few. */
  readonly hasPartitions: boolean;
}

const postgres: LogDialect = {
  instant: (expression, name) => `(extract(epoch from ${expression}) * 1000)::float8 AS ${name}`,
  instantFrom: (value) => postgresDialect.instantFrom(value),
  instantTo: (date) => date.toISOString(),
  lowerBound: (date) => postgresDialect.lowerBound(date),
  // Another program may have written what no date can hold: infinity, or a year of six digits.
  comparable: (selected) => postgresTime(Math.round(selected as number)),
  isComparable: (text) => !Number.isNaN(readPostgresTime(text)),
  dateOf: (comparable) => new Date(readPostgresTime(comparable)),
  // Partitions are chosen by the column alone; the pair finds the place within one.
  beyond: (comparison) =>
    `(created, id) ${comparison} (:atTime::timestamptz, :atId::bigint) AND created ${comparison}= :atTime::timestamptz`,
  hour: `date_trunc('hour', created, 'UTC')`,
  contains: `message ILIKE :text ESCAPE '!'`,
  context: 'context',
  contextFrom: (value) => value ?? null,
  hasPartitions: true,
};

const sqlite: LogDialect = {
  instant: (expression, name) => `${expression} AS ${name}`,
  instantFrom: (value) => sqliteDialect.instantFrom(value),
  instantTo: (date) => sqliteDialect.instantTo(date),
  lowerBound: (date) => sqliteDialect.lowerBound(date),
  // Another program may have written it in another form, which sorts by that form.
  comparable: String,
  isComparable: () => true,
  dateOf: (comparable) => sqliteDialect.instantFrom(comparable),
  beyond: (comparison) => `(created, id) ${comparison} (:atTime, :atId)`,
  hour: `strftime('%Y-%m-%d %H:00:00', created)`,
  contains: `message LIKE :text ESCAPE '!'`,
  context: 'context',
  contextFrom: contextFromText,
  hasPartitions: false,
};

/** As text, since a driver would read a time in the zone of its DataSource. */
const MYSQL_TIME = '%Y-%m-%d %H:%i:%s.%f';

/** What that gives, also of a date with zeros in it, which a server may be set to take. */
const MYSQL_PLACE = /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01]) ([01]\d|2[0-3])(:[0-5]\d){2}\.\d{6}$/;

const mysql: LogDialect = {
  ...sqlite,
  instant: (expression, name) => `DATE_FORMAT(${expression}, '${MYSQL_TIME}') AS ${name}`,
  isComparable: (text) => MYSQL_PLACE.test(text),
  // Of a comparison of pairs it makes no range of an index.
  beyond: (comparison) => `(created ${comparison} :atTime OR (created = :atTime AND id ${comparison} :atId))`,
  hour: `STR_TO_DATE(DATE_FORMAT(created, '%Y-%m-%d %H'), '%Y-%m-%d %H')`,
  context: 'CAST(context AS CHAR) AS context',
};

const DIALECTS: Readonly<Record<DatabaseKind, LogDialect>> = { postgres, sqlite, mysql };

/**
 * The dialect of a kind of database.
 * @throws Error for one that the log has no table for.
 */
export function logDialectOf(kind: DatabaseKind | null): LogDialect {
  if (kind !== null) return DIALECTS[kind];
  throw new Error(
    'The log has no table for a database of this type, so it cannot be opened there. ' +
      'Give it a DataSource of type postgres (15 or later), mysql, mariadb, better-sqlite3 or sqljs.',
  );
}

/** Other programs may have written what is no JSON: that is shown as the text it is. */
function contextFromText(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
