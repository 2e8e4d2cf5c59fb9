import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CopyStreamQuery, from } from 'pg-copy-streams';
import { LOG_FIELDS, type LogField, type LogModel } from './log-model.repository.js';
import type { FinishedRecord } from '../records/log-record.js';

/** How much goes to the server at once, in bytes: it works on the first while the next is put together. */
const PIECE = 65_536;

const LINE_FEED = 10;

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

/**
 * Records in COPY's text format (PostgreSQL's documentation, COPY, “Text Format”), in bytes: what becomes text first is all
 * in memory twice, and takes the collector's time.
 */
function* linesOf(records: readonly FinishedRecord[]): Generator<Buffer> {
  let piece = Buffer.allocUnsafe(PIECE);
  let end = 0;
  const values = LOG_FIELDS.map(() => '');
  for (const record of records) {
    LOG_FIELDS.forEach((field, index) => (values[index] = valueOf(record, field)));
    const line = values.join('\t');
    // No character takes more than three bytes, and one is for the end of the line.
    const most = 3 * line.length + 1;
    if (end + most > piece.length) {
      if (end > 0) yield piece.subarray(0, end);
      piece = Buffer.allocUnsafe(Math.max(PIECE, most));
      end = 0;
    }
    end += piece.write(line, end);
    piece[end++] = LINE_FEED;
  }
  if (end > 0) yield piece.subarray(0, end);
}

function valueOf(record: FinishedRecord, field: LogField): string {
  const value = record[field];
  if (value === null) return '\\N';
  if (field === 'created') return isoTime(record.created);
  return typeof value === 'number' ? String(value) : escaped(value);
}

let lastTime = Number.NaN;
let lastText = '';

/** Many records are of one and the same millisecond. */
function isoTime(time: number): string {
  if (time !== lastTime) {
    lastTime = time;
    lastText = new Date(time).toISOString();
  }
  return lastText;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(text: string): string {
  return /[\\\n\r\t]/.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character) : text;
}
