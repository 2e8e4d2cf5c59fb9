import { setTimeout as delay } from 'node:timers/promises';

const MILLISECONDS = 1_000;

/**
 * Does something so many times a second, whether or not what was begun before is done: so that a server that falls behind is
 * not asked less.
 * @returns how long each took from the moment that it was due, in milliseconds.
 */
export async function atConstantRate(
  perSecond: number,
  seconds: number,
  act: () => Promise<unknown>,
): Promise<readonly number[]> {
  const begun = performance.now();
  const times: Promise<number>[] = [];
  for (let index = 0; index < perSecond * seconds; index++) {
    const due = begun + (index * MILLISECONDS) / perSecond;
    const early = due - performance.now();
    if (early > 0) await delay(early);
    times.push(act().then(() => performance.now() - due));
  }
  return Promise.all(times);
}
