import type { FinishedRecord } from '../records/log-record.js';

/** Where records go. Each target has a queue and a spool of its own in front of it, so that none waits for another. */
export interface LogTarget {
  /**
   * How many records it takes at once.
   * @default what the handler is set to
   */
  readonly batch?: number;
  /**
   * Where the records end up, so that what a process left in the spool goes nowhere else.
   * @param spool the directory of the spool: of two that are moved together each finds the other.
   * @default the same for all targets of a name
   */
  destination?(spool: string): string;
  /**
   * Keeps records, in their order. It may be given a record that it keeps already, when its answer was lost: it then keeps
   * it once, as far as it can tell by `recordId`. It has to answer in bounded time, if only by throwing `TargetAway`.
   * @param records from 1 up to a batch. All of them are kept, or none.
   * @throws TargetAway when it cannot keep anything at present: the same records are given again, later.
   * @throws RecordsRefused when it cannot keep one of these: they are given again in halves, until the one is found.
   * @throws Error for anything else, which is taken for a refusal until a record that is known to be good is refused, too.
   */
  store(records: readonly FinishedRecord[]): Promise<void>;
  /** Lets go of connections. What is being stored may fail. */
  close(): Promise<void>;
}

/** A target cannot be reached or cannot work at present; no record is to blame. */
export class TargetAway extends Error {
  override readonly name = 'TargetAway';
}

/** A target will never take what it was given, since at least one of the records is to blame. */
export class RecordsRefused extends Error {
  override readonly name = 'RecordsRefused';
}
