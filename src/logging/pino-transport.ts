import type { Transform } from 'node:stream';
import build from 'pino-abstract-transport';
import type { DatabaseLogHandler } from './database-log-handler.js';
import type { LogRecord } from './log-record.js';

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

/** A line of pino's as a record: what has no column of its own is in its context. */
export function recordOfLine(line: Line): LogRecord {
  const {
    level,
    time,
    msg,
    hostname,
    pid: _,
    err,
    stack,
    reqId,
    requestId,
    traceId,
    trace_id,
    errorId,
    ...rest
  } = line;
  const error = (err ?? {}) as { message?: unknown; stack?: unknown };
  const context = { ...rest, ...(err === undefined ? {} : { err: { ...(err as object), stack: undefined } }) };
  return {
    level: typeof level === 'number' ? (LEVELS.get(level) ?? String(level)) : textOf(level, 'info'),
    message: textOf(msg, textOf(error.message, '')),
    stacktrace: firstText(stack, error.stack) ?? null,
    created: timeOf(time),
    host: firstText(hostname),
    requestId: firstText(requestId, reqId),
    traceId: firstText(traceId, trace_id),
    errorId: typeof errorId === 'number' ? errorId : null,
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

function textOf(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
