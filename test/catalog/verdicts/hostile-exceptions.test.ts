import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { databaseKinds } from '../../support/databases.js';
import { type Catalogue, openCatalogue } from '../../support/service-on.js';

const refuse = (): never => {
  throw new Error('Do not look at me.');
};

/** A proxy that gives nothing away. */
const closed = (target: object): object =>
  new Proxy(target, { get: refuse, has: refuse, getPrototypeOf: refuse, ownKeys: refuse });

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const endless: { name: string; cause?: unknown } = { name: 'Endless' };
endless.cause = endless;

/** What can be thrown and does not like to be looked at. */
const HOSTILE: Readonly<Record<string, unknown>> = {
  null: null,
  'a symbol': Symbol('thrown'),
  'a number': 5,
  'a function whose text throws': Object.assign(() => {}, { toString: refuse }),
  'causes that are a number': { name: 'x', causes: 5 },
  'causes that are null': { name: 'x', causes: null },
  'causes that are no names': { name: 'x', causes: [5, null, { name: 'y' }, Symbol('z')] },
  'causes that throw': Object.defineProperty({ name: 'x' }, 'causes', { get: refuse }),
  'a list of causes that throws': { name: 'x', causes: closed([]) },
  'a name that throws': Object.defineProperty({}, 'name', { get: refuse }),
  'an Error whose name throws': Object.defineProperty(new Error('x'), 'name', { get: refuse }),
  'an Error whose cause throws': Object.defineProperty(new Error('x'), 'cause', { get: refuse }),
  'an Error that is its own cause': Object.assign(new Error('x'), { cause: endless }),
  'a code that throws': Object.defineProperty({ name: 'x' }, 'code', { get: refuse }),
  'a closed proxy': closed({}),
  'a closed proxy of an Error': closed(new Error('x')),
  'a revoked proxy': revoked(),
};

describe.each(databaseKinds)('What was thrown and is hostile, on %s:', (kind) => {
  let catalogue: Catalogue;

  beforeAll(async () => {
    catalogue = await openCatalogue(kind);
    // Otherwise it would be tried again, with pauses.
    await catalogue.errors.editError(catalogue.errors.getUnknownError().id, { shouldBeRetried: false });
  });
  afterAll(() => catalogue.close());

  test.each(Object.keys(HOSTILE))('%s is judged', async (what) => {
    for (const ofJobType of [{}, { jobTypeName: 'job' }]) {
      const verdict = await catalogue.errors.resolve({ exception: HOSTILE[what], ...ofJobType });
      expect([verdict.error?.name, verdict.retry]).toEqual(['unknown', false]);
    }
  });

  test.each(Object.keys(HOSTILE))('%s is what an attempt is given up with', async (what) => {
    const fail = (): never => {
      throw HOSTILE[what];
    };
    const outcome = await catalogue.errors.retry(fail).then(
      () => 'nothing was thrown',
      (thrown: unknown) => ({ thrown }),
    );
    expect(Object.is((outcome as { thrown?: unknown }).thrown, HOSTILE[what])).toBe(true);
  });

  test('where nothing can be judged, what was thrown is thrown again', async () => {
    // Without its built-in errors in memory it knows not even “unknown”.
    const mine = new Error('mine');
    await expect(catalogue.another().retry(() => Promise.reject(mine))).rejects.toBe(mine);
  });

  test('a name that is there is found, whatever stands beside it', async () => {
    const { error } = await catalogue.errors.resolve({ exception: { name: 'deleted-file', causes: 5 } });
    expect(error?.name).toBe('deleted-file');
    const caused = await catalogue.errors.resolve({ exception: { name: 'x', causes: [5, 'deleted-file'] } });
    expect(caused.error?.name).toBe('deleted-file');
  });
});
