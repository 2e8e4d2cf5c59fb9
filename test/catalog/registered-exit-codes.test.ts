import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ALL_BUILTIN_ERRORS, BASIC_BUILTIN_ERRORS, ErrorRepository, ErrorsService } from '../../src/catalog.js';
import { ErrorRegistry } from '../../src/exceptions/error-registry.js';
import { databaseKinds } from '../support/databases.js';
import { type Catalogue, openCatalogue } from '../support/service-on.js';

describe.each(databaseKinds)('The exit codes of built-in errors on %s', (kind) => {
  let catalogue: Catalogue;

  beforeAll(async () => {
    catalogue = await openCatalogue(kind);
  });
  afterAll(() => catalogue.close());

  const serviceWith = (registry: ErrorRegistry): ErrorsService =>
    new ErrorsService(new ErrorRepository(catalogue.dataSource), registry);

  test('are registered with the errors that are seeded', async () => {
    const registry = new ErrorRegistry();
    const errors = serviceWith(registry);
    await errors.seedBuiltinErrors(BASIC_BUILTIN_ERRORS);
    expect(registry.registrations().map(({ exitCode }) => exitCode)).toEqual([2, 3, 4]);
    await errors.seedBuiltinErrors(ALL_BUILTIN_ERRORS);
    expect(registry.registrations().map(({ exitCode, errorName }) => [exitCode, errorName])).toEqual([
      [2, 'database'],
      [3, 'database-operation'],
      [4, 'filesystem-io'],
      [5, 'invalid-results-manifest'],
      [6, 'missing-setting'],
      [7, 'missing-required-output'],
      [8, 'deleted-file'],
      [9, 'missing-file'],
      [10, 'missing-mount'],
      [26, 'unexpected-multiple-outputs'],
    ]);
    for (const { exitCode, errorName } of registry.registrations()) {
      expect(errors.getErrorByExitCode(exitCode)).toBe(errors.getBuiltinError(errorName));
    }
  });

  test('leave alone what a host registered', async () => {
    const registry = new ErrorRegistry();
    registry.register({ exitCode: 9, errorName: 'pull' });
    const errors = serviceWith(registry);
    await errors.seedBuiltinErrors(ALL_BUILTIN_ERRORS);
    expect(errors.getErrorByExitCode(9)?.name).toBe('pull');
    expect(errors.getErrorByExitCode(10)?.name).toBe('missing-mount');
  });

  test('may be a host’s own, with an error of its own', async () => {
    const diskFull = {
      ...{ name: 'disk-full', title: 'Disk Full', description: 'There is no room.', category: 'SYSTEM' as const },
      ...{ shouldBeRetried: true, exitCode: 77 },
    };
    const errors = serviceWith(new ErrorRegistry());
    await errors.seedBuiltinErrors([diskFull]);
    expect(errors.getErrorByExitCode(77)).toMatchObject({ name: 'disk-full', isBuiltin: true });
    expect(await errors.getJobErrorByExitCode('job', 77)).toMatchObject({ name: 'disk-full' });
  });

  test('that are registered for a name which the catalogue does not have lead nowhere, and the verdict says so', async () => {
    const registry = new ErrorRegistry();
    const errors = serviceWith(registry);
    await errors.seedBuiltinErrors(ALL_BUILTIN_ERRORS);
    registry.register({ exitCode: 99, errorName: 'not-there' });
    registry.register({ exitCode: 98, errorName: 'by-an-admin' });
    await errors.createError({
      ...{ name: 'by-an-admin', title: 'Later', description: 'An admin added it.', category: 'DATA' },
      ...{ jobTypeName: null, shouldBeRetried: true },
    });
    expect(errors.getErrorByExitCode(99)).toBeNull();
    expect(await errors.resolve({ exitCode: 99 })).toMatchObject({
      error: { name: 'unknown' },
      reason:
        'Exit code 99 is registered for “not-there”, which the catalogue does not have, and no job type is given.',
    });
    expect(await errors.resolve({ exitCode: 98 })).toMatchObject({ error: { name: 'by-an-admin' }, retry: true });
  });
});
