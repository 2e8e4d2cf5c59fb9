import type { DataSourceOptions } from 'typeorm';
import { databaseKindOf } from './database-kind.js';

/** The SQL in which the databases differ; everything else is the same statement on each of them. */
export interface Dialect {
  /** The current time in millisecond precision. */
  readonly now: string;
  /** Selects a timestamp column in the form that {@link instantFrom} reads fastest. */
  instant(column: string): string;
  /** Reads what {@link instant} selected. */
  instantFrom(value: unknown): Date;
  /** Gives the form in which a statement takes a point in time as a parameter. */
  instantTo(date: Date): string;
  /** The same as the bound from which on times are wanted. */
  lowerBound(date: Date): string;
  /** Reads a boolean column. */
  booleanFrom(value: unknown): boolean;
  /** A `FROM` item that makes rows of the JSON array in the parameter: one parameter, however many rows. */
  rowsOf(parameter: string, columns: Readonly<Record<string, 'text' | 'boolean' | 'integer'>>): string;
  /** What follows `ON CONFLICT` to name the natural key. */
  readonly naturalKey: string;
  /** The same where the job type is known to be there. */
  readonly jobErrorKey: string;
  /** Orders nulls as the smallest value: first ascending, last descending. */
  nullsSmallest(direction: 'ASC' | 'DESC'): string;
  /** Lets the transactions of one key come one after the other; null where all transactions do. */
  readonly lockFor: ((key: string) => string) | null;
  /** Whether a statement may delete rows on its way to inserting others. */
  readonly deletesInsideInsert: boolean;
  /** The id of a row and the version that the database itself keeps of it, with a dot between; null where it keeps none. */
  readonly rowVersion: string | null;
  /** Moves the identity of a table behind the ids that others inserted by hand; null where the database does so itself. */
  readonly advanceIdentity: ((table: string) => string) | null;
}

export const postgresDialect: Dialect = {
  now: 'now()',
  instant: (column) => `(extract(epoch from ${column}) * 1000)::float8 AS ${column}`,
  instantFrom: (value) => new Date(Math.round(value as number)),
  instantTo: (date) => date.toISOString(),
  lowerBound: (date) => date.toISOString(),
  booleanFrom: (value) => value as boolean,
  rowsOf: (parameter, columns) =>
    `json_to_recordset(${parameter}::json) AS given(${Object.entries(columns)
      .map(([name, type]) => `${name} ${type}`)
      .join(', ')})`,
  naturalKey: '(job_type_name, name)',
  jobErrorKey: '(job_type_name, name)',
  nullsSmallest: (direction) => (direction === 'ASC' ? 'ASC NULLS FIRST' : 'DESC NULLS LAST'),
  lockFor: (key) => `SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`,
  deletesInsideInsert: true,
  rowVersion: `id || '.' || xmin`,
  advanceIdentity: (table) =>
    `SELECT setval(sequence, greatest(nextval(sequence), (SELECT coalesce(max(id), 1) FROM ${table})))
     FROM pg_get_serial_sequence('${table}', 'id') AS sequence`,
};

export const sqliteDialect: Dialect = {
  now: `strftime('%Y-%m-%d %H:%M:%f','now')`,
  instant: (column) => column,
  instantFrom: (value) => sqliteInstant(String(value)),
  instantTo: sqliteText,
  // Texts are compared: of the forms of one time, without the zeros at its end, the shortest comes first.
  lowerBound: (date) => sqliteText(date).replace(/\.000$|(?<=\.\d+?)0+$/, ''),
  booleanFrom: (value) => value === 1 || value === true,
  rowsOf: (parameter, columns) =>
    `(SELECT ${Object.keys(columns)
      .map((name) => `value ->> '$.${name}' AS ${name}`)
      .join(', ')} FROM json_each(${parameter})) AS given`,
  // Two partial indexes stand for one key: naming none means both.
  naturalKey: '',
  jobErrorKey: '(job_type_name, name) WHERE job_type_name IS NOT NULL',
  nullsSmallest: (direction) => direction,
  lockFor: null,
  deletesInsideInsert: false,
  rowVersion: null,
  advanceIdentity: null,
};

function sqliteText(date: Date): string {
  return date.toISOString().slice(0, -1).replace('T', ' ');
}

/** SQLite has no type for time: other programs may have written any of its text forms, with or without a zone. */
function sqliteInstant(text: string): Date {
  const iso = text.includes('T') ? text : text.replace(' ', 'T');
  return new Date(/(Z|[+-]\d\d:?\d\d)$/.test(iso) || !iso.includes('T') ? iso : `${iso}Z`);
}

/**
 * The dialect of a kind of database.
 * @throws Error for a kind the catalogue has no tables for.
 */
export function dialectOf(type: DataSourceOptions['type']): Dialect {
  switch (databaseKindOf(type)) {
    case 'postgres':
      return postgresDialect;
    case 'sqlite':
      return sqliteDialect;
    default:
      throw new Error(
        `The error catalogue has no tables for a database of type "${type}", so it cannot be opened there. ` +
          'Give it a DataSource of type postgres (15 or later), better-sqlite3 or sqljs.',
      );
  }
}
