/** The pauses between attempts, in milliseconds. */
const FIRST = 100;
const LONGEST = 30_000;

/**
 * How long to wait before the next attempt, in milliseconds: twice as long after each, and up to half of it left to chance,
 * so that processes which lost the same database do not all come back at once.
 */
export function pauseAfter(failures: number, random: () => number = Math.random): number {
  const pause = Math.min(LONGEST, FIRST * 2 ** Math.min(failures - 1, 16));
  return pause * (1 - random() / 2);
}
