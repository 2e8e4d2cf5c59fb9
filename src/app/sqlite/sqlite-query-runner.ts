import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { countStatement } from './native-memory.js';
import type { TransactionGate } from './transaction-gate.js';

/** What all query runners of one connection share. */
export interface SharedConnection {
  readonly gate: TransactionGate<SqliteQueryRunner>;
  /** Prepared statements belong to the connection, not to a runner. */
  readonly statements: Map<string, unknown>;
}

/**
 * A query runner whose transaction holds its own statements and nobody else's, although SQLite has one connection only.
 * TypeORM's own driver gives everybody one and the same runner: a ROLLBACK there undoes what others were told is written.
 */
export class SqliteQueryRunner extends BetterSqlite3QueryRunner {
  /** A transaction begun inside another one's code is a savepoint of that one. */
  private isInsideAnother = false;
  private readonly gate: TransactionGate<SqliteQueryRunner>;

  constructor(driver: BetterSqlite3Driver, { gate, statements }: SharedConnection) {
    super(driver);
    this.gate = gate;
    Object.assign(this, { stmtCache: statements });
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as the class it extends declares it
  override query(statement: string, parameters?: unknown[], useStructuredResult?: boolean): Promise<any> {
    // A transaction that takes its lock at once never fails for having read before it wrote.
    const text = statement === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE TRANSACTION' : statement;
    // libsql takes a single null for an object of named parameters; inside an array it takes it for what it is.
    const values = parameters?.length === 1 && parameters[0] === null ? [parameters] : parameters;
    countStatement();
    return this.gate.pass(this, () => super.query(text, values, useStructuredResult));
  }

  override async startTransaction(
    isolation?: Parameters<BetterSqlite3QueryRunner['startTransaction']>[0],
  ): Promise<void> {
    if (!this.isTransactionActive) {
      this.isInsideAnother = this.gate.current() !== null;
      if (this.isInsideAnother) this.transactionDepth = 1;
      else await this.gate.enter(this);
    }
    try {
      await super.startTransaction(isolation);
    } catch (error) {
      // Whoever catches this rolls back nothing: the transaction did not begin.
      if (this.transactionDepth <= this.outermost) this.end();
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction();
    if (this.transactionDepth <= this.outermost) this.end();
  }

  override async rollbackTransaction(): Promise<void> {
    const isOutermost = this.transactionDepth === this.outermost + 1;
    try {
      await super.rollbackTransaction();
    } finally {
      // Also when it fails: SQLite itself has then ended the transaction, as it does on a full disk.
      if (isOutermost) this.end();
    }
  }

  /** A runner that is given back with its transaction open undoes it, as a pooled connection that is closed does. */
  override async release(): Promise<void> {
    while (this.isTransactionActive) await this.rollbackTransaction();
    await super.release();
  }

  private get outermost(): number {
    return this.isInsideAnother ? 1 : 0;
  }

  private end(): void {
    this.isTransactionActive = false;
    this.transactionDepth = 0;
    this.isInsideAnother = false;
    this.gate.leave(this);
  }
}
