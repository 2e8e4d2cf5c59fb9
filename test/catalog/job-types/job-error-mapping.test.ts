import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ErrorEntity,
  ErrorInterface,
  InvalidErrorDefinition,
  JobErrorMapping,
  type JobErrorModel,
} from '../../../src/catalog.js';
import { statementsOf } from '../../support/counted-statements.js';
import { databaseKinds } from '../../support/databases.js';
import { type Catalogue, openCatalogue } from '../../support/service-on.js';

describe.each(databaseKinds)('The exit codes of a job type on %s', (kind) => {
  let catalogue: Catalogue;

  beforeAll(async () => {
    catalogue = await openCatalogue(kind);
  });
  afterAll(() => catalogue.close());

  const models = (count: number, fields: Partial<JobErrorModel> = {}): JobErrorModel[] =>
    Array.from({ length: count }, (_, number) => ({ name: `error-${number}`, title: `Error ${number}`, ...fields }));
  /** 1,000 errors, and every exit code there is. */
  const large = (fields: Partial<JobErrorModel> = {}): ErrorInterface => {
    const errors = models(1_000, fields);
    return new ErrorInterface({ errors, exitCodes: new Map(errors.slice(0, 255).map((model, i) => [i + 1, model])) });
  };
  const mapping = (jobType: string, ...given: ConstructorParameters<typeof JobErrorMapping>[2][]): JobErrorMapping =>
    new JobErrorMapping(catalogue.errors, jobType, ...given);
  const nameOf = async (jobType: string, exitCode: number): Promise<string | undefined> =>
    (await catalogue.errors.getJobErrorByExitCode(jobType, exitCode))?.name;
  /** Everything that is stored for a job type. */
  const stored = async (jobType: string): Promise<unknown[]> => [
    await catalogue.errors.getErrors({ jobTypeName: jobType, order: ['id'] }),
    await catalogue.dataSource.query<unknown[]>(
      `SELECT exit_code, error_id FROM job_error_exit_code WHERE job_type_name = '${jobType}' ORDER BY exit_code`,
    ),
  ];

  test('lead to its own error, then to the registered one, then to algorithm-unknown', async () => {
    const own = mapping('own', { exitCodes: { 1: { name: 'bad-input' }, 3: 'bad-input', 4: 'missing-file' } });
    await own.saveModels();
    expect(await own.getError(0)).toBeNull();
    expect(await own.getError(1)).toMatchObject({ name: 'bad-input', jobTypeName: 'own', category: 'ALGORITHM' });
    expect(await own.getError(3)).toMatchObject({ name: 'bad-input' });
    expect(await own.getError(4)).toMatchObject({ name: 'missing-file', isBuiltin: true });
    expect(await own.getError(2)).toMatchObject({ name: 'database' });
    expect(await own.getError(5)).toMatchObject({ name: 'invalid-results-manifest' });
    expect(await own.getError(42)).toMatchObject({ name: 'algorithm-unknown' });
    expect(await nameOf('unheard-of', 3)).toBe('database-operation');
  });

  test.each([-1, 256, 1.5, NaN, Infinity])('are integers from 0 to 255: %p is refused', async (code) => {
    await expect(mapping('own').getError(code)).rejects.toMatchObject({ code: 400 });
  });

  test('of 1,000 errors are saved with them in one transaction of at most five statements', async () => {
    for (const fields of [{}, { title: 'Changed' }, { title: 'Changed' }]) {
      const statements = await statementsOf(catalogue.dataSource, () => mapping('large', large(fields)).saveModels());
      expect(statements.length).toBeLessThanOrEqual(5);
      expect(statements.filter((text) => /^(START|BEGIN|COMMIT|ROLLBACK)/.test(text))).toEqual([
        expect.stringMatching(/^(START TRANSACTION|BEGIN TRANSACTION)$/),
        'COMMIT',
      ]);
    }
    const [errors, codes] = (await stored('large')) as [ErrorEntity[], unknown[]];
    expect(errors).toHaveLength(1_000);
    expect(new Set(errors.map(({ title }) => title))).toEqual(new Set(['Changed']));
    expect(codes).toHaveLength(255);
    expect(await nameOf('large', 255)).toBe('error-254');
  });

  test('are saved all or none: a name that nobody knows leaves nothing behind', async () => {
    const { errors, exitCodes } = { errors: models(1_000), exitCodes: { 1: 'error-0', 2: 'nobody', 3: 'bad-input' } };
    const before = await stored('all-or-none');
    const saving = mapping('all-or-none', { errors, exitCodes }).saveModels();
    await expect(saving).rejects.toThrow(InvalidErrorDefinition);
    const { errors: problems } = (await saving.catch((error: unknown) => error)) as InvalidErrorDefinition;
    // “bad-input” is an error of another job type.
    expect(problems.map(({ pointer }) => pointer)).toEqual(['#/exit_codes/2', '#/exit_codes/3']);
    expect(await stored('all-or-none')).toEqual(before);
  });

  test('are saved all or none: a row that the database refuses leaves nothing behind', async () => {
    await mapping('refused', { exitCodes: { 1: { name: 'first' } } }).saveModels();
    const before = await stored('refused');
    const trap = kind === 'postgres' ? POSTGRES_TRAP : SQLITE_TRAP;
    for (const statement of trap.set) await catalogue.dataSource.query(statement);
    try {
      await expect(mapping('refused', large()).saveModels()).rejects.toThrow(/trapped/);
    } finally {
      for (const statement of trap.clear) await catalogue.dataSource.query(statement);
    }
    expect(await stored('refused')).toEqual(before);
    expect(await nameOf('refused', 1)).toBe('first');
    await mapping('refused', large()).saveModels();
    expect(await nameOf('refused', 200)).toBe('error-199');
  });

  test('take the place of those that were stored; errors keep their ids, and stay', async () => {
    await mapping('replaced', { exitCodes: { 1: { name: 'a' }, 2: { name: 'b' } } }).saveModels();
    const a = await catalogue.errors.getJobError('replaced', 'a');
    await mapping('replaced', { exitCodes: { 2: { name: 'a', title: 'A' }, 3: 'b' } }).saveModels();
    expect(await nameOf('replaced', 1)).toBe('algorithm-unknown');
    expect(await catalogue.errors.getJobErrorByExitCode('replaced', 2)).toMatchObject({
      id: a.id,
      title: 'A',
      version: 2,
    });
    expect(await nameOf('replaced', 3)).toBe('b');
    await mapping('replaced').saveModels();
    expect(await nameOf('replaced', 3)).toBe('database-operation');
    expect(await catalogue.errors.getErrors({ jobTypeName: 'replaced' })).toHaveLength(2);
  });

  test('name an own error before a built-in one', async () => {
    await mapping('shadow', { exitCodes: { 1: { name: 'timeout', category: 'DATA' }, 2: 'timeout' } }).saveModels();
    expect(await catalogue.errors.getJobErrorByExitCode('shadow', 2)).toMatchObject({ jobTypeName: 'shadow' });
  });

  test('of many who save at once are those of one of them', async () => {
    await catalogue.errors.saveJobErrorModels('crowd', models(8));
    for (let round = 0; round < 5; round++) {
      const savings = Array.from({ length: 8 }, (_, number) =>
        mapping('crowd', { exitCodes: { [number + 1]: 'error-0', 100: `error-${number}` } }).saveModels(),
      );
      await Promise.all(savings);
      const mapped = await catalogue.errors.getErrorInterface('crowd');
      expect(mapped).toHaveLength(2);
      const winner = mapped.find(({ exitCode }) => exitCode < 100)?.exitCode ?? 0;
      expect(mapped.find(({ exitCode }) => exitCode === 100)?.name).toBe(`error-${winner - 1}`);
    }
  });

  test('of many who save the same errors at once, each in an order of its own, are saved', async () => {
    const savings = Array.from({ length: 8 }, (_, number) =>
      mapping('shuffled', {
        errors: number % 2 === 0 ? models(200) : models(200, { title: `By ${number}` }).reverse(),
        exitCodes: { [number + 1]: 'error-0' },
      }).saveModels(),
    );
    await Promise.all(savings);
    expect(await catalogue.errors.getErrors({ jobTypeName: 'shuffled' })).toHaveLength(200);
  });

  test('are saved past ids that another program gave by hand', async () => {
    const { id } = await catalogue.errors.getJobError('own', 'bad-input');
    const [highest] = await catalogue.dataSource.query<{ id: number }[]>('SELECT max(id) AS id FROM error');
    const last = highest?.id ?? 0;
    await catalogue.dataSource.query(
      `INSERT INTO error (id, name) VALUES (${last + 1}, 'by-hand'), (${last + 2}, 'by-hand-2')`,
    );
    await mapping('past', { exitCodes: { 1: { name: 'new' } } }).saveModels();
    expect((await catalogue.errors.getJobErrorByExitCode('past', 1))?.id).toBeGreaterThan(last + 2);
    expect(id).toBeLessThan(last);
  });

  test('that another program writes with plain SQL count, also by its deletions', async () => {
    const [error] = (await catalogue.errors.saveJobErrorModels('by-sql', [{ name: 'x' }])) as [ErrorEntity];
    expect(await nameOf('by-sql', 9)).toBe('missing-file');
    await catalogue.dataSource.query(`INSERT INTO job_error_exit_code VALUES ('by-sql', 9, ${error.id})`);
    await catalogue.errors.resetErrorCache();
    expect(await nameOf('by-sql', 9)).toBe('x');
    await catalogue.dataSource.query(`DELETE FROM error WHERE id = ${error.id}`);
    await catalogue.errors.resetErrorCache();
    expect(await nameOf('by-sql', 9)).toBe('missing-file');
    expect(await catalogue.errors.getErrorInterface('by-sql')).toEqual([]);
  });

  test('are told of the errors that they report', async () => {
    const bad = await catalogue.errors.getJobError('own', 'bad-input');
    expect(await catalogue.errors.getExitCodes(bad)).toEqual([1, 3]);
    expect(await catalogue.errors.getExitCodes(catalogue.errors.getBuiltinError('missing-file'))).toEqual([9]);
    expect(await catalogue.errors.getExitCodes(catalogue.errors.getUnknownError())).toEqual([]);
  });
});

/** What makes the database refuse the mapping of exit code 200, when the errors and other codes are stored already. */
const POSTGRES_TRAP = {
  set: [
    `CREATE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trapped''; END'`,
    `CREATE TRIGGER trap BEFORE INSERT ON job_error_exit_code FOR EACH ROW WHEN (NEW.exit_code = 200) EXECUTE FUNCTION trap()`,
  ],
  clear: ['DROP TRIGGER trap ON job_error_exit_code', 'DROP FUNCTION trap()'],
};
const SQLITE_TRAP = {
  set: [
    `CREATE TRIGGER trap BEFORE INSERT ON job_error_exit_code WHEN NEW.exit_code = 200
     BEGIN SELECT RAISE(ABORT, 'trapped'); END`,
  ],
  clear: ['DROP TRIGGER trap'],
};
