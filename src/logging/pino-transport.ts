import type { Transform } from 'node:stream';
import build from 'pino-abstract-transport';
import type { DatabaseLogHandler } from './database-log-handler.js';
import type { LogRecord } from './records/log-record.js';
import { isStorableTime } from './records/storable-times.js';
import { errorIdOf } from './records/taken-record.js';

/** What pino calls its levels by number. */
const LEVELS = new Map([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
]);

/** A line of pino's, as it is read. */
type Line = Readonly<Record<string, unknown>>;

/** A stream for pino that hands every line to a handler, and closes the handler when pino ends. */
export function pinoTransport(handler: DatabaseLogHandler, close: () => Promise<void>): Transform {
  return build(
    async (source: AsyncIterable<Line>) => {
      for await (const line of source) handler.emit(recordOfLine(line));
    },
    { close: () => close() },
  );
}

/** What the ids of a record are called in lines: ours in both spellings, pino-http's, and OpenTelemetry's. */
const REQUEST_ID = ['requestId', 'request_id', 'reqId'] as const;
const TRACE_ID = ['traceId', 'trace_id'] as const;
const ERROR_ID = ['errorId', 'error_id'] as const;

/** From here on a time is no longer in seconds, as pino's unixTime has it, but in milliseconds. */
const MILLISECONDS = 1e11;
const NANOSECONDS = 1e17;

/** A line of pino's as a record: what has no column of its own, or cannot be taken into it, is in its context. */
export function recordOfLine(line: Line): LogRecord {
  const rest = new Map(Object.entries(line));
  rest.delete('pid');
  const error = isObject(line['err']) ? line['err'] : {};
  const record = {
    level: taken(rest, ['level'], levelFrom) ?? 'info',
    message: taken(rest, ['msg'], textFrom) ?? textFrom(error['message']) ?? '',
    stacktrace: taken(rest, ['stack'], filledFrom) ?? stackOfError(rest, error) ?? null,
    created: taken(rest, ['time'], timeFrom),
    host: taken(rest, ['hostname'], filledFrom),
    requestId: taken(rest, REQUEST_ID, requestIdFrom) ?? idOfRequest(line['req']),
    traceId: taken(rest, TRACE_ID, filledFrom),
    errorId: taken(rest, ERROR_ID, errorIdFrom) ?? null,
  };
  return { ...record, context: rest.size === 0 ? undefined : Object.fromEntries(rest) };
}

/** Takes the first of several members that can be read out of the rest of a line. */
function taken<Value>(
  rest: Map<string, unknown>,
  names: readonly string[],
  read: (value: unknown) => Value | undefined,
): Value | undefined {
  // A null says no more than the column does without it.
  for (const name of names) if (rest.get(name) === null) rest.delete(name);
  for (const name of names) {
    const value = read(rest.get(name));
    if (value === undefined) continue;
    rest.delete(name);
    return value;
  }
  return undefined;
}

/** Takes the stack out of an error, the rest of which stays. */
function stackOfError(rest: Map<string, unknown>, { stack, ...others }: Line): string | undefined {
  const text = filledFrom(stack);
  if (text !== undefined) rest.set('err', others);
  return text;
}

function levelFrom(value: unknown): string | undefined {
  return typeof value === 'number' ? (LEVELS.get(value) ?? String(value)) : filledFrom(value);
}

/** Pino writes milliseconds unless it is told to write seconds or ISO 8601. */
function timeFrom(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : inMilliseconds(value);
  return isStorableTime(time) ? time : undefined;
}

function inMilliseconds(value: unknown): number {
  if (typeof value !== 'number') return Number.NaN;
  if (Math.abs(value) < MILLISECONDS) return Math.round(value * 1_000);
  return value < NANOSECONDS ? value : Math.trunc(value / 1_000_000);
}

/** Pino-http counts requests unless it is told otherwise. */
function requestIdFrom(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : filledFrom(value);
}

/** The request itself stays in the context. */
function idOfRequest(request: unknown): string | undefined {
  return isObject(request) ? requestIdFrom(request['id']) : undefined;
}

function errorIdFrom(value: unknown): number | undefined {
  const isDigits = typeof value === 'string' && /^\d+$/.test(value);
  return errorIdOf(isDigits ? Number(value) : value) ?? undefined;
}

function filledFrom(value: unknown): string | undefined {
  return textFrom(value) || undefined;
}

function textFrom(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isObject(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
