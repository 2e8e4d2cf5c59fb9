/**
 * The levels that this package writes, the least severe first. A record may have any other name for a level, of up to 32
 * characters.
 */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** What an application gives to be kept. */
export interface LogRecord {
  /** How severe it is, by name: one of {@link LOG_LEVELS}, or a name of the application's own. */
  readonly level: string;
  /** What happened. It is cut at 64 KB. */
  readonly message: string;
  /** Where it happened, as text. It is cut at 64 KB. */
  readonly stacktrace?: string | null | undefined;
  /**
   * When it happened; a number is in milliseconds since 1970.
   * @default now
   */
  readonly created?: Date | number | undefined;
  /**
   * The machine it happened on.
   * @default the machine's full name
   */
  readonly host?: string | undefined;
  /** What else is known of it, as JSON. It is taken as it is at this moment, and cut where it is larger than 64 KB. */
  readonly context?: unknown;
  /** The catalogued error that it tells of. */
  readonly errorId?: number | null | undefined;
  /** The request that it belongs to. */
  readonly requestId?: string | null | undefined;
  /** The trace that it belongs to (W3C Trace Context): 32 hexadecimal digits. */
  readonly traceId?: string | null | undefined;
  /**
   * The record's own id, a UUID: a record whose id and time are stored already is not stored again.
   * @default a new one
   */
  readonly id?: string | undefined;
}

/** A record as it is stored and sent: mended, so that every database takes it, with nothing left to be found out. */
export interface FinishedRecord {
  /** A UUID. */
  readonly recordId: string;
  /** In milliseconds since 1970. */
  readonly created: number;
  /** 1 to 32 characters. */
  readonly level: string;
  /** Up to 128 characters; empty where it is not known. */
  readonly host: string;
  /** Up to 64 KB of UTF-8. */
  readonly message: string;
  /** Up to 64 KB of UTF-8. */
  readonly stacktrace: string | null;
  /** JSON text of up to 64 KB, without NUL and lone surrogates also where they are escaped. */
  readonly context: string | null;
  readonly errorId: number | null;
  /** Up to 128 characters. */
  readonly requestId: string | null;
  /** Up to 64 characters. */
  readonly traceId: string | null;
}
