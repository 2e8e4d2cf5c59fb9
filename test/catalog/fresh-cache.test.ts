import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { FreshCache } from '../../src/catalog/fresh-cache.js';

/** A load that ends when the test says so. */
function controlled<Value>(): {
  load: () => Promise<Value>;
  end: (value: Value) => void;
  fail: (error: Error) => void;
} {
  let end: (value: Value) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const promise = new Promise<Value>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  return { load: () => promise, end: (value) => end(value), fail: (error) => fail(error) };
}

const cacheOf = (max = 10): FreshCache<string, number> =>
  new FreshCache<string, number>({ max, maxAge: 1_000, maxAbsence: 100 });

describe('FreshCache', () => {
  test('a value is loaded once', async () => {
    const cache = cacheOf();
    const load = jest.fn(() => Promise.resolve(1));
    expect(await cache.fetch('a', load)).toBe(1);
    expect(await cache.fetch('a', load)).toBe(1);
    expect(load).toHaveBeenCalledTimes(1);
  });

  test('simultaneous loads of one key are one load', async () => {
    const cache = cacheOf();
    const { load, end } = controlled<number>();
    const spy = jest.fn(load);
    const loads = Array.from({ length: 100 }, () => cache.fetch('a', spy));
    end(7);
    expect(await Promise.all(loads)).toEqual(Array<number>(100).fill(7));
    expect(spy).toHaveBeenCalledTimes(1);
  });

  test('absence is remembered', async () => {
    const cache = cacheOf();
    const load = jest.fn(() => Promise.resolve(null));
    expect(await cache.fetch('a', load)).toBeNull();
    expect(await cache.fetch('a', load)).toBeNull();
    expect(load).toHaveBeenCalledTimes(1);
    expect(cache.peek('a')).toBeNull();
    expect(cache.peek('b')).toBeUndefined();
  });

  test('absence is remembered for a shorter time than presence, and neither for ever', async () => {
    let now = 5_000;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
    try {
      const cache = cacheOf();
      await cache.fetch('present', () => Promise.resolve(1));
      await cache.fetch('absent', () => Promise.resolve(null));
      now += 101;
      expect(cache.peek('absent')).toBeUndefined();
      expect(cache.peek('present')).toBe(1);
      now = 6_001;
      expect(cache.peek('present')).toBeUndefined();
    } finally {
      clock.mockRestore();
    }
  });

  test('the age of a value counts from the moment its load began', async () => {
    let now = 5_000;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
    try {
      const cache = cacheOf();
      const { load, end } = controlled<number>();
      const loading = cache.fetch('a', load);
      now += 900;
      end(1);
      await loading;
      now = 6_001;
      expect(cache.peek('a')).toBeUndefined();
    } finally {
      clock.mockRestore();
    }
  });

  test('a load that fails rejects for all who wait, and the next one loads anew', async () => {
    const cache = cacheOf();
    const { load, fail } = controlled<number>();
    const loads = [cache.fetch('a', load), cache.fetch('a', load)];
    fail(new Error('no connection'));
    const outcomes = await Promise.allSettled(loads);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await cache.fetch('a', () => Promise.resolve(2))).toBe(2);
  });

  test('no more entries are kept than is allowed', async () => {
    const cache = cacheOf(3);
    for (const key of ['a', 'b', 'c', 'd']) await cache.fetch(key, () => Promise.resolve(1));
    expect(['a', 'b', 'c', 'd'].filter((key) => cache.peek(key) !== undefined)).toEqual(['b', 'c', 'd']);
  });

  test.each([
    ['set', (cache: FreshCache<string, number>) => cache.set('a', 2)],
    ['forget', (cache: FreshCache<string, number>) => cache.forget('a')],
    ['clear', (cache: FreshCache<string, number>) => cache.clear()],
  ])('what was being loaded when %s came is not kept', async (_, write) => {
    const cache = cacheOf();
    const { load, end } = controlled<number>();
    const before = cache.fetch('a', load);
    write(cache);
    const after = cache.fetch('a', () => Promise.resolve(2));
    end(1);
    expect(await before).toBe(1);
    expect(await after).toBe(2);
    expect(cache.peek('a')).toBe(2);
  });

  test('no read that begins after a write sees less than the write, however reads and writes interleave', async () => {
    const step = fc.constantFrom('read', 'write', 'tell', 'land');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const cache = cacheOf();
        const inFlight: (() => void)[] = [];
        const reads: Promise<void>[] = [];
        let stored = 0;
        let told = 0;
        for (const action of steps) {
          if (action === 'write') stored++;
          // The service tells of each write before it acknowledges it.
          if (action === 'write' || action === 'tell') cache.set('a', (told = stored));
          if (action === 'read') {
            const atLeast = told;
            // The database answers with what it holds when the query begins, and at any later time.
            const load = (): Promise<number> => {
              const value = stored;
              return new Promise((resolve) => inFlight.push(() => resolve(value)));
            };
            reads.push(cache.fetch('a', load).then((value) => expect(value).toBeGreaterThanOrEqual(atLeast)));
          }
          if (action === 'land') inFlight.shift()?.();
          await Promise.resolve();
        }
        for (const land of inFlight) land();
        await Promise.all(reads);
      }),
      { numRuns: 500 },
    );
  });
});
