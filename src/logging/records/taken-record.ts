import { contextText } from './context-text.js';
import { LOG_LIMITS, MAX_TEXT_BYTES } from './log-limits.js';
import type { FinishedRecord, LogRecord } from './log-record.js';
import { mendedJson, shortened, startOf, withinBounds } from './mending.js';
import { newRecordId } from './record-id.js';
import { isStorableTime } from './storable-times.js';

/** What a record takes up beside its texts, in bytes, as measured. */
const OVERHEAD = 250;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const LARGEST_ID = 2_147_483_647;

/**
 * A record as it was when it came, which becomes the one that is stored: what costs time is done then, not while the
 * application waits. It is one object throughout, because those that wait are copied by the collector.
 */
export class TakenRecord implements FinishedRecord {
  readonly created: number;
  readonly level: string;
  readonly host: string;
  readonly errorId: number | null;
  readonly requestId: string | null;
  readonly traceId: string | null;
  recordId: string;
  message: string;
  stacktrace: string | null;
  context: string | null;
  // Private names, which are no part of what is stored.
  readonly #bytes: number;
  readonly #messageLength: number;
  readonly #stacktraceLength: number;
  #isFinished = false;

  /** @param host where the record says none. */
  constructor(record: LogRecord, host: string) {
    const message = textOf(record.message);
    const stacktrace = record.stacktrace == null ? null : textOf(record.stacktrace);
    this.created = timeOf(record.created);
    this.level = shortText(record.level, LOG_LIMITS.level) ?? 'info';
    this.host = shortText(record.host, LOG_LIMITS.host) ?? host;
    this.errorId = errorIdOf(record.errorId);
    this.requestId = shortText(record.requestId, LOG_LIMITS.requestId);
    this.traceId = shortText(record.traceId, LOG_LIMITS.traceId);
    this.recordId = typeof record.id === 'string' && UUID.test(record.id) ? record.id : '';
    this.message = message.length > MAX_TEXT_BYTES ? startOf(message) : message;
    this.stacktrace = stacktrace !== null && stacktrace.length > MAX_TEXT_BYTES ? startOf(stacktrace) : stacktrace;
    this.context = contextText(record.context);
    this.#messageLength = message.length;
    this.#stacktraceLength = stacktrace?.length ?? 0;
    const characters = this.message.length + (this.stacktrace?.length ?? 0) + (this.context?.length ?? 0);
    this.#bytes = OVERHEAD + 2 * characters;
  }

  /** What it takes up in memory, in bytes, at most. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The record as it is stored. */
  finish(): FinishedRecord {
    if (this.#isFinished) return this;
    this.#isFinished = true;
    if (this.recordId === '') this.recordId = newRecordId(this.created);
    this.message = withinBounds(this.message, this.#messageLength);
    if (this.stacktrace !== null) this.stacktrace = withinBounds(this.stacktrace, this.#stacktraceLength);
    if (this.context !== null) this.context = mendedJson(this.context);
    return this;
  }
}

/** Whoever calls may be no TypeScript. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (contextText(value) ?? String(value));
}

/** Null for what is empty or no text. */
function shortText(value: unknown, length: number): string | null {
  return typeof value === 'string' && value !== '' ? shortened(value, length) : null;
}

function timeOf(created: Date | number | undefined): number {
  const now = created === undefined;
  const time = now ? Date.now() : Math.trunc(Number(created));
  return now || isStorableTime(time) ? time : Date.now();
}

/** Null for what the column of an error's id cannot hold. */
export function errorIdOf(id: unknown): number | null {
  return Number.isInteger(id) && Number(id) > 0 && Number(id) <= LARGEST_ID ? Number(id) : null;
}
