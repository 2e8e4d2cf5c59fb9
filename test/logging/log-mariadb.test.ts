import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { errorEntities } from '../../src/catalog.js';
import { LogEntry, logEntities, logMigrations } from '../../src/logging.js';
import { LogEntryRepository } from '../../src/logging/reading/log-entry.repository.js';
import type { LogCursor, LogFilters } from '../../src/logging/reading/log-filters.js';
import { LogPartitionRepository } from '../../src/logging/upkeep/log-partition.repository.js';
import { LogRetentionRepository } from '../../src/logging/upkeep/log-retention.repository.js';
import { LogUpkeep } from '../../src/logging/upkeep/log-upkeep.js';
import { writeEntries } from '../support/log-databases.js';
import { findMariadb, type MariadbServer, startMariadb } from '../support/mariadb-server.js';

const at = (minutes: number): string => `2026-03-01 09:${String(minutes).padStart(2, '0')}:00.250`;

(findMariadb() === null ? describe.skip : describe)('The log on MariaDB', () => {
  let server: MariadbServer;
  let dataSource: DataSource;
  let entries: LogEntryRepository;

  beforeAll(async () => {
    server = await startMariadb();
    dataSource = await new DataSource({
      type: 'mariadb',
      url: server.url('test'),
      timezone: 'Z',
      entities: logEntities('mariadb'),
      migrations: logMigrations,
      migrationsRun: true,
    }).initialize();
    entries = new LogEntryRepository(dataSource);
    await writeEntries(
      dataSource,
      [1, 2, 3, 4, 4, 4, 5].map((minutes, index) => ({
        message: `entry_${index}`,
        created: at(minutes),
        level: index % 2 === 0 ? 'info' : 'error',
        error_id: 7,
        context: `{"n":${index}}`,
      })),
    );
  });
  afterAll(async () => {
    await dataSource.destroy();
    await server.stop();
  });

  const numbers = async (filters: LogFilters, cursor?: LogCursor, limit = 100): Promise<string> =>
    (await entries.find(filters, cursor, limit)).map(({ entry }) => entry.message.slice(6)).join();

  test('has after the migrations what the entity says: there is nothing to generate', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  test('is read newest first, by every filter', async () => {
    expect(await numbers({})).toBe('6,5,4,3,2,1,0');
    expect(await numbers({ levels: ['error'] })).toBe('5,3,1');
    expect(await numbers({ levels: ['error', 'info'] }, undefined, 3)).toBe('6,5,4');
    expect(await numbers({ errorId: 7, text: 'Y_3' })).toBe('3');
    const [started, ended] = [new Date('2026-03-01T09:02:00.250Z'), new Date('2026-03-01T09:03:00.250Z')];
    expect(await numbers({ started, ended })).toBe('2,1');
    const [first] = await entries.find({}, undefined, 1);
    expect(first?.entry).toMatchObject({ id: 7, created: new Date('2026-03-01T09:05:00.250Z'), context: { n: 6 } });
  });

  test('is led through by cursors, also within one time', async () => {
    const seen: string[] = [];
    let cursor: LogCursor | undefined;
    for (;;) {
      const [found] = await entries.find({}, cursor, 1);
      if (found === undefined) break;
      seen.push(found.entry.message.slice(6));
      cursor = { towards: 'older', from: found.position };
    }
    expect(seen.join()).toBe('6,5,4,3,2,1,0');
    const from = cursor?.from ?? { created: '', id: 0 };
    expect(await numbers({}, { towards: 'newer', from }, 4)).toBe('1,2,3,4');
  });

  test('counts the occurrences of an error', async () => {
    const counted = await entries.occurrences(7, new Date('2026-03-01T09:00:00Z'), new Date('2026-03-01T10:00:00Z'));
    expect(counted).toEqual({
      count: 7,
      firstSeen: new Date('2026-03-01T09:01:00.250Z'),
      lastSeen: new Date('2026-03-01T09:05:00.250Z'),
      perHour: [{ hour: new Date('2026-03-01T09:00:00Z'), count: 7 }],
    });
  });

  test('takes an INSERT of host, level and message, in UTC, and is an entity like others', async () => {
    await dataSource.query(`SET time_zone = '+05:00'`);
    await writeEntries(dataSource, [{ host: 'plain', level: 'info', message: 'by hand' }]);
    const repository = dataSource.getRepository(LogEntry);
    const found = await repository.findOneByOrFail({ host: 'plain' });
    expect(found).toBeInstanceOf(LogEntry);
    expect(typeof found.id).toBe('number');
    expect(Math.abs(Date.now() - found.created.getTime())).toBeLessThan(60_000);
    await repository.delete({ id: found.id });
  });

  test('is kept in bounds', async () => {
    const upkeep = new LogUpkeep(new LogPartitionRepository(dataSource), new LogRetentionRepository(dataSource), {
      rows: 3,
    });
    expect(await upkeep.run()).toBe(true);
    expect(await numbers({})).toBe('6,5,4');
  });

  test('has no catalogue beside it, which says so', () => {
    expect(() => errorEntities('mariadb')).toThrow(/no tables for a database of type "mariadb"/);
  });
});
