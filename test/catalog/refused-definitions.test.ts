import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ErrorChanges, type ErrorDefinition, InvalidErrorDefinition } from '../../src/catalog.js';
import { databaseKinds } from '../support/databases.js';
import { type Catalogue, openCatalogue } from '../support/service-on.js';

const DEFINITION: ErrorDefinition = {
  ...{ name: 'bad-input', title: 'Bad Input', description: 'It cannot be read.', category: 'DATA' },
  ...{ jobTypeName: null, shouldBeRetried: false },
};

/** Where what was refused is wrong. */
const pointersOf = (refused: Promise<unknown>): Promise<unknown> =>
  refused.then(
    () => 'nothing was refused',
    (error: unknown) =>
      error instanceof InvalidErrorDefinition ? error.errors.map(({ pointer }) => pointer) : String(error),
  );

describe.each(databaseKinds)('ErrorsService on %s', (kind) => {
  let catalogue: Catalogue;
  let id: number;

  beforeAll(async () => {
    catalogue = await openCatalogue(kind);
    ({ id } = await catalogue.errors.createError({ ...DEFINITION, name: 'edited' }));
  });
  afterAll(() => catalogue.close());

  test.each([
    [{ name: 'a\0b' }, ['#/name']],
    [{ name: '' }, ['#/name']],
    [{ name: 'x'.repeat(51) }, ['#/name']],
    [{ name: undefined }, ['#/name']],
    [{ title: '\ud800' }, ['#/title']],
    [{ title: null }, ['#/title']],
    [{ description: 'x'.repeat(251) }, ['#/description']],
    [{ category: 'SYSTEM' }, ['#/category']],
    [{ category: 'NO_SUCH' }, ['#/category']],
    [{ jobTypeName: '' }, ['#/job_type_name']],
    [{ jobTypeName: 'x'.repeat(251) }, ['#/job_type_name']],
    [{ shouldBeRetried: 'yes' }, ['#/should_be_retried']],
    [{ name: ' ', category: 5, title: 5 }, ['#/name', '#/title', '#/category']],
  ])('adds no error with %j', async (fields, pointers) => {
    const { count } = await catalogue.errors.getErrorPage({}, { page: 1, pageSize: 1 });
    expect(await pointersOf(catalogue.errors.createError({ ...DEFINITION, ...fields } as never))).toEqual(pointers);
    expect(await catalogue.errors.getErrors()).toHaveLength(count);
  });

  test('adds an error that leaves out what has a default', async () => {
    const { jobTypeName: _, shouldBeRetried: __, ...rest } = { ...DEFINITION, name: 'short' };
    const added = await catalogue.errors.createError(rest as ErrorDefinition);
    expect(added).toMatchObject({ name: 'short', jobTypeName: null, shouldBeRetried: false });
  });

  test.each([
    [{ title: '' }, ['#/title']],
    [{ title: 'a\0b' }, ['#/title']],
    [{ description: 'x'.repeat(251) }, ['#/description']],
    [{ category: 'SYSTEM' }, ['#/category']],
    [{ category: null }, ['#/category']],
    [{ shouldBeRetried: 1 }, ['#/should_be_retried']],
    [{ name: 'renamed' }, ['#/name']],
    [{ id: 1 }, ['#/id']],
    [{ colour: 'red', title: 5 }, ['#/colour', '#/title']],
  ])('does not edit %j', async (changes, pointers) => {
    const before = await catalogue.errors.getError(id);
    expect(await pointersOf(catalogue.errors.editError(id, changes as never))).toEqual(pointers);
    await catalogue.errors.resetErrorCache();
    expect(await catalogue.errors.getError(id)).toEqual(before);
  });

  test('takes a change that is undefined for none', async () => {
    const changes = { title: undefined, description: 'Edited.' } as unknown as ErrorChanges;
    expect(await catalogue.errors.editError(id, changes)).toMatchObject({ title: 'Bad Input', description: 'Edited.' });
    const { version } = await catalogue.errors.getError(id);
    expect((await catalogue.errors.editError(id, { title: undefined } as never)).version).toBe(version);
  });
});
