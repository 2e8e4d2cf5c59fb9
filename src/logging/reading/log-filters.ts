/** Which entries of the log are wanted. */
export interface LogFilters {
  /** Logged at this time or later. */
  readonly started?: Date;
  /** Logged at this time or earlier. */
  readonly ended?: Date;
  /** Any of these levels. */
  readonly levels?: readonly string[];
  readonly host?: string;
  /** The id of the catalogued error. */
  readonly errorId?: number;
  readonly requestId?: string;
  readonly traceId?: string;
  /** Text that the message contains. */
  readonly text?: string;
}

/** A place in the log, which is ordered by time and, at the same time, by id. */
export interface LogPosition {
  /** The time in the form that the database compares. */
  readonly created: string;
  readonly id: number;
}

/** From a place on: to older entries, or to newer ones. */
export interface LogCursor {
  readonly towards: 'older' | 'newer';
  readonly from: LogPosition;
}

/** How often an error happened within a period. */
export interface Occurrences {
  readonly count: number;
  readonly firstSeen: Date | null;
  readonly lastSeen: Date | null;
  /** The hours in which it happened, the earliest first. */
  readonly perHour: readonly { readonly hour: Date; readonly count: number }[];
}
