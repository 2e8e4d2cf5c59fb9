import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { type ErrorChanges, type ErrorFilters, ErrorRepository, ErrorsService } from '../../src/catalog.js';
import { memoryDataSource } from '../support/memory-database.js';

describe('On libsql and a DataSource of TypeORM’s own', () => {
  let dataSource: DataSource;
  let errors: ErrorsService;
  let id: number;

  beforeAll(async () => {
    dataSource = await memoryDataSource();
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
