import type { FieldError } from '../../../exceptions/field-error.js';
import { QueryReader, type Unreadable } from '../../../rest/query-reader.js';
import { readCursor } from '../log-cursor.js';
import type { LogCursor, LogFilters, LogPosition } from '../log-filters.js';

/** Each level is looked up by itself. */
const MAX_LEVELS = 20;

/** The largest id of an error, as its column holds it. */
const MAX_ERROR_ID = 2_147_483_647;

/** What a page of the log is asked for. */
export interface LogListQuery {
  readonly filters: LogFilters;
  /** Undefined for the first page, which has the newest entries. */
  readonly cursor: LogCursor | undefined;
  readonly pageSize: number;
}

/**
 * Reads the parameters of `GET /logs/`. Of a repeated one the last counts, except for `level`; unknown ones are ignored.
 * @param search the query string, without the question mark.
 * @param isPlace whether a cursor can begin there: what databases compare differs.
 * @returns the query, or everything that is wrong with it.
 */
export function readLogListQuery(
  search: string,
  isPlace: (position: LogPosition) => boolean,
  now = new Date(),
): LogListQuery | FieldError[] {
  const query = new QueryReader(search);
  const { started, ended } = query.period(now);
  const pageSize = query.pageSize();
  const levels = [...new Set(query.readAll('level', (text) => text))].filter((level) => level !== '');
  if (levels.length > MAX_LEVELS) {
    const detail = `These are ${levels.length} levels, and at most ${MAX_LEVELS} can be asked for. Leave some out.`;
    query.problems.push({ parameter: 'level', detail });
  }
  const errorId = query.equal('error') === undefined ? undefined : query.read('error', readErrorId);
  const cursor =
    query.equal('cursor') === undefined ? undefined : query.read('cursor', (text) => readPlace(text, isPlace));
  if (query.problems.length > 0) return query.problems;

  const wanted = {
    started,
    ended,
    levels: levels.length > 0 ? levels : undefined,
    host: query.equal('host'),
    errorId,
    requestId: query.equal('request_id'),
    traceId: query.equal('trace_id'),
    text: query.equal('q'),
  };
  const filters = Object.fromEntries(Object.entries(wanted).filter(([, filter]) => filter !== undefined));
  return { filters, cursor, pageSize };
}

function readErrorId(text: string): number | Unreadable {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : -1;
  if (id >= 0 && id <= MAX_ERROR_ID) return id;
  return { problem: `“${text}” is no id of an error. Give one that /errors/ shows, such as 27.` };
}

function readPlace(text: string, isPlace: (position: LogPosition) => boolean): LogCursor | Unreadable {
  const problem = 'This is no cursor that was given out here. Follow “next” and “previous” as they are, or begin anew.';
  const cursor = readCursor(text);
  return cursor !== null && isPlace(cursor.from) ? cursor : { problem };
}
