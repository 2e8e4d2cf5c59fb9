import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CopyStreamQuery, from } from 'pg-copy-streams';
import { LOG_FIELDS, type LogField, type LogModel } from './log-model.repository.js';
import type { FinishedRecord } from './log-record.js';

/** How much text goes to the server at once, in characters: it works on the first while the next is put together. */
const PIECE = 65_536;

/**
 * The failures of COPY that INSERT would not have (SQLSTATE): a record that is kept already, and tables that COPY does not
 * write to, such as views and those with policies for rows.
 */
const LEFT_TO_INSERT: readonly unknown[] = ['23505', '0A000', '42809'];

/** A connection of PostgreSQL's driver; that of pg-native has nothing beneath it that takes data for a COPY. */
interface PostgresConnection {
  readonly connection?: object;
  query(copy: CopyStreamQuery): Writable;
}

/** The statement for {@link copyRecords}. */
export function copyStatement({ table, columns }: LogModel): string {
  return `COPY ${table} (${LOG_FIELDS.map((field) => columns[field]).join(', ')}) FROM STDIN`;
}

/** Whether there can be a COPY over a connection. */
export function canCopy(connection: unknown): connection is PostgresConnection {
  return (connection as PostgresConnection).connection !== undefined;
}

/** Stores records by COPY, all of them or none. */
export function copyRecords(
  statement: string,
  records: readonly FinishedRecord[],
  connection: PostgresConnection,
): Promise<void> {
  return pipeline(linesOf(records), connection.query(from(statement)));
}

/** Whether INSERT may store what COPY refused. */
export function needsInsert(error: unknown): boolean {
  return LEFT_TO_INSERT.includes((error as { code?: unknown } | null)?.code);
}

function* linesOf(records: readonly FinishedRecord[]): Generator<string> {
  let lines = '';
  for (const record of records) {
    lines += lineOf(record);
    if (lines.length < PIECE) continue;
    yield lines;
    lines = '';
  }
  if (lines !== '') yield lines;
}

/** A record in COPY's text format (PostgreSQL's documentation, COPY, “Text Format”). */
function lineOf(record: FinishedRecord): string {
  let line = '';
  for (const field of LOG_FIELDS) line += `${line === '' ? '' : '\t'}${valueOf(record, field)}`;
  return `${line}\n`;
}

function valueOf(record: FinishedRecord, field: LogField): string {
  const value = record[field];
  if (value === null) return '\\N';
  if (field === 'created') return new Date(record.created).toISOString();
  return typeof value === 'number' ? String(value) : escaped(value);
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(text: string): string {
  return /[\\\n\r\t]/.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character) : text;
}
