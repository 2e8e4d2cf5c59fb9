import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Calls that wait for one that fails: what the tests look for is in their variables. */

export const turn = <Value>(value: Value): Promise<Value> =>
  new Promise((resolve) => void setImmediate(() => resolve(value)));

async function fail(id: string): Promise<string> {
  const failing = `fail ${id}`;
  await turn(id);
  throw new Error(failing);
}

class Shelf {
  readonly #keys = 3;
  private readonly password = 'hunter2';

  async find(id: string, { depth = 2 } = {}): Promise<string> {
    const secret = this.password;
    let tries = 0;
    for (const place of ['top', 'bottom']) {
      tries++;
      const label = `${place} ${this.#keys + depth}`;
      if (place === 'bottom') return (await fail(id)) + label + secret;
    }
    const later = tries;
    return String(later);
  }
}

async function several(id: string): Promise<string> {
  const shelf = new Shelf();
  const found = await shelf.find(id);
  return found;
}

async function recursion(depth: number): Promise<string> {
  const mine = `depth ${depth}`;
  if (depth === 0) return fail('recursion');
  const below = await recursion(depth - 1);
  return mine + below;
}

async function branch(path: string, depth: number): Promise<string> {
  const mine = path;
  if (depth === 0) return await (path === 'rba' ? fail(path) : turn(path));
  const both = await Promise.all([branch(`${path}a`, depth - 1), branch(`${path}b`, depth - 1)]);
  return mine + both.join('');
}

async function loop(): Promise<void> {
  let sum = 0;
  for (let index = 0; index < 4; index++) {
    sum += await turn(index);
    if (index === 2) await fail(`loop ${sum}`);
  }
}

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 0; number < count; number++) {
    const given = number * 10;
    if (number === 2) await fail('generator');
    yield given;
  }
}

async function* through(count: number): AsyncGenerator<number> {
  const passed = count + 1;
  yield* numbers(passed);
}

async function takes(): Promise<number> {
  let taken = 0;
  for await (const number of through(4)) taken += number + 1;
  return taken;
}

async function gives(): Promise<void> {
  async function* failing(): AsyncGenerator {
    const held = 'held';
    yield fail(held);
  }
  for await (const value of failing()) await turn(value);
}

async function caught(): Promise<void> {
  const attempt = 'first';
  try {
    await fail(attempt);
  } catch (cause) {
    const reason = 'second';
    await turn(reason);
    throw new Error('Wrapped.', { cause });
  }
}

async function passes(): Promise<void> {
  const via = 'caught';
  await caught();
  await turn(via);
}

/** The call that waits is not the one that began what it waits for. */
async function handedOver(): Promise<string> {
  const begun = fail('handed over');
  const waiter = async (given: Promise<string>): Promise<string> => {
    const waits = 'for another';
    return `${waits}${await given}`;
  };
  return await waiter(begun);
}

async function wordless(): Promise<void> {
  const never = 'thrown';
  const primitive: unknown = never;
  const thrower = async (): Promise<never> => {
    await turn(1);
    throw primitive;
  };
  await thrower();
}

/** What starts itself anew when it is done. */
async function startsAnew(times: number): Promise<void> {
  await turn(times);
  if (times === 0) await fail('anew');
  else return startsAnew(times - 1);
}

/** The innermost call returns a promise, and with that is over before it is settled. */
async function returns(depth: number): Promise<string> {
  if (depth === 0) return fail('returns');
  const below = returns(depth - 1);
  return await below;
}

/** A script that is loaded only when it is called. */
async function loadedLater(): Promise<unknown> {
  const directory = mkdtempSync(join(tmpdir(), 'errata-'));
  const file = join(directory, 'later.cjs');
  writeFileSync(
    file,
    [
      'module.exports = async function later(given) {',
      '  await null;',
      '  const fail = async () => { await null; throw new Error(given) };',
      '  await fail();',
      '};',
    ].join('\n'),
  );
  try {
    const later = createRequire(file)(file) as (given: string) => Promise<unknown>;
    return await later('later');
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const nested = async (): Promise<unknown> => {
  const [first, second] = ['one', 'two'];
  const pick = async (word: string): Promise<(next: Promise<string>) => Promise<string>> => {
    await turn(word);
    return async (next) => `${word}${await next}`;
  };
  return [first, await (await pick(second))(fail('nested'))];
};

async function counted(): Promise<number> {
  let waits = 0;
  while ((await turn(waits)) < 3) waits++;
  do waits++;
  while ((await (waits < 5 ? turn(waits) : fail('counted'))) !== 9);
  return waits;
}

/** What fails, by what it is that waits. */
export const FAILURES: Readonly<Record<string, () => Promise<unknown>>> = {
  several: () => several('seven'),
  recursion: () => recursion(3),
  all: () => branch('r', 2),
  loop,
  generators: takes,
  yields: gives,
  wrapped: passes,
  handedOver,
  wordless,
  startsAnew: () => startsAnew(2),
  returns: () => returns(2),
  loadedLater,
  nested,
  counted,
};
