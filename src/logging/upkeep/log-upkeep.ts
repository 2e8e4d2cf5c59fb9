import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { LogPosition } from '../reading/log-filters.js';
import type { LogPartitionRepository } from './log-partition.repository.js';
import type { LogRetentionRepository } from './log-retention.repository.js';
import type { RetentionOptions } from './retention.js';

const DAY = 86_400_000;

/** How many days from today on have a partition: so many days nobody has to look after them. */
const DAYS_AHEAD = 4;

/** How often the log is looked after, and how soon again when something was in the way, in milliseconds. */
const INTERVAL = 3_600_000;
const RETRY = 60_000;

/** How often a partition is tried to be made or dropped before others are left alone with the table, and the pause between. */
const ATTEMPTS = 50;
const PAUSE = 100;

/** The pause after a batch, in milliseconds, so that others have their turns. */
const BREATH = 10;

/** Makes the partitions of the coming days, and removes what is older than what is kept; again and again by itself. */
export class LogUpkeep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('LogUpkeep');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<boolean> | undefined;
  private isStopped = false;

  constructor(
    private readonly partitions: LogPartitionRepository,
    private readonly entries: LogRetentionRepository,
    private readonly retention: Readonly<RetentionOptions>,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running?.catch(() => false);
  }

  /**
   * Does all of it once. Any number of instances may do so at the same time.
   * @returns whether all of it could be done; what could not is done later.
   * @throws QueryFailedError when the database refuses.
   */
  async run(now = new Date()): Promise<boolean> {
    const isPartitioned = await this.partitions.isPartitioned();
    let isDone = true;
    if (isPartitioned) isDone = await this.makePartitions(now);
    for (const bound of await this.bounds(now)) {
      isDone = (!isPartitioned || (await this.dropPartitions(bound))) && (await this.removeEntries(bound)) && isDone;
    }
    return isDone;
  }

  private schedule(milliseconds: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => void this.turn(), milliseconds).unref();
  }

  private async turn(): Promise<void> {
    let isDone = false;
    try {
      this.running = this.run();
      isDone = await this.running;
    } catch (error) {
      this.logger.warn(
        `The log could not be looked after, so that entries may be kept for longer than they should: ${String(error)}. ` +
          `It is tried again in ${RETRY / 1000} s.`,
      );
    }
    this.schedule(isDone ? INTERVAL : RETRY);
  }

  private async makePartitions(now: Date): Promise<boolean> {
    let isDone = true;
    for (let ahead = 0; ahead < DAYS_AHEAD; ahead++) {
      const day = new Date(startOfDay(now) + ahead * DAY);
      // Until then the entries of that day go to the DEFAULT partition.
      isDone = (await this.insist(async () => (await this.partitions.make(day)) !== 'busy')) && isDone;
    }
    return isDone;
  }

  /** Before which places the entries are removed. */
  private async bounds(now: Date): Promise<LogPosition[]> {
    const { days, rows } = this.retention;
    const byDays = days === undefined ? null : this.entries.startOf(new Date(startOfDay(now) - days * DAY));
    const byRows = rows === undefined ? null : await this.entries.endOfSurplus(rows);
    return [byDays, byRows].filter((bound) => bound !== null);
  }

  private async dropPartitions(bound: LogPosition): Promise<boolean> {
    const partitions = await this.partitions.list();
    const before = this.entries.timeOf(bound);
    for (const partition of partitions.filter(({ ends }) => ends <= before)) {
      if (!(await this.insist(() => this.partitions.drop(partition)))) return false;
    }
    return true;
  }

  /** Tries again while others use the table, or another instance is at it. */
  private async insist(attempt: () => Promise<boolean>): Promise<boolean> {
    for (let attempts = 1; !(await attempt()); attempts++) {
      if (attempts === ATTEMPTS || this.isStopped) return false;
      await delay(PAUSE, undefined, { ref: false });
    }
    return true;
  }

  private async removeEntries(bound: LogPosition): Promise<boolean> {
    while (await this.entries.removeBatch(bound)) {
      if (this.isStopped) return false;
      await delay(BREATH, undefined, { ref: false });
    }
    return true;
  }
}

function startOfDay(time: Date): number {
  return Math.floor(time.getTime() / DAY) * DAY;
}
