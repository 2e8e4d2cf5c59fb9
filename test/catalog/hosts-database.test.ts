import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { DataSource } from 'typeorm';
import {
  type ErrorChanges,
  errorEntities,
  type ErrorFilters,
  errorMigrations,
  ErrorRepository,
  ErrorsService,
} from '../../src/catalog.js';

describe('On libsql and a DataSource of TypeORM’s own', () => {
  let dataSource: DataSource;
  let errors: ErrorsService;
  let id: number;

  beforeAll(async () => {
    dataSource = new DataSource({
      type: 'better-sqlite3',
      driver: Libsql,
      database: ':memory:',
      entities: errorEntities('better-sqlite3'),
      migrations: errorMigrations,
      migrationsRun: true,
    });
    await dataSource.initialize();
    errors = new ErrorsService(new ErrorRepository(dataSource));
    const [saved] = await errors.saveJobErrorModels('job', [{ name: 'own', title: 'Own', description: 'Its own.' }]);
    id = saved?.id ?? 0;
  });
  afterAll(() => dataSource.destroy());

  test.each<[ErrorChanges]>([
    [{ title: null }],
    [{ description: null }],
    [{ title: null, shouldBeRetried: true }],
    [{ title: null, description: null }],
    [{ title: null, description: 'Changed.' }],
  ])('the edit %j is made', async (changes) => {
    await errors.editError(id, { title: 'Own', description: 'Its own.' });
    expect(await errors.editError(id, changes)).toMatchObject(changes);
    await errors.resetErrorCache();
    expect(await errors.getError(id)).toMatchObject(changes);
  });

  test('a filter that is null finds what equals null, which is nothing', async () => {
    const filters = { jobTypeName: null } as unknown as ErrorFilters;
    expect(await errors.getErrors(filters)).toEqual([]);
    expect(await errors.getErrorPage(filters, { page: 1, pageSize: 5 })).toMatchObject({ count: 0, errors: [] });
  });
});
