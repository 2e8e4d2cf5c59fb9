import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { LogPartitionRepository, type Making } from '../../src/logging/upkeep/log-partition.repository.js';
import { LogRetentionRepository } from '../../src/logging/upkeep/log-retention.repository.js';
import { LogUpkeep } from '../../src/logging/upkeep/log-upkeep.js';
import type { RetentionOptions } from '../../src/logging/upkeep/retention.js';
import { databaseKinds } from '../support/databases.js';
import { createLogDatabase, type LogDatabase, writeEntries } from '../support/log-databases.js';

const DAY = 86_400_000;
const NOW = new Date('2026-03-01T12:00:00Z');
const noon = (days: number): string => new Date(NOW.getTime() + days * DAY).toISOString();

(databaseKinds.includes('postgres') ? describe : describe.skip)('The log on PostgreSQL', () => {
  let database: LogDatabase;
  let dataSource: DataSource;
  let partitions: LogPartitionRepository;

  beforeEach(async () => {
    database = await createLogDatabase('postgres');
    dataSource = await database.connect();
    partitions = new LogPartitionRepository(dataSource);
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const upkeep = (retention: RetentionOptions = {}): LogUpkeep =>
    new LogUpkeep(partitions, new LogRetentionRepository(dataSource), retention);
  const make = (days: number): Promise<Making> => partitions.make(new Date(Date.UTC(2026, 2, 1) + days * DAY));
  const names = async (): Promise<string[]> => (await partitions.list()).map(({ name }) => name);
  const homes = async (): Promise<Record<string, number>> => {
    const rows = await dataSource.query<{ home: string; count: number }[]>(
      'SELECT tableoid::regclass::text AS home, count(*)::int AS count FROM logentry GROUP BY 1 ORDER BY 1',
    );
    return Object.fromEntries(rows.map(({ home, count }) => [home, count]));
  };

  test('takes every entry, also before it has a partition for it', async () => {
    await writeEntries(dataSource, [{ created: noon(0) }, { created: noon(-4_000) }, { created: noon(40_000) }]);
    expect(await homes()).toEqual({ logentry_default: 3 });
  });

  test('has partitions for today and the days to come, however many instances make them', async () => {
    const done = await Promise.all(Array.from({ length: 6 }, () => upkeep().run(NOW)));
    expect(done).toEqual([true, true, true, true, true, true]);
    expect(await names()).toEqual(['logentry_20260301', 'logentry_20260302', 'logentry_20260303', 'logentry_20260304']);
    await writeEntries(dataSource, [
      { created: '2026-03-01T00:00:00Z' },
      { created: '2026-03-01T23:59:59.999Z' },
      { created: '2026-03-02T00:00:00Z' },
      { created: '2026-02-28T23:59:59.999Z' },
    ]);
    expect(await homes()).toEqual({ logentry_default: 1, logentry_20260301: 2, logentry_20260302: 1 });
  });

  test('moves what lies in DEFAULT into the partition of its day, with its ids', async () => {
    await writeEntries(dataSource, [
      { created: noon(0) },
      { created: noon(1) },
      { created: noon(0) },
      { created: noon(9) },
    ]);
    const before = await dataSource.query<unknown[]>('SELECT * FROM logentry ORDER BY id');
    await upkeep().run(NOW);
    expect(await homes()).toEqual({ logentry_default: 1, logentry_20260301: 2, logentry_20260302: 1 });
    expect(await dataSource.query('SELECT * FROM logentry ORDER BY id')).toEqual(before);
    await writeEntries(dataSource, [{ created: noon(0), message: 'after' }]);
    expect(await dataSource.query(`SELECT id FROM logentry WHERE message = 'after'`)).toEqual([{ id: '5' }]);
  });

  test('leaves a day in DEFAULT that has too many entries to be moved in passing, and makes the others', async () => {
    await dataSource.query(
      `INSERT INTO logentry (level, message, created) SELECT 'info', 'x', '2026-03-01 12:00Z' FROM generate_series(1, 10001)`,
    );
    expect(await upkeep().run(NOW)).toBe(true);
    expect(await names()).toEqual(['logentry_20260302', 'logentry_20260303', 'logentry_20260304']);
    expect(await homes()).toEqual({ logentry_default: 10_001 });
  });

  test('makes a partition while others write, and loses none of their entries', async () => {
    let isDone = false;
    let written = 0;
    const write = async (): Promise<void> => {
      while (!isDone) {
        await writeEntries(dataSource, [{ created: noon(written % 3) }]);
        written++;
      }
    };
    const writers = [write(), write(), write()];
    while (written < 50) await writeEntries(dataSource, [{ created: noon(0) }]).then(() => written++);
    expect(await upkeep().run(NOW)).toBe(true);
    isDone = true;
    await Promise.all(writers);
    const counts = await homes();
    expect(Object.keys(counts)).toEqual(['logentry_20260301', 'logentry_20260302', 'logentry_20260303']);
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(written);
  });

  test('drops whole days that are older than what is kept, and removes the rest of them from DEFAULT', async () => {
    for (const days of [-4, -3, -2, -1]) expect(await make(days)).toBe('made');
    await writeEntries(
      dataSource,
      [-40, -4, -3, -2, -1, 0].map((days) => ({ created: noon(days) })),
    );
    expect(await upkeep({ days: 2 }).run(NOW)).toBe(true);
    expect(await homes()).toEqual({ logentry_20260227: 1, logentry_20260228: 1, logentry_20260301: 1 });
    expect(await names()).toHaveLength(6);
    const [left] = await dataSource.query<{ count: string }[]>(
      `SELECT count(*) FROM pg_class WHERE relname IN ('logentry_20260225', 'logentry_20260226')`,
    );
    expect(left?.count).toBe('0');
  });

  test('keeps as many of the newest entries as it should, whole days being dropped where they can', async () => {
    for (const days of [-2, -1]) await make(days);
    await writeEntries(
      dataSource,
      [-9, -2, -2, -1, -1, -1, 0].map((days) => ({ created: noon(days) })),
    );
    expect(await upkeep({ rows: 3 }).run(NOW)).toBe(true);
    expect(await homes()).toEqual({ logentry_20260228: 2, logentry_20260301: 1 });
    expect((await names())[0]).toBe('logentry_20260228');
  });

  test('gives up the lock when the table is in use, lets writers pass, and drops the day later', async () => {
    await make(-3);
    await writeEntries(dataSource, [{ created: noon(-3) }]);
    const [partition] = await partitions.list();
    if (partition === undefined) throw new Error('There is no partition.');
    const reader = dataSource.createQueryRunner();
    await reader.startTransaction();
    await reader.query('SELECT count(*) FROM logentry');
    try {
      const dropping = partitions.drop(partition);
      const started = performance.now();
      await writeEntries(dataSource, [{ created: noon(0) }]);
      expect(performance.now() - started).toBeLessThan(1_000);
      expect(await dropping).toBe(false);
    } finally {
      await reader.rollbackTransaction();
      await reader.release();
    }
    expect(await partitions.drop(partition)).toBe(true);
    expect(await homes()).toEqual({ logentry_default: 1 });
  });

  test('needs no partitions that somebody else has made otherwise', async () => {
    await dataSource.query('DROP TABLE logentry_default');
    await dataSource.query(
      `CREATE TABLE by_hand PARTITION OF logentry FOR VALUES FROM (MINVALUE) TO ('2026-03-02 00:00+00')`,
    );
    await expect(upkeep().run(NOW)).rejects.toThrow(/overlap/);
    await dataSource.query('DROP TABLE logentry');
    expect(await upkeep().run(NOW)).toBe(true);
  });
});
