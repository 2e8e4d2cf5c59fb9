import type { Backlog } from './backlog.js';
import { pauseAfter } from './backoff.js';
import { reasonOf, storeIsolated } from './isolation.js';
import type { LogCounters } from './log-counters.js';
import type { FinishedRecord } from '../records/log-record.js';
import type { LogTarget } from './log-target.js';
import { Progress } from './progress.js';
import type { TakenRecord } from '../records/taken-record.js';

/** How long a flush waits for a target that does not answer, before it turns to the spool, in milliseconds. */
const PATIENCE = 1_000;

/** What a delivery works with. */
export interface DeliveryParts {
  readonly target: LogTarget;
  readonly backlog: Backlog;
  readonly counters: LogCounters;
  /** How many records go to the target at once. */
  readonly batch: number;
  /** How long a batch is waited for, in milliseconds. */
  readonly interval: number;
  /** Is told what goes wrong. */
  readonly tell: (sentence: string) => void;
  /** The target keeps everything that was waiting, and works. */
  readonly caughtUp: () => void;
}

/** Brings records to a target, in their order, as long as it takes. */
export class Delivery {
  private readonly progress = new Progress();
  private running: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;
  private soon: NodeJS.Immediate | undefined;
  private lastStart = Number.NEGATIVE_INFINITY;
  private lastProgress = Number.NEGATIVE_INFINITY;
  private failures = 0;
  private retryAt = 0;
  private isClosed = false;

  constructor(private readonly parts: DeliveryParts) {}

  /** Whether the last attempt succeeded. */
  get isReachable(): boolean {
    return this.failures === 0;
  }

  /** Takes a record. It waits when this returns, or was given up because there was no room. */
  accept(record: TakenRecord): void {
    const { backlog, counters, batch } = this.parts;
    counters.count('accepted', record.level);
    if (this.isClosed || !backlog.push(record)) this.giveUp(record);
    else if (this.timer === undefined ? this.soon === undefined : backlog.length >= batch && this.isReachable) {
      this.schedule();
    }
  }

  /** Arranges for the next turn: at once, for a whole batch or after a pause, else when the interval is over. */
  schedule(): void {
    this.unschedule();
    if (this.isClosed || this.running !== null) return;
    const { backlog, batch, interval } = this.parts;
    if (backlog.length === 0 && !backlog.hasSpooled) return;
    const now = performance.now();
    let pause = 0;
    if (!this.isReachable) pause = Math.min(this.retryAt - now, interval);
    else if (!backlog.hasSpooled && backlog.length < batch) pause = this.lastStart + interval - now;
    if (pause > 0) this.timer = setTimeout(() => this.tick(), pause).unref();
    else this.soon = setImmediate(() => this.tick());
  }

  /**
   * Resolves when all that was accepted before is stored, or is on disk and outlives a power cut.
   * @param deadline by `performance.now()`.
   * @throws Error when it is neither: the target is away, and there is no spool or it cannot be written.
   */
  async flush(deadline = Number.POSITIVE_INFINITY): Promise<void> {
    const { backlog, interval } = this.parts;
    const end = backlog.secured + backlog.length;
    const start = performance.now();
    while (backlog.secured < end) {
      const patience = Math.min(deadline, Math.max(start, this.lastProgress) + PATIENCE);
      const isLate = performance.now() >= patience;
      if (isLate || !this.isReachable) backlog.spillAll();
      else this.run();
      if (backlog.secured >= end) break;
      if (isLate) throw new Error(this.unsecured());
      await this.progress.within(Math.max(1, Math.min(patience - performance.now(), interval)));
    }
    await backlog.spool?.sync();
  }

  /**
   * Flushes, and lets go of the target and the spool; what cannot be kept is given up.
   * @param deadline by `performance.now()`.
   */
  async close(deadline: number): Promise<void> {
    const { backlog, counters, target, tell } = this.parts;
    await this.flush(deadline).catch((error: unknown) => tell(`${reasonOf(error)}. The application ends.`));
    this.isClosed = true;
    this.unschedule();
    const running = this.running;
    await target.close();
    await running;
    backlog.secure();
    const lost = backlog.abandon();
    for (const { level } of lost) counters.count('givenUp', level);
    if (lost.length > 0)
      tell(
        `Log records are lost, ${lost.length} of them: the log is closed, and they could neither be stored nor kept on disk.`,
      );
    await backlog.spool?.close();
  }

  private unschedule(): void {
    clearTimeout(this.timer);
    clearImmediate(this.soon);
    this.timer = undefined;
    this.soon = undefined;
  }

  private tick(): void {
    this.unschedule();
    if (!this.isReachable) void this.parts.backlog.spillInTurns();
    if (this.isReachable || performance.now() >= this.retryAt) this.run();
    else this.schedule();
  }

  private run(): void {
    if (this.running !== null || this.isClosed) return;
    this.unschedule();
    this.running = this.deliver()
      .catch((error: unknown) => this.failed(error))
      .finally(() => {
        this.running = null;
        this.progress.made();
        this.schedule();
      });
  }

  /** Stores batch after batch, as long as there are whole ones. */
  private async deliver(): Promise<void> {
    const { backlog, target } = this.parts;
    const batch = Math.min(this.parts.batch, target.batch ?? this.parts.batch);
    do {
      const records = await backlog.next(batch);
      if (records.length === 0) return;
      this.lastStart = performance.now();
      try {
        const storing = this.store(records);
        if (backlog.length > records.length) void backlog.prepare(4 * batch);
        await storing;
      } finally {
        backlog.landed();
      }
      this.failures = 0;
      this.lastProgress = performance.now();
      this.progress.made();
      if (!backlog.hasSpooled && backlog.isBelowBound) this.parts.caughtUp();
    } while (!this.isClosed && (backlog.hasSpooled || backlog.length >= batch));
  }

  private async store(records: readonly FinishedRecord[]): Promise<void> {
    const { target, backlog, counters, tell } = this.parts;
    let done = 0;
    await storeIsolated(target, records, {
      async stored(count) {
        for (const { level } of records.slice(done, done + count)) counters.count('stored', level);
        done += count;
        await backlog.stored(count);
      },
      replaced({ level }, reason) {
        counters.count('replaced', level);
        tell(`A record was refused, and one that says so is stored in its place: ${reasonOf(reason)}.`);
      },
    });
  }

  private failed(error: unknown): void {
    this.failures++;
    this.retryAt = performance.now() + pauseAfter(this.failures);
    if (this.isClosed) return;
    const { backlog, tell } = this.parts;
    // Whether the spool takes them is known once it has been tried.
    void backlog.spillInTurns();
    const waiting = backlog.spool === null || backlog.isSpoolResting ? 'wait in memory alone' : 'are kept on disk';
    tell(`Records cannot be stored at present and ${waiting}: ${reasonOf(error)}. It is tried again.`);
  }

  private giveUp({ level }: TakenRecord): void {
    this.parts.counters.count('givenUp', level);
    const reason = this.isClosed ? 'The log is closed' : 'The queue is full and the spool takes no more';
    this.parts.tell(`${reason}, so records are given up. They are counted by level.`);
  }

  private unsecured(): string {
    const { length, spool } = this.parts.backlog;
    return (
      `${length} log records are in memory alone: they cannot be stored at present, and ` +
      (spool === null ? 'there is no spool.' : 'the spool cannot be written.')
    );
  }
}
