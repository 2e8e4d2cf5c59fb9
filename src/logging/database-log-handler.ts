import { hostname } from 'node:os';
import { join } from 'node:path';
import { Backlog } from './delivery/backlog.js';
import { Delivery } from './delivery/delivery.js';
import { LogCounters } from './delivery/log-counters.js';
import { type LogHandlerOptions, logHandlerSettings, type LogHandlerSettings } from './log-handler-options.js';
import { type LogDataSource, type LogModel, logModelOf } from './table/log-model.repository.js';
import { LOG_LIMITS } from './records/log-limits.js';
import type { LogRecord } from './records/log-record.js';
import type { LogStats, TargetStats } from './delivery/log-stats.js';
import { logTable } from './table/log-table.repository.js';
import type { LogTarget } from './delivery/log-target.js';
import { machineName } from './records/machine-name.js';
import { shortened } from './records/mending.js';
import { reasonOf } from './delivery/isolation.js';
import { unwatchProcessEnd, watchProcessEnd } from './process-end.js';
import { SelfWarnings } from './delivery/self-warnings.js';
import { Spool } from './spool/spool.js';
import { TakenRecord } from './records/taken-record.js';

/** How a {@link DatabaseLogHandler} is set up. */
export interface DatabaseLogHandlerOptions extends LogHandlerOptions {
  /** The TypeORM DataSource that has the entity, initialized; records are written over a connection apart from its own. */
  dataSource?: LogDataSource;
}

interface Way {
  readonly delivery: Delivery;
  readonly backlog: Backlog;
  readonly counters: LogCounters;
}

/**
 * Writes log records to a table, and to other targets beside it. What it has accepted it keeps through outages of the
 * database, in a spool on disk, and once {@link flush} has resolved also through the end of the process.
 */
export class DatabaseLogHandler {
  /** The entity that records are written to; null where there is no table. */
  readonly model: LogModel | null;
  private readonly settings: LogHandlerSettings;
  private readonly dataSource: LogDataSource | undefined;
  private readonly warnings = new SelfWarnings();
  private readonly ways = new Map<string, Way>();
  private readonly deliveries: readonly Delivery[];
  private host: string;
  private closing: Promise<void> | undefined;

  /** @throws Error for options that cannot be used, and for a model that the DataSource does not have. */
  constructor(options: DatabaseLogHandlerOptions) {
    const { dataSource, ...others } = options;
    this.settings = logHandlerSettings(others);
    this.host = this.settings.host ?? hostname();
    if (this.settings.host === null) void this.learnFullName();
    const { table = true, targets = {} } = options;
    this.dataSource = dataSource;
    this.model = table ? this.getModel(options.model ?? '') : null;
    if (this.model !== null) {
      const target = logTable(this.knownDataSource(), this.model, this.settings.answerTimeout);
      this.ways.set('table', this.wayTo(target, ''));
    }
    for (const [name, target] of Object.entries(targets)) this.ways.set(name, this.wayTo(target, name));
    this.deliveries = [...this.ways.values()].map(({ delivery }) => delivery);
    watchProcessEnd(this);
    for (const delivery of this.deliveries) delivery.schedule();
  }

  /**
   * The entity of a name that log records can be written to; the empty name is LogEntry's.
   * @throws Error for one that the DataSource does not have.
   */
  getModel(name: string): LogModel {
    return logModelOf(this.knownDataSource(), name);
  }

  /** Takes a record to be stored. It returns at once and never throws. */
  emit(record: LogRecord): void {
    try {
      const { levels } = this.settings;
      if (levels !== null && !levels.has(record.level)) return;
      const taken = new TakenRecord(record, this.host);
      for (const delivery of this.deliveries) delivery.accept(taken);
    } catch (error) {
      this.handle(record, error);
    }
  }

  /** Is called for a record that could not be taken, such as one whose properties throw; it says so on standard error. */
  handleError(_record: LogRecord, error: unknown): void {
    this.warnings.tell(`A log record could not be taken: ${reasonOf(error)}.`);
  }

  /**
   * Resolves when all that was emitted before is stored, or is in the spool and outlives a power cut.
   * @throws Error when it is neither, because the database is away and there is no spool or its disk is full.
   */
  async flush(): Promise<void> {
    await Promise.all(this.deliveries.map((delivery) => delivery.flush()));
  }

  /** What has become of the records. */
  stats(): LogStats {
    const targets = Object.fromEntries([...this.ways].map(([name, way]) => [name, statsOf(way)]));
    return { ...(Object.values(targets)[0] as TargetStats), targets };
  }

  /** Whether the queues have room, so that nothing is about to be lost. */
  get isHealthy(): boolean {
    return [...this.ways.values()].every(({ backlog }) => backlog.isBelowBound);
  }

  /** Writes what waits in memory to the spool at once, for when the process may be gone the next moment. */
  secure(): void {
    for (const { backlog } of this.ways.values()) backlog.secure();
  }

  /** Flushes for as long as `shutdownTimeout` says; what is not stored by then is in the spool. It still takes records. */
  async settle(): Promise<void> {
    const deadline = performance.now() + this.settings.shutdownTimeout;
    await Promise.allSettled(this.deliveries.map((delivery) => delivery.flush(deadline)));
  }

  /** Flushes as {@link settle} does, and lets go of connections and the spool. What comes later is given up. */
  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    const deadline = performance.now() + this.settings.shutdownTimeout;
    await Promise.all(this.deliveries.map((delivery) => delivery.close(deadline)));
    unwatchProcessEnd(this);
  }

  /** A name server may take its time, and nothing waits for it. */
  private async learnFullName(): Promise<void> {
    this.host = shortened(await machineName(), LOG_LIMITS.host);
  }

  /** Whoever overrides {@link handleError} may fail at it. */
  private handle(record: LogRecord, error: unknown): void {
    try {
      this.handleError(record, error);
    } catch (failure) {
      this.warnings.tell(`handleError failed: ${reasonOf(failure)}.`);
    }
  }

  private wayTo(target: LogTarget, name: string): Way {
    const { batch, interval, queueBytes, spool: where } = this.settings;
    const tell = (sentence: string): void => this.warnings.tell(sentence);
    const spool = where === null ? null : spoolFor(target, join(where.directory, name), where.maxBytes, tell);
    const counters = new LogCounters();
    const backlog = new Backlog(spool, counters, queueBytes);
    const caughtUp = (): void => this.reportGivenUp(counters, delivery);
    const delivery = new Delivery({ target, backlog, counters, batch, interval, tell, caughtUp });
    return { delivery, backlog, counters };
  }

  /** Where there is a gap in the log, the log says so. */
  private reportGivenUp(counters: LogCounters, delivery: Delivery): void {
    const givenUp = counters.takeGivenUp();
    if (givenUp.size === 0) return;
    const list = [...givenUp].map(([level, count]) => `${count} of level ${level}`).join(', ');
    const message = `Log records were given up before this one, since the queue and the spool were full: ${list}.`;
    const record = { level: 'warn', message, context: { givenUp: Object.fromEntries(givenUp) } };
    delivery.accept(new TakenRecord(record, this.host));
  }

  private knownDataSource(): LogDataSource {
    if (this.dataSource !== undefined) return this.dataSource;
    throw new Error(
      'DatabaseLogHandler: there is no DataSource to write to. Give it one as dataSource, or table: false and other targets.',
    );
  }
}

function spoolFor(target: LogTarget, directory: string, maxBytes: number, tell: (sentence: string) => void): Spool {
  return new Spool(directory, maxBytes, target.destination?.(directory) ?? '', tell);
}

function statsOf({ counters, backlog, delivery }: Way): TargetStats {
  return {
    ...counters.total,
    levels: counters.byLevel(),
    waiting: { records: backlog.length, bytes: backlog.bytes },
    spoolBytes: backlog.spool?.bytes ?? 0,
    isReachable: delivery.isReachable,
  };
}
