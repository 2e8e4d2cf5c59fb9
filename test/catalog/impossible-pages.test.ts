import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PageNotFound } from '../../src/catalog.js';
import { databaseKinds } from '../support/databases.js';
import { type Catalogue, openCatalogue } from '../support/service-on.js';

describe.each(databaseKinds)('A page that cannot be, on %s', (kind) => {
  let catalogue: Catalogue;

  beforeAll(async () => {
    catalogue = await openCatalogue(kind);
  });
  afterAll(() => catalogue.close());

  test.each([0, -1, 1.5, NaN, Infinity, 2 ** 60, '1', null, undefined])('of number %p is not found', async (page) => {
    const read = catalogue.errors.getErrorPage({}, { page: page as number, pageSize: 10 });
    await expect(read).rejects.toThrow(PageNotFound);
    await expect(read).rejects.toMatchObject({
      detail: `There is no page ${page}. Pages are counted from 1, and “last” is the last one.`,
    });
  });

  test.each([0, -1, 1.5, NaN, Infinity, 2 ** 60, '10', null, undefined])('of size %p is refused', async (pageSize) => {
    for (const page of [1, 2, 'last'] as const) {
      const read = catalogue.errors.getErrorPage({}, { page, pageSize: pageSize as number });
      await expect(read).rejects.toThrow(RangeError);
      await expect(read).rejects.toThrow(`The page size is ${pageSize}. Give a positive integer`);
    }
  });
});
