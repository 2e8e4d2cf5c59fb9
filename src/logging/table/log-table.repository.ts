import type { DataSource } from 'typeorm';
import { databaseKindOf } from '../../database/database-kind.js';
import { OwnConnection } from '../../database/own-connection.js';
import { canCopy, copyRecords, copyStatement, needsInsert } from './log-copy.repository.js';
import { insertStatement, rowsFor } from './log-insert.repository.js';
import { type LogModel, tableDestination } from './log-model.repository.js';
import type { FinishedRecord } from '../records/log-record.js';
import type { LogTarget } from '../delivery/log-target.js';
import { SqliteLogTable } from './sqlite-log-table.repository.js';
import { storeFailure } from './store-failures.js';

/**
 * The table of a model as a target.
 * @param timeout how long the database may take to answer, in milliseconds.
 * @throws Error for a kind of database that the log has no SQL for.
 */
export function logTable(dataSource: DataSource, model: LogModel, timeout: number): LogTarget {
  switch (databaseKindOf(dataSource.options.type)) {
    case 'postgres':
      // What COPY makes of a text is up to the type of its column, which for a table of the host's own is not known.
      return model.isLogEntry
        ? new CopiedLogTable(dataSource, model, timeout)
        : new ServerLogTable(dataSource, model, timeout);
    case 'mysql':
      return new ServerLogTable(dataSource, model, timeout);
    case 'sqlite':
      return new SqliteLogTable(dataSource, model, timeout);
    case null:
      throw new Error(
        `The log has no table for a database of type "${dataSource.options.type}", so it cannot be kept there. ` +
          'Give it a DataSource of type postgres, mysql, mariadb, better-sqlite3 or sqljs.',
      );
  }
}

/** A table that is reached over a connection of its own: one statement and one parameter for any number of records. */
class ServerLogTable implements LogTarget {
  protected readonly connection: OwnConnection;
  private readonly statement: string;
  private readonly kind: 'postgres' | 'mysql';

  constructor(
    private readonly dataSource: DataSource,
    private readonly model: LogModel,
    timeout: number,
  ) {
    this.kind = databaseKindOf(dataSource.options.type) === 'mysql' ? 'mysql' : 'postgres';
    this.connection = new OwnConnection(dataSource, timeout);
    this.statement = insertStatement(this.kind, model);
  }

  async store(records: readonly FinishedRecord[]): Promise<void> {
    try {
      await this.write(records);
    } catch (error) {
      throw storeFailure(error);
    }
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  destination(spool: string): string {
    return tableDestination(this.dataSource, this.model, spool);
  }

  protected write(records: readonly FinishedRecord[]): Promise<void> {
    return this.connection.query(...this.insertOf(records));
  }

  protected insertOf(records: readonly FinishedRecord[]): [statement: string, parameters: unknown[]] {
    return [this.statement, [rowsFor(this.kind, records)]];
  }
}

/**
 * PostgreSQL's table, written by COPY, which takes two thirds of the time. It knows no exceptions, so INSERT has its turn
 * where one is needed.
 */
class CopiedLogTable extends ServerLogTable {
  private readonly copy: string;

  constructor(dataSource: DataSource, model: LogModel, timeout: number) {
    super(dataSource, model, timeout);
    this.copy = copyStatement(model);
  }

  protected override async write(records: readonly FinishedRecord[]): Promise<void> {
    try {
      await this.connection.use((runner, connection) =>
        canCopy(connection) ? copyRecords(this.copy, records, connection) : runner.query(...this.insertOf(records)),
      );
    } catch (error) {
      if (!needsInsert(error)) throw error;
      await super.write(records);
    }
  }
}
