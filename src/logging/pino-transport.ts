import type { Transform } from 'node:stream';
import build from 'pino-abstract-transport';
import type { DatabaseLogHandler } from './database-log-handler.js';
import type { LogRecord } from './records/log-record.js';

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
const COLUMNS: ReadonlySet<string> = new Set([
  ...['level', 'time', 'msg', 'hostname', 'pid', 'err', 'stack'],
  ...[...REQUEST_ID, ...TRACE_ID, ...ERROR_ID],
]);

/** A line of pino's as a record: what has no column of its own is in its context. */
export function recordOfLine(line: Line): LogRecord {
  const { level, time, msg, hostname, err, stack } = line;
  const error = (err ?? {}) as { message?: unknown; stack?: unknown };
  const rest = Object.fromEntries(Object.entries(line).filter(([name]) => !COLUMNS.has(name)));
  const context = { ...rest, ...(err === undefined ? {} : { err: { ...(err as object), stack: undefined } }) };
  return {
    level: typeof level === 'number' ? (LEVELS.get(level) ?? String(level)) : textOf(level, 'info'),
    message: textOf(msg, textOf(error.message, '')),
    stacktrace: firstText(stack, error.stack) ?? null,
    created: timeOf(time),
    host: firstText(hostname),
    requestId: firstId(
      ...REQUEST_ID.map((name) => line[name]),
      (line['req'] as { id?: unknown } | null | undefined)?.id,
    ),
    traceId: firstText(...TRACE_ID.map((name) => line[name])),
    errorId: ERROR_ID.map((name) => line[name]).find((id): id is number => typeof id === 'number') ?? null,
    context: Object.keys(context).length === 0 ? undefined : context,
  };
}

/** Pino writes a number unless it is told to write ISO 8601. */
function timeOf(time: unknown): number | undefined {
  const milliseconds = typeof time === 'string' ? Date.parse(time) : time;
  return typeof milliseconds === 'number' && Number.isFinite(milliseconds) ? milliseconds : undefined;
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value) => typeof value === 'string' && value !== '') as string | undefined;
}

/** Pino-http counts requests unless it is told otherwise. */
function firstId(...values: readonly unknown[]): string | undefined {
  return firstText(...values.map((value) => (typeof value === 'number' ? String(value) : value)));
}

function textOf(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
