import { setImmediate as turn } from 'node:timers/promises';
import type { LogCounters } from './log-counters.js';
import type { FinishedRecord } from '../records/log-record.js';
import { RecordQueue } from '../records/record-queue.js';
import type { Spool } from '../spool/spool.js';
import type { TakenRecord } from '../records/taken-record.js';

/** How much goes to the target or to the spool at once, in bytes: more would keep the application waiting. */
const CHUNK = 1_048_576;

/** How many records are finished in one turn of the event loop. */
const A_FEW = 100;

/** From which part of the queue on records go to the spool although the target can be reached. */
const HIGH_WATER = 0.75;

/** How long the spool is left alone once it could not be written, in milliseconds. */
const SPOOL_PAUSE = 1_000;

interface InFlight {
  /** How many records the target was given and has not answered for. */
  count: number;
  /** How many of these are at the head of the spool; the others are at the head of the queue. */
  spooled: number;
}

/**
 * The records that a target does not have yet, in their order: first those in the spool, then those in the queue. They
 * wait in the queue; whenever that would lose them they move to the spool, and then so does all that comes after them,
 * until the spool is empty again.
 */
export class Backlog {
  private readonly queue = new RecordQueue();
  private inFlight: InFlight | null = null;
  private spoolRestsUntil = 0;
  private isSpilling = false;

  /** @param spool none: what does not fit into the queue is refused. */
  constructor(
    readonly spool: Spool | null,
    private readonly counters: LogCounters,
    private readonly queueBytes: number,
  ) {}

  /** How many records wait in memory. */
  get length(): number {
    return this.queue.length;
  }

  /** What waits in memory, in bytes. */
  get bytes(): number {
    return this.queue.bytes;
  }

  /** How many records have left the memory for good. */
  get secured(): number {
    return this.queue.first;
  }

  get hasSpooled(): boolean {
    return this.spool !== null && !this.spool.isEmpty;
  }

  /** Whether the spool did not take what it was last given. */
  get isSpoolResting(): boolean {
    return performance.now() < this.spoolRestsUntil;
  }

  get isBelowBound(): boolean {
    return this.queue.bytes < this.queueBytes * HIGH_WATER;
  }

  /** Adds a record at the end; false when there is no room for it. */
  push(record: TakenRecord): boolean {
    const bytes = this.queue.bytes + record.bytes;
    if (bytes > this.queueBytes * HIGH_WATER) {
      // A burst that lets nothing else have its turn costs a moment of writing, which is better than what it would lose.
      if (bytes > this.queueBytes) this.spillAll();
      else void this.spillInTurns();
      if (this.queue.bytes + record.bytes > this.queueBytes) return false;
    }
    this.queue.push(record);
    return true;
  }

  /** The first records, which are in flight until {@link landed}. */
  async next(most: number): Promise<readonly FinishedRecord[]> {
    while (this.spool !== null && !this.spool.isEmpty) {
      const records = await this.spool.peek(most, CHUNK);
      if (records.length === 0) continue;
      this.inFlight = { count: records.length, spooled: records.length };
      return records;
    }
    const records = this.queue.peek(most, CHUNK);
    this.inFlight = { count: records.length, spooled: 0 };
    return records.map((record) => record.finish());
  }

  /** Finishes the records that come after those in flight, a few at a time, so that the target need not wait for it. */
  async prepare(most: number): Promise<void> {
    await turn();
    const flying = this.inFlight === null ? 0 : this.inFlight.count - this.inFlight.spooled;
    const records = this.queue.peek(flying + most, 5 * CHUNK).slice(flying);
    for (let done = 0; done < records.length; done += A_FEW) {
      for (const record of records.slice(done, done + A_FEW)) record.finish();
      await turn();
    }
  }

  /** The first records in flight are stored. */
  async stored(count: number): Promise<void> {
    if (this.inFlight === null) return;
    const spooled = Math.min(count, this.inFlight.spooled);
    this.inFlight.count -= count;
    this.inFlight.spooled -= spooled;
    this.queue.drop(count - spooled);
    if (spooled > 0) await this.spool?.drop(spooled);
  }

  /** Nothing is in flight any more. */
  landed(): void {
    this.inFlight = null;
  }

  /** Moves what waits in memory to the spool, a little at a time, so that the application has its turn in between. */
  async spillInTurns(): Promise<void> {
    if (this.isSpilling) return;
    this.isSpilling = true;
    while (this.queue.length > 0 && this.spill()) await turn();
    this.isSpilling = false;
  }

  /** Moves it at once, as far as the spool takes it. */
  spillAll(): void {
    while (this.queue.length > 0 && this.spill());
  }

  /** The same where it is the last chance. */
  secure(): void {
    this.spoolRestsUntil = 0;
    this.spillAll();
  }

  /** Takes out what waits in memory and cannot be kept. */
  abandon(): readonly TakenRecord[] {
    const records = this.queue.peek(this.queue.length, Number.POSITIVE_INFINITY);
    this.queue.drop(records.length);
    return records;
  }

  /** Moves the first records of the queue, also those in flight: whether they arrive is not known. */
  private spill(): boolean {
    if (this.spool === null || this.isSpoolResting) return false;
    const records = this.queue.peek(this.queue.length, CHUNK).map((record) => record.finish());
    const done = this.spool.append(records);
    for (const { level } of records.slice(0, done)) this.counters.count('spooled', level);
    this.queue.drop(done);
    if (this.inFlight !== null) this.inFlight.spooled += Math.min(done, this.inFlight.count - this.inFlight.spooled);
    if (done === records.length) return true;
    this.spoolRestsUntil = performance.now() + SPOOL_PAUSE;
    return false;
  }
}
