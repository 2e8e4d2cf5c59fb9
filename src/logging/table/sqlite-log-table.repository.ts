import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { insertStatement, rowsFor } from './log-insert.repository.js';
import { type LogModel, tableDestination } from './log-model.repository.js';
import type { FinishedRecord } from '../records/log-record.js';
import { type LogTarget, TargetAway } from '../delivery/log-target.js';
import { storeFailure } from './store-failures.js';

/** How often it is asked whether the application's transaction is over, in milliseconds. */
const POLL = 5;

/** A database of better-sqlite3 or libsql, as far as it is used here. */
interface SqliteDatabase {
  readonly inTransaction: boolean;
  prepare(statement: string): { run(...parameters: unknown[]): unknown; get(): unknown };
  exec(statements: string): unknown;
}

/**
 * A table in a SQLite file, which has one connection for everything. What is written while the application has a transaction
 * open would be part of it, and gone with it: so it waits until there is none, and then writes before anybody else can
 * begin one.
 */
export class SqliteLogTable implements LogTarget {
  /** SQLite works in the process itself, which stands still meanwhile. */
  readonly batch = 250;
  private readonly statement: string;
  private prepared: { readonly database: SqliteDatabase; run(rows: string): void } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly model: LogModel,
    private readonly timeout: number,
  ) {
    this.statement = insertStatement('sqlite', model);
  }

  async store(records: readonly FinishedRecord[]): Promise<void> {
    const rows = rowsFor('sqlite', records);
    const deadline = performance.now() + this.timeout;
    while (!(await this.writeBetweenTransactions(rows))) {
      if (performance.now() > deadline) {
        throw new TargetAway(`A transaction of the application keeps the database busy for ${this.timeout} ms.`);
      }
      await delay(POLL);
    }
  }

  destination(spool: string): string {
    return tableDestination(this.dataSource, this.model, spool);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async writeBetweenTransactions(rows: string): Promise<boolean> {
    try {
      if (!this.dataSource.isInitialized) throw new TargetAway('The DataSource is closed.');
      return this.dataSource.options.type === 'better-sqlite3'
        ? this.writeAtOnce(rows)
        : await this.writeByRunner(rows);
    } catch (error) {
      throw storeFailure(error);
    }
  }

  private writeAtOnce(rows: string): boolean {
    const { databaseConnection: database } = this.dataSource.driver as unknown as {
      databaseConnection: SqliteDatabase;
    };
    if (database.inTransaction) return false;
    if (this.prepared?.database !== database) {
      const statement = database.prepare(this.statement);
      this.prepared = { database, run: (given) => void statement.run(given) };
    }
    const { prepared } = this;
    withoutWaiting(database, () => prepared.run(rows));
    return true;
  }

  /** The runner that TypeORM shares among all knows of the transaction that is open on it. */
  private async writeByRunner(rows: string): Promise<boolean> {
    const runner = this.dataSource.createQueryRunner();
    if (runner.isTransactionActive) return false;
    await runner.query(this.statement, [rows]);
    return true;
  }
}

/**
 * Does something while another process that holds the file is not waited for: the wait is one in which this process stands
 * still, and the records can wait elsewhere.
 */
function withoutWaiting(database: SqliteDatabase, act: () => void): void {
  const { timeout } = database.prepare('PRAGMA busy_timeout').get() as { timeout: number };
  if (timeout === 0) {
    act();
    return;
  }
  database.exec('PRAGMA busy_timeout = 0');
  try {
    act();
  } finally {
    database.exec(`PRAGMA busy_timeout = ${timeout}`);
  }
}
