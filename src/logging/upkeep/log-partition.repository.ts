import type { DataSource, EntityManager } from 'typeorm';
import { databaseKindOf } from '../../database/database-kind.js';

/** Any number, as long as every instance asks for the same: “logday” read as ASCII. */
const PARTITION_LOCK = 0x6c6f67646179;

/** How many entries of a day are moved out of the DEFAULT partition; others wait while they are. */
const MOVABLE = 10_000;

/** How long to wait for those who use the table, in milliseconds: so long, at most, others wait behind us. */
const LOCK_TIMEOUT = 100;

const DAY = 86_400_000;

/** PostgreSQL’s word for a lock that was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** The partition of a day. */
export interface Partition {
  /** As it can stand in a statement. */
  readonly name: string;
  /** Its entries are older. */
  readonly ends: Date;
}

/** What became of a partition that was to be made. */
export type Making = 'made' | 'exists' | 'left in DEFAULT' | 'busy';

/** The partitions of the table `logentry`, which it has on PostgreSQL alone: there are none elsewhere. */
export class LogPartitionRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Whether there is such a table, with partitions. */
  async isPartitioned(): Promise<boolean> {
    if (databaseKindOf(this.dataSource.options.type) !== 'postgres') return false;
    const rows = await this.dataSource.query<unknown[]>(
      `SELECT FROM pg_class WHERE oid = to_regclass('logentry') AND relkind = 'p'`,
    );
    return rows.length > 0;
  }

  /** The partitions of days, the oldest first. */
  async list(): Promise<Partition[]> {
    const rows = await this.dataSource.query<{ name: string; ends: number }[]>(
      `SELECT name, extract(epoch from (regexp_match(bounds, $$TO \\('([^']+)'\\)$$))[1]::timestamptz)::float8 AS ends
       FROM (SELECT oid::regclass::text AS name, pg_get_expr(relpartbound, oid) AS bounds FROM pg_class
         WHERE oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'logentry'::regclass)) AS partitions
       WHERE bounds LIKE '%TO (''%' ORDER BY ends`,
    );
    return rows.map(({ name, ends }) => ({ name, ends: new Date(ends * 1000) }));
  }

  /**
   * Makes the partition of a day (UTC), and moves what the DEFAULT partition has of it; a day that has more than can be moved
   * in passing stays there.
   */
  async make(day: Date): Promise<Making> {
    const [from, to] = [day, new Date(day.getTime() + DAY)].map((time) => `'${time.toISOString()}'`) as [
      string,
      string,
    ];
    return this.alone(async (manager) => {
      const name = await this.nameOf(day, manager);
      const known = await manager.query<unknown[]>('SELECT WHERE to_regclass($1) IS NOT NULL', [name]);
      if (known.length > 0) return 'exists';
      const rest = await this.defaultPartition(manager);
      const ofDay = `${rest} WHERE created >= ${from} AND created < ${to}`;
      if (rest !== null && (await countUpTo(MOVABLE + 1, ofDay, manager)) > MOVABLE) return 'left in DEFAULT';

      const like = 'LIKE logentry INCLUDING DEFAULTS INCLUDING STORAGE INCLUDING INDEXES';
      await manager.query(`CREATE TABLE ${name} (${like})`);
      // Who looked for the partition of an entry before it is there would be refused by DEFAULT, or miss what has moved.
      await manager.query('LOCK TABLE logentry IN ACCESS EXCLUSIVE MODE');
      if (rest !== null) {
        await manager.query(`WITH moved AS (DELETE FROM ${ofDay} RETURNING *) INSERT INTO ${name} SELECT * FROM moved`);
      }
      await manager.query(`ALTER TABLE logentry ATTACH PARTITION ${name} FOR VALUES FROM (${from}) TO (${to})`);
      return 'made';
    });
  }

  /**
   * Drops a partition with its entries. DETACH … CONCURRENTLY is not to be had where there is a DEFAULT partition; instead the
   * lock is given up when it is not to be had at once, so that nobody waits long behind us.
   * @returns false when the table is in use for the time being.
   */
  async drop({ name }: Partition): Promise<boolean> {
    const done = await this.alone(async (manager) => {
      await manager.query(`DROP TABLE IF EXISTS ${name}`);
      return 'dropped' as const;
    });
    return done === 'dropped';
  }

  /** One instance at a time, in one transaction; the others come back later. */
  private async alone<Result>(action: (manager: EntityManager) => Promise<Result>): Promise<Result | 'busy'> {
    try {
      return await this.dataSource.transaction(async (manager) => {
        const [lock] = await manager.query<{ mine: boolean }[]>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
          PARTITION_LOCK,
        ]);
        if (!lock?.mine) return 'busy';
        await manager.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT}`);
        return action(manager);
      });
    } catch (error) {
      if ((error as { code?: unknown }).code === LOCK_NOT_AVAILABLE) return 'busy';
      throw error;
    }
  }

  private async defaultPartition(manager: EntityManager): Promise<string | null> {
    const [row] = await manager.query<{ name: string }[]>(
      `SELECT partdefid::regclass::text AS name FROM pg_partitioned_table
       WHERE partrelid = 'logentry'::regclass AND partdefid <> 0`,
    );
    return row?.name ?? null;
  }

  private async nameOf(day: Date, manager: EntityManager): Promise<string> {
    const [schema] = await manager.query<{ name: string }[]>(
      `SELECT quote_ident(nspname) AS name FROM pg_namespace
       WHERE oid = (SELECT relnamespace FROM pg_class WHERE oid = 'logentry'::regclass)`,
    );
    return `${schema?.name}.logentry_${day.toISOString().slice(0, 10).replaceAll('-', '')}`;
  }
}

async function countUpTo(limit: number, rows: string, manager: EntityManager): Promise<number> {
  const [row] = await manager.query<{ count: string }[]>(
    `SELECT count(*) AS count FROM (SELECT FROM ${rows} LIMIT ${limit}) AS entries`,
  );
  return Number(row?.count);
}
