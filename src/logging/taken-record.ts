import { randomUUID } from 'node:crypto';
import { contextText } from './context-text.js';
import { LOG_LIMITS, MAX_TEXT_BYTES } from './log-limits.js';
import type { FinishedRecord, LogRecord } from './log-record.js';
import { mendedJson, shortened, startOf, withinBounds } from './mending.js';

/** What a record takes up beside its texts, in bytes, as measured. */
const OVERHEAD = 250;

/** The times that every database can hold: the years 1 to 9999. */
const TIMES = { first: -62_135_596_800_000, last: 253_402_300_799_999 };

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const LARGEST_ID = 2_147_483_647;

/** A record as it was when it came. What costs time is done when it is stored, not while the application waits. */
export class TakenRecord {
  /** What it takes up in memory, in bytes, at most. */
  readonly bytes: number;
  readonly level: string;
  private readonly message: string;
  private readonly messageLength: number;
  private readonly stacktrace: string | null;
  private readonly stacktraceLength: number;
  private readonly context: string | null;
  private readonly created: number;
  private readonly host: string;
  private readonly errorId: number | null;
  private readonly requestId: string | null;
  private readonly traceId: string | null;
  private readonly id: string | undefined;
  private finished: FinishedRecord | undefined;

  /** @param host where the record says none. */
  constructor(record: LogRecord, host: string) {
    const message = textOf(record.message);
    const stacktrace = record.stacktrace == null ? null : textOf(record.stacktrace);
    this.level = shortText(record.level, LOG_LIMITS.level) ?? 'info';
    this.message = message.length > MAX_TEXT_BYTES ? startOf(message) : message;
    this.messageLength = message.length;
    this.stacktrace = stacktrace !== null && stacktrace.length > MAX_TEXT_BYTES ? startOf(stacktrace) : stacktrace;
    this.stacktraceLength = stacktrace?.length ?? 0;
    this.context = contextText(record.context);
    this.created = timeOf(record.created);
    this.host = shortText(record.host, LOG_LIMITS.host) ?? host;
    this.errorId = idOf(record.errorId);
    this.requestId = shortText(record.requestId, LOG_LIMITS.requestId);
    this.traceId = shortText(record.traceId, LOG_LIMITS.traceId);
    this.id = typeof record.id === 'string' && UUID.test(record.id) ? record.id : undefined;
    const characters = this.message.length + (this.stacktrace?.length ?? 0) + (this.context?.length ?? 0);
    this.bytes = OVERHEAD + 2 * characters;
  }

  /** The record as it is stored: the same one whenever it is asked for. */
  finish(): FinishedRecord {
    return (this.finished ??= {
      recordId: this.id ?? newRecordId(this.created),
      created: this.created,
      level: this.level,
      host: this.host,
      message: withinBounds(this.message, this.messageLength),
      stacktrace: this.stacktrace === null ? null : withinBounds(this.stacktrace, this.stacktraceLength),
      context: this.context === null ? null : mendedJson(this.context),
      errorId: this.errorId,
      requestId: this.requestId,
      traceId: this.traceId,
    });
  }
}

/** A UUID that begins with the time (RFC 9562, version 7), so that what is written together lies together. */
export function newRecordId(created: number): string {
  const time = Math.max(created, 0).toString(16).padStart(12, '0');
  const id = `${time.slice(0, 8)}-${time.slice(8, 12)}-7${randomUUID().slice(15)}`;
  // It is lower case already, but now V8 has it in one piece, a quarter of what its parts take up while it waits.
  return id.toLowerCase();
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
  return now || (time >= TIMES.first && time <= TIMES.last) ? time : Date.now();
}

function idOf(id: unknown): number | null {
  return Number.isInteger(id) && Number(id) > 0 && Number(id) <= LARGEST_ID ? Number(id) : null;
}
