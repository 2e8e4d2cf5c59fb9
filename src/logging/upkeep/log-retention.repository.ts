import type { DataSource } from 'typeorm';
import { type DatabaseKind, databaseKindOf } from '../../database/database-kind.js';
import { Statements } from '../../database/statements.js';
import { type LogDialect, logDialectOf } from '../reading/log-dialect.js';
import type { LogPosition } from '../reading/log-filters.js';

/** How many entries one statement removes: so few that nobody waits for it. */
const BATCH = 1_000;

/** What is removed from the table `logentry`, entry by entry. */
export class LogRetentionRepository {
  private readonly statements: Statements;
  private readonly kind: DatabaseKind | null;
  private readonly dialect: LogDialect;

  /** @throws Error for a kind of database that the log has no table for. */
  constructor(dataSource: DataSource) {
    this.statements = new Statements(dataSource, false);
    this.kind = databaseKindOf(dataSource.options.type);
    this.dialect = logDialectOf(this.kind);
  }

  /** The place before every entry of a time. */
  startOf(time: Date): LogPosition {
    return { created: this.dialect.instantTo(time), id: 0 };
  }

  /** The time of a place; an invalid date where no date can hold it. */
  timeOf(place: LogPosition): Date {
    return this.dialect.dateOf(place.created);
  }

  /** The place after the newest entry that is beyond this many; null when there are not so many. */
  async endOfSurplus(rows: number): Promise<LogPosition | null> {
    const [row] = await this.statements.rows<{ id: unknown; created_time: unknown }>(
      `SELECT id, ${this.dialect.instant('created', 'created_time')} FROM logentry
       ORDER BY created DESC, id DESC LIMIT 1 OFFSET ${rows}`,
    );
    return row === undefined ? null : { created: this.dialect.comparable(row.created_time), id: Number(row.id) + 1 };
  }

  /**
   * Removes a batch of the oldest entries before a place.
   * @returns whether there may be more of them.
   */
  async removeBatch(before: LogPosition): Promise<boolean> {
    const condition = this.dialect.beyond('<');
    const parameters = { atTime: before.created, atId: before.id };
    const oldest = `WHERE ${condition} ORDER BY created, id LIMIT ${BATCH}`;
    if (this.kind === 'mysql') {
      return (await this.statements.affected(`DELETE FROM logentry ${oldest}`, parameters)) >= BATCH;
    }
    // The key of the table, whichever it is, or every entry would be looked at.
    const key = this.dialect.hasPartitions ? 'created, id' : 'id';
    const removed = await this.statements.rows(
      `DELETE FROM logentry WHERE (${key}) IN (SELECT ${key} FROM logentry ${oldest}) RETURNING id`,
      parameters,
    );
    return removed.length >= BATCH;
  }
}
