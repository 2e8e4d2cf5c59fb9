import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  ErrorEntity,
  ErrorNotFound,
  type ErrorsService,
  InvalidErrorDefinition,
  type JobErrorModel,
  PageNotFound,
} from '../../src/catalog.js';
import { databaseKinds } from '../support/databases.js';
import { type Catalogue, openCatalogue } from '../support/service-on.js';

describe.each(databaseKinds)('ErrorsService on %s', (kind) => {
  let catalogue: Catalogue;

  beforeAll(async () => {
    catalogue = await openCatalogue(kind);
  });
  afterAll(() => catalogue.close());

  const models = (count: number, fields: Partial<JobErrorModel> = {}): JobErrorModel[] =>
    Array.from({ length: count }, (_, number) => ({ name: `error-${number}`, title: `Error ${number}`, ...fields }));
  /** Counts the statements that reach the database while the code runs. */
  const statementsOf = async (code: () => Promise<unknown>): Promise<number> => {
    const spy = jest.spyOn(catalogue.dataSource, 'createQueryRunner');
    try {
      await code();
      return spy.mock.calls.length;
    } finally {
      spy.mockRestore();
    }
  };

  describe('the built-in errors', () => {
    test('are known by name, synchronously', () => {
      expect(catalogue.errors.getBuiltinError('database')).toMatchObject({
        title: 'Database',
        category: 'SYSTEM',
        isBuiltin: true,
        shouldBeRetried: true,
        jobTypeName: null,
      });
      expect(catalogue.errors.getUnknownError().name).toBe('unknown');
    });

    test('are entities, frozen', () => {
      const error = catalogue.errors.getBuiltinError('pull');
      expect(error).toBeInstanceOf(ErrorEntity);
      expect(error.naturalKey()).toEqual([null, 'pull']);
      expect(() => Object.assign(error, { title: 'x' })).toThrow(TypeError);
    });

    test('an unknown name is a mistake, and the nearest names are listed', () => {
      expect(() => catalogue.errors.getBuiltinError('databse')).toThrow(/“databse”.*database, .*getByNaturalKey/s);
    });

    test('before they are loaded the message says what to do', () => {
      expect(() => catalogue.another().getBuiltinError('database')).toThrow(/cacheBuiltinErrors\(\)/);
    });

    test('seeding again adds nothing and changes nothing, not even what was edited', async () => {
      const { id } = catalogue.errors.getBuiltinError('launch-timeout');
      await catalogue.errors.editError(id, { shouldBeRetried: false });
      const before = await catalogue.errors.getErrors({ isBuiltin: true, order: ['id'] });
      const other = catalogue.another();
      await other.seedBuiltinErrors([...before] as never);
      expect(await other.getErrors({ isBuiltin: true, order: ['id'] })).toEqual(before);
      expect(other.getBuiltinError('launch-timeout').shouldBeRetried).toBe(false);
    });

    test('many instances may seed at once', async () => {
      const builtins = [
        { name: 'x-one', title: 'One', description: 'One.', category: 'SYSTEM', shouldBeRetried: true },
        { name: 'x-two', title: 'Two', description: 'Two.', category: 'DATA', shouldBeRetried: false },
      ] as const;
      await Promise.all(Array.from({ length: 10 }, () => catalogue.another().seedBuiltinErrors(builtins)));
      for (const { name } of builtins) expect(await catalogue.errors.getErrors({ name })).toHaveLength(1);
    });

    test('what another instance changed is known after cacheBuiltinErrors()', async () => {
      const { id } = catalogue.errors.getBuiltinError('node-lost');
      await catalogue.another().editError(id, { shouldBeRetried: false });
      await catalogue.errors.cacheBuiltinErrors();
      expect(catalogue.errors.getBuiltinError('node-lost').shouldBeRetried).toBe(false);
    });
  });

  describe('a lookup', () => {
    test('by id or natural key asks the database once', async () => {
      const [saved] = await catalogue.errors.saveJobErrorModels('cached', models(1));
      await catalogue.errors.resetErrorCache();
      const { id } = saved as ErrorEntity;
      expect(await statementsOf(() => catalogue.errors.getError(id))).toBe(1);
      expect(await statementsOf(() => catalogue.errors.getError(id))).toBe(0);
      expect(await statementsOf(() => catalogue.errors.getJobError('cached', 'error-0'))).toBe(1);
      expect(await statementsOf(() => catalogue.errors.getByNaturalKey('cached', 'error-0'))).toBe(0);
      await catalogue.errors.resetErrorCache();
      expect(await statementsOf(() => catalogue.errors.getError(id))).toBe(1);
    });

    test('of many at once is one statement', async () => {
      await catalogue.errors.saveJobErrorModels('rush', models(1));
      await catalogue.errors.resetErrorCache();
      const lookups = (): Promise<unknown> =>
        Promise.all(Array.from({ length: 50 }, () => catalogue.errors.getJobError('rush', 'error-0')));
      expect(await statementsOf(lookups)).toBe(1);
    });

    test.each([0, -1, 1.5, NaN, Infinity, 2 ** 31, 2 ** 60, 987_654])('of id %p finds nothing', async (id) => {
      await expect(catalogue.errors.getError(id)).rejects.toThrow(ErrorNotFound);
    });

    test('of a name that cannot be stored finds nothing', async () => {
      await expect(catalogue.errors.getByNaturalKey(null, 'a\0b')).rejects.toThrow(ErrorNotFound);
      await expect(catalogue.errors.getJobError('\ud800', 'x')).rejects.toThrow(ErrorNotFound);
    });

    test('keys do not run into one another', async () => {
      await catalogue.errors.saveJobErrorModels('a', [{ name: 'b/c' }]);
      await catalogue.errors.saveJobErrorModels('a/b', [{ name: 'c' }]);
      expect((await catalogue.errors.getJobError('a', 'b/c')).name).toBe('b/c');
      expect((await catalogue.errors.getJobError('a/b', 'c')).name).toBe('c');
      await expect(catalogue.errors.getJobError('null', 'database')).rejects.toThrow(ErrorNotFound);
      expect((await catalogue.errors.getByNaturalKey(null, 'database')).isBuiltin).toBe(true);
    });
  });

  describe('getErrors', () => {
    test('filters and orders by camelCase fields', async () => {
      await catalogue.errors.saveJobErrorModels('ordered', models(5, { category: 'DATA' }));
      const found = await catalogue.errors.getErrors({ jobTypeName: 'ordered', order: ['-name'] });
      expect(found.map(({ name }) => name)).toEqual(['error-4', 'error-3', 'error-2', 'error-1', 'error-0']);
      expect(await catalogue.errors.getErrors({ jobTypeName: 'ordered', category: 'ALGORITHM' })).toEqual([]);
    });

    test('takes a filter that is undefined for none', async () => {
      const all = await catalogue.errors.getErrors({});
      const given = { name: undefined, started: undefined } as unknown as { name: string };
      expect(await catalogue.errors.getErrors(given)).toHaveLength(all.length);
    });
  });

  describe('a page of a list that other programs have changed since it was counted', () => {
    let errors: ErrorsService;
    let all: number;
    const first = { page: 1, pageSize: 10 };
    const write = (statement: string): Promise<unknown> => catalogue.dataSource.query(statement);

    beforeEach(async () => {
      errors = catalogue.another();
      await write(`DELETE FROM error WHERE job_type_name = 'by-hand'`);
      for (let number = 0; number < 11; number++)
        await write(`INSERT INTO error (name, job_type_name) VALUES ('by-hand-${number}', 'by-hand')`);
      all = (await errors.getErrorPage({}, first)).count;
    });
    afterAll(() => write(`DELETE FROM error WHERE job_type_name = 'by-hand'`));

    test('has their errors in its count where it is the last', async () => {
      await write(`INSERT INTO error (name, job_type_name) VALUES ('one-more', 'by-hand')`);
      const page = await errors.getErrorPage({}, { page: 'last', pageSize: 1_000 });
      expect(page).toMatchObject({ count: all + 1, page: 1, pages: 1 });
      expect(page.errors).toHaveLength(all + 1);
    });

    test('is the last that there is now, when the last is asked for', async () => {
      const pageSize = all - 5;
      await write(`DELETE FROM error WHERE job_type_name = 'by-hand'`);
      const page = await errors.getErrorPage({}, { page: 'last', pageSize });
      expect(page).toMatchObject({ count: all - 11, page: 1, pages: 1 });
      expect(page.errors).toHaveLength(all - 11);
    });

    test('is not found where there is nothing any more', async () => {
      await write(`DELETE FROM error WHERE job_type_name = 'by-hand'`);
      await expect(errors.getErrorPage({}, { page: 2, pageSize: all - 5 })).rejects.toThrow(PageNotFound);
    });

    test('has no more errors in its count than there are', async () => {
      const whole = { page: 1, pageSize: all };
      expect(await errors.getErrorPage({}, whole)).toMatchObject({ count: all, pages: 1 });
      await write(`DELETE FROM error WHERE name = 'by-hand-0'`);
      expect(await errors.getErrorPage({}, whole)).toMatchObject({ count: all - 1, pages: 1 });
    });
  });

  describe('saveJobErrorModels', () => {
    test('inserts what is new, updates what is there, keeps id and created, in the order given', async () => {
      const first = await catalogue.errors.saveJobErrorModels('job', models(3));
      const changed = models(5, { title: 'Changed', shouldBeRetried: true }).reverse();
      const second = await catalogue.errors.saveJobErrorModels('job', changed);
      expect(second.map(({ name }) => name)).toEqual(changed.map(({ name }) => name));
      for (const before of first) {
        const after = second.find(({ name }) => name === before.name) as ErrorEntity;
        expect(after).toMatchObject({
          id: before.id,
          created: before.created,
          title: 'Changed',
          shouldBeRetried: true,
        });
        expect(after.version).toBe(before.version + 1);
      }
      expect(await catalogue.errors.getErrors({ jobTypeName: 'job' })).toHaveLength(5);
    });

    test('leaves what does not differ alone', async () => {
      const first = await catalogue.errors.saveJobErrorModels('same', models(3));
      expect(await catalogue.errors.saveJobErrorModels('same', models(3))).toEqual(first);
    });

    test('takes any number of rows', async () => {
      const saved = await catalogue.errors.saveJobErrorModels('large', models(20_000));
      expect(saved).toHaveLength(20_000);
      expect(saved[19_999]?.name).toBe('error-19999');
      expect(await catalogue.errors.saveJobErrorModels('large', [])).toEqual([]);
    });

    test('saves all or nothing, and names every field that cannot be stored', async () => {
      const wrong = [...models(3), { name: '' }, { name: 'error-1' }, { name: 'x', title: 'y'.repeat(51) }];
      const saving = catalogue.errors.saveJobErrorModels('nothing', wrong);
      await expect(saving).rejects.toThrow(InvalidErrorDefinition);
      const { errors: problems } = (await saving.catch((error: unknown) => error)) as InvalidErrorDefinition;
      expect(problems.map(({ pointer }) => pointer)).toEqual(['#/3/name', '#/4/name', '#/5/title']);
      expect(await catalogue.errors.getErrors({ jobTypeName: 'nothing' })).toEqual([]);
    });

    test('refuses SYSTEM, which no job type defines', async () => {
      const saving = catalogue.errors.saveJobErrorModels('system', [{ name: 'x', category: 'SYSTEM' as never }]);
      await expect(saving).rejects.toThrow(InvalidErrorDefinition);
    });

    test.each(['', ' ', 'x'.repeat(251), 'a\0b'])('refuses the job type %p', async (jobType) => {
      await expect(catalogue.errors.saveJobErrorModels(jobType, models(1))).rejects.toThrow(InvalidErrorDefinition);
    });

    test('is seen by the next lookup', async () => {
      await catalogue.errors.saveJobErrorModels('seen', models(1));
      await catalogue.errors.getJobError('seen', 'error-0');
      await catalogue.errors.saveJobErrorModels('seen', models(1, { title: 'New' }));
      expect((await catalogue.errors.getJobError('seen', 'error-0')).title).toBe('New');
    });

    test('of many at once loses nothing', async () => {
      const savings = Array.from({ length: 10 }, (_, number) =>
        catalogue.errors.saveJobErrorModels('crowd', [...models(50), { name: `own-${number}` }]),
      );
      await Promise.all(savings);
      expect(await catalogue.errors.getErrors({ jobTypeName: 'crowd' })).toHaveLength(60);
    });

    test('of the same errors at once, in whatever order, keeps nobody waiting for good', async () => {
      const savings = Array.from({ length: 20 }, (_, number) => {
        const given = models(500, { title: `Saved by ${number}` });
        return catalogue.errors.saveJobErrorModels('contested', number % 2 === 0 ? given : given.reverse());
      });
      const saved = await Promise.all(savings);
      expect(saved.map((errors) => errors.length)).toEqual(savings.map(() => 500));
      expect(saved[1]?.map(({ name }) => name)).toEqual(
        models(500)
          .map(({ name }) => name)
          .reverse(),
      );
    });
  });
});
