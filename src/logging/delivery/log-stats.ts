import type { LogCounts } from './log-counters.js';

/** What has become of the records for one target since the process was started. */
export interface TargetStats extends LogCounts {
  /** The same by level. */
  readonly levels: Readonly<Record<string, LogCounts>>;
  /** What waits in memory. */
  readonly waiting: { readonly records: number; readonly bytes: number };
  /** What is in the spool, in bytes. */
  readonly spoolBytes: number;
  /** Whether the last attempt to store something succeeded. */
  readonly isReachable: boolean;
}

/** The stats of the table, or of the first target where there is no table, and those of every target by name. */
export interface LogStats extends TargetStats {
  readonly targets: Readonly<Record<string, TargetStats>>;
}
