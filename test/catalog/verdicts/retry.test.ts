import { open } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { RetryPolicy } from '../../../src/catalog.js';
import { databaseKinds } from '../../support/databases.js';
import { type Catalogue, openCatalogue } from '../../support/service-on.js';

/** Fails with this as often as it is called. */
class OutOfMemory extends Error {
  override readonly name = 'out-of-memory';
}

describe.each(databaseKinds)('Trying again on %s', (kind) => {
  let catalogue: Catalogue;
  let missing: unknown;

  beforeAll(async () => {
    catalogue = await openCatalogue(kind);
    missing = await open('/no/such/file').catch((error: unknown) => error);
    await catalogue.errors.saveJobErrorModels('parse', [{ name: 'out-of-memory', shouldBeRetried: true }]);
  });
  afterAll(() => catalogue.close());

  beforeEach(() => {
    // Only what the pauses are made of: the database’s driver goes on by the real clock.
    jest.useFakeTimers({
      doNotFake: [
        ...['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'requestAnimationFrame'],
        ...['cancelAnimationFrame', 'requestIdleCallback', 'cancelIdleCallback', 'setImmediate', 'clearImmediate'],
        ...['setInterval', 'clearInterval'],
      ] as never,
    });
  });
  afterEach(() => {
    // In this order: the spies are on the timers that are not real.
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  /** Lets a call go on until it has ended, and gives the pauses that it made, in milliseconds. */
  const pausesOf = async (call: Promise<unknown>): Promise<number[]> => {
    const pauses: number[] = [];
    const state = { hasEnded: false };
    const end = (): void => void (state.hasEnded = true);
    const ended = call.then(end, end);
    const spy = jest.spyOn(globalThis, 'setTimeout');
    while (!state.hasEnded) {
      // A turn of the event loop, in which the database may answer.
      await new Promise((resolve) => setImmediate(resolve));
      const own = spy.mock.calls.filter(([callback]) => callback.name === 'endPause');
      if (own.length > pauses.length) {
        pauses.push(Number(own.at(-1)?.[1]));
        jest.advanceTimersByTime(Number(own.at(-1)?.[1]));
      }
    }
    spy.mockRestore();
    await ended;
    return pauses;
  };
  const failing = (times: number, failure: unknown): jest.Mock<(attempt: number) => Promise<string>> =>
    jest.fn((attempt: number) => (attempt > times ? Promise.resolve('done') : Promise.reject(failure as Error)));
  const setPolicy = (name: string, policy: Partial<RetryPolicy>): Promise<RetryPolicy> =>
    catalogue.errors.setRetryPolicy(catalogue.errors.getBuiltinError(name).id, {
      maxAttempts: 5,
      initialSeconds: 1,
      coefficient: 2,
      maxSeconds: 100,
      ...policy,
    });

  test('what succeeds is called once', async () => {
    const fn = failing(0, null);
    await expect(catalogue.errors.retry(fn)).resolves.toBe('done');
    expect(fn.mock.calls).toEqual([[1]]);
    await expect(catalogue.errors.retry(() => 7)).resolves.toBe(7);
  });

  test('what the catalogue says should be retried is, with the number of the attempt', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(1);
    const fn = failing(3, missing);
    const call = catalogue.errors.retry(fn);
    expect(await pausesOf(call)).toEqual([1_000, 2_000, 4_000]);
    await expect(call).resolves.toBe('done');
    expect(fn.mock.calls).toEqual([[1], [2], [3], [4]]);
  });

  test('what it says should not be is not', async () => {
    const failure = Object.assign(new Error('gone'), { name: 'deleted-file' });
    const fn = failing(9, failure);
    await expect(catalogue.errors.retry(fn)).rejects.toBe(failure);
    expect(fn).toHaveBeenCalledTimes(1);
  });

  test('a job type’s own errors are known by their names', async () => {
    const fn = failing(1, new OutOfMemory('x'));
    const call = catalogue.errors.retry(fn, { jobTypeName: 'parse' });
    expect(await pausesOf(call)).toHaveLength(1);
    await expect(call).resolves.toBe('done');
    await expect(catalogue.errors.retry(fn, { jobTypeName: '' })).rejects.toMatchObject({ code: 400 });
  });

  test('pauses are random parts of what the policy allows, which grows up to its maximum', async () => {
    await setPolicy('filesystem-io', { maxAttempts: 6, initialSeconds: 0.5, coefficient: 10, maxSeconds: 60 });
    jest.spyOn(Math, 'random').mockReturnValueOnce(0).mockReturnValueOnce(0.5).mockReturnValue(1);
    const call = catalogue.errors.retry(failing(9, missing));
    expect(await pausesOf(call)).toEqual([0, 2_500, 50_000, 60_000, 60_000]);
    await expect(call).rejects.toBe(missing);
  });

  test('after the last attempt its error is thrown', async () => {
    await setPolicy('filesystem-io', { maxAttempts: 3 });
    let last: unknown;
    const fn = jest.fn(() => {
      throw (last = new Error('again', { cause: missing }));
    });
    const call = catalogue.errors.retry(fn);
    expect(await pausesOf(call)).toHaveLength(2);
    await expect(call).rejects.toBe(last);
    expect(fn).toHaveBeenCalledTimes(3);
    await setPolicy('filesystem-io', { maxAttempts: 1 });
    await expect(catalogue.errors.retry(failing(1, missing))).rejects.toBe(missing);
    await catalogue.errors.deleteRetryPolicy(catalogue.errors.getBuiltinError('filesystem-io').id);
  });

  test('each failure is judged anew', async () => {
    const gone = Object.assign(new Error('gone'), { name: 'deleted-file' });
    const fn = jest.fn((attempt: number) => Promise.reject((attempt < 3 ? missing : gone) as Error));
    const call = catalogue.errors.retry(fn);
    await pausesOf(call);
    await expect(call).rejects.toBe(gone);
    expect(fn).toHaveBeenCalledTimes(3);
  });

  test('a signal ends the pause with its reason, and leaves nothing running', async () => {
    const controller = new AbortController();
    const fn = failing(9, missing);
    const call = catalogue.errors.retry(fn, { signal: controller.signal });
    const ended = expect(call).rejects.toThrow('Enough.');
    while (jest.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error('Enough.'));
    await ended;
    expect(fn).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('a signal that has been given already, or is given meanwhile, allows no other attempt', async () => {
    const fn = failing(9, missing);
    await expect(catalogue.errors.retry(fn, { signal: AbortSignal.abort(new Error('Before.')) })).rejects.toThrow(
      'Before.',
    );
    expect(fn).not.toHaveBeenCalled();
    const controller = new AbortController();
    const ending = catalogue.errors.retry(
      () => {
        controller.abort();
        throw missing as Error;
      },
      { signal: controller.signal },
    );
    await expect(ending).rejects.toBe(missing);
  });

  test('whatever is thrown is judged', async () => {
    for (const thrown of [undefined, null, 'text', 7, Object.create(null) as object]) {
      const call = catalogue.errors.retry(failing(1, thrown));
      expect(await pausesOf(call)).toHaveLength(1);
      await expect(call).resolves.toBe('done');
    }
  });
});

describe.each(databaseKinds)('Trying again on %s without the database', (kind) => {
  test('goes by what is in memory', async () => {
    const catalogue = await openCatalogue(kind);
    await catalogue.errors.resetErrorCache();
    await catalogue.dataSource.destroy();
    const random = jest.spyOn(Math, 'random').mockReturnValue(0);
    try {
      const lost = Object.assign(new Error('lost'), { name: 'OperationalError' });
      const calls: number[] = [];
      const retried = catalogue.errors.retry(
        (attempt) => {
          calls.push(attempt);
          if (attempt < 4) throw lost;
          return 'done';
        },
        { jobTypeName: 'parse' },
      );
      await expect(retried).resolves.toBe('done');
      expect(calls).toEqual([1, 2, 3, 4]);
    } finally {
      random.mockRestore();
      await catalogue.dataSource.initialize();
      await catalogue.close();
    }
  });
});
