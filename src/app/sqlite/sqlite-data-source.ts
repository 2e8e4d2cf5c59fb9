import { DataSource, type DataSourceOptions, EntityManager, type QueryRunner } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { type SharedConnection, SqliteQueryRunner } from './sqlite-query-runner.js';
import { TransactionGate } from './transaction-gate.js';

/** How long a statement waits for another's transaction to end, in milliseconds. */
const PATIENCE = 10_000;

/** A DataSource on one SQLite file whose transactions keep to themselves. One file is opened by one of these only. */
export class SqliteDataSource extends DataSource {
  readonly shared: SharedConnection;

  constructor(options: Extract<DataSourceOptions, { type: 'better-sqlite3' }>, patience = PATIENCE) {
    super(options);
    const driver = this.driver as BetterSqlite3Driver;
    const shared: SharedConnection = { gate: new TransactionGate(patience), statements: new Map() };
    this.shared = shared;
    driver.createQueryRunner = () => new SqliteQueryRunner(driver, shared);
    const disconnect = driver.disconnect.bind(driver);
    driver.disconnect = () => {
      shared.statements.clear();
      return disconnect();
    };
  }

  override createEntityManager(queryRunner?: QueryRunner): EntityManager {
    return new SqliteEntityManager(this, queryRunner);
  }
}

type Transaction<Result> = (manager: EntityManager) => Promise<Result>;

/** Tells the gate which code belongs to a transaction. */
class SqliteEntityManager extends EntityManager {
  /** Transactions of SQLite have one isolation level, so that one that is given says nothing. */
  override transaction<Result>(...given: unknown[]): Promise<Result> {
    const { gate } = (this.dataSource as SqliteDataSource).shared;
    const code = given.find((argument) => typeof argument === 'function') as Transaction<Result>;
    const outer = this.queryRunner === undefined ? gate.current() : null;
    if (outer !== null) return outer.manager.transaction(code);
    return super.transaction((manager) => gate.runAs(manager.queryRunner as SqliteQueryRunner, () => code(manager)));
  }
}
