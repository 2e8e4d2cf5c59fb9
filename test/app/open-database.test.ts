import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { type DataSource, MigrationExecutor } from 'typeorm';
import { readConfig } from '../../src/app/config.js';
import { createDataSource } from '../../src/app/database.js';
import { DatabaseUnusable, openDatabase } from '../../src/app/open-database.js';
import { ErrorEntity } from '../../src/catalog.js';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.js';
import { freePort } from '../support/postgres-server.js';

const logger = pino({ level: 'silent' });

describe.each(databaseKinds)('The database on %s', (kind) => {
  let database: TestDatabase;
  let opened: DataSource[];

  beforeEach(async () => {
    database = await createDatabase(kind);
    opened = [];
  });
  afterEach(async () => {
    for (const dataSource of opened) if (dataSource.isInitialized) await dataSource.destroy();
    await database.drop();
  });

  const open = async (): Promise<DataSource> => {
    const dataSource = createDataSource(readConfig(database.environment));
    opened.push(dataSource);
    await openDatabase(dataSource, { name: 'the test', wait: 0, logger });
    return dataSource;
  };

  test('has after the migrations what the entities say: there is nothing to generate', async () => {
    const dataSource = await open();
    const { upQueries, downQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
    expect(downQueries).toEqual([]);
  });

  test('may be opened by several instances at once', async () => {
    const count = kind === 'postgres' ? 8 : 2;
    const instances = await Promise.all(Array.from({ length: count }, open));
    for (const instance of instances) expect(await instance.query('SELECT * FROM error')).toEqual([]);
    expect(await instances[0]?.query('SELECT name FROM errata_migration')).toHaveLength(
      instances[0]?.migrations.length ?? 0,
    );
  });

  test('is left alone when it is newer than the code', async () => {
    const dataSource = await open();
    await dataSource.query(`INSERT INTO errata_migration (timestamp, name) VALUES (9999999999999, 'FromTheFuture')`);
    await dataSource.destroy();
    const reopening = open();
    await expect(reopening).rejects.toThrow(DatabaseUnusable);
    await expect(reopening).rejects.toThrow(/newer.*FromTheFuture.*Start the newer version/s);
    expect(opened.every(({ isInitialized }) => !isInitialized)).toBe(true);
  });

  test('gives its tables back when the migrations are reverted', async () => {
    const dataSource = await open();
    for (const _ of dataSource.migrations) await new MigrationExecutor(dataSource).undoLastMigration();
    for (const { tableName } of dataSource.entityMetadatas) {
      await expect(dataSource.query(`SELECT * FROM ${tableName}`)).rejects.toThrow(tableName);
    }
  });

  test('keeps null as one value of the natural key', async () => {
    const dataSource = await open();
    await dataSource.query(`INSERT INTO error (name) VALUES ('a')`);
    await expect(dataSource.query(`INSERT INTO error (name) VALUES ('a')`)).rejects.toThrow(/unique/i);
    await dataSource.query(`INSERT INTO error (name, job_type_name) VALUES ('a', 'x')`);
    await expect(dataSource.query(`INSERT INTO error (name, job_type_name) VALUES ('a', 'x')`)).rejects.toThrow(
      /unique/i,
    );
  });

  test('forgets what an error’s exit codes and policy are when plain SQL deletes the error', async () => {
    const dataSource = await open();
    await dataSource.query(`INSERT INTO error (id, name) VALUES (7, 'a'), (8, 'b')`);
    await dataSource.query(`INSERT INTO job_error_exit_code VALUES ('job', 1, 7), ('job', 2, 8)`);
    await dataSource.query(`INSERT INTO error_retry_policy (error_id) VALUES (7), (8)`);
    await expect(dataSource.query(`INSERT INTO job_error_exit_code VALUES ('job', 3, 9)`)).rejects.toThrow(
      /foreign key/i,
    );
    await dataSource.query(`DELETE FROM error WHERE id = 7`);
    expect(await dataSource.query('SELECT exit_code, error_id FROM job_error_exit_code')).toEqual([
      { exit_code: 2, error_id: 8 },
    ]);
    expect(await dataSource.query('SELECT * FROM error_retry_policy')).toEqual([
      { error_id: 8, max_attempts: 5, initial_seconds: 1, coefficient: 2, max_seconds: 100 },
    ]);
  });

  test('works through a repository of the entity, as a Nest developer writes it', async () => {
    const repository = (await open()).getRepository(ErrorEntity);
    const { id } = await repository.save(repository.create({ name: 'by-repository', shouldBeRetried: true }));
    const found = await repository.findOneByOrFail({ id });
    expect(found).toBeInstanceOf(ErrorEntity);
    expect(found.naturalKey()).toEqual([null, 'by-repository']);
    expect(found).toMatchObject({ category: 'SYSTEM', isBuiltin: false, shouldBeRetried: true, version: 1 });
    expect(found.created).toBeInstanceOf(Date);
    expect(Math.abs(Date.now() - found.created.getTime())).toBeLessThan(60_000);
    expect(await repository.findBy({ created: found.created })).toHaveLength(1);
  });
});

describe('A database that is not there', () => {
  const opening = (environment: Record<string, string>, wait = 0): Promise<void> =>
    openDatabase(createDataSource(readConfig(environment)), { name: 'postgresql://errata@…', wait, logger });

  test('is waited for, then refused with what to do, and without the password', async () => {
    const port = await freePort();
    const url = `postgresql://errata:s3cret@127.0.0.1:${port}/errata`;
    const refused = opening({ DATABASE_URL: url }, 1);
    await expect(refused).rejects.toThrow(/could not be reached within 1 s.*DATABASE_URL.*DATABASE_WAIT/s);
    await expect(refused).rejects.toThrow(`…, connect ECONNREFUSED 127.0.0.1:${port}. Start it`);
    await expect(refused).rejects.not.toThrow(/s3cret/);
  });

  test('is refused at once when its directory cannot be made', async () => {
    await expect(opening({ DATA_DIR: '/dev/null/data' }, 60)).rejects.toThrow(/DATA_DIR/);
  });

  (databaseKinds.includes('postgres') ? test : test.skip)(
    'is refused at once when the server has no such database',
    async () => {
      const url = new URL(process.env['ERRATA_TEST_POSTGRES'] ?? '');
      url.pathname = '/no_such_database';
      await expect(opening({ DATABASE_URL: url.href }, 60)).rejects.toThrow(/no_such_database.*Correct DATABASE_URL/s);
    },
  );
});
