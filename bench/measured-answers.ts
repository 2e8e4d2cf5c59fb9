import { processorMicroseconds, type ServerProcess } from './child-processes.js';
import { answersPerSecond, type LoadOptions } from './load.js';
import { describeRatio, ratiosOf, readable, type ResultRow } from './result-row.js';
import { median } from './statistics.js';

/** What one round of one contender came to. */
export interface MeasuredAnswers {
  /** Answers a second. */
  readonly rate: number;
  /** The processor's time that an answer takes the server, which other programs on the machine disturb less. */
  readonly microseconds: number;
}

/** Asks for an address for some seconds. */
export async function measureAnswers(
  { origin, pid }: Pick<ServerProcess, 'origin' | 'pid'>,
  path: string,
  seconds: number,
  load?: LoadOptions,
): Promise<MeasuredAnswers> {
  const before = processorMicroseconds(pid);
  const rate = await answersPerSecond(`${origin}${path}`, seconds, load);
  return { rate, microseconds: (processorMicroseconds(pid) - before) / (rate * seconds) };
}

/** How two contenders compare that took turns. */
export function compareAnswers(
  own: readonly MeasuredAnswers[],
  other: readonly MeasuredAnswers[],
): Pick<ResultRow, 'ours' | 'theirs' | 'ratio'> {
  const rates = [own, other].map((rounds) => rounds.map(({ rate }) => rate));
  const costs = [own, other].map((rounds) => median(rounds.map(({ microseconds }) => microseconds)));
  const [ownRates = [], otherRates = []] = rates;
  const [ownCost = NaN, otherCost = NaN] = costs;
  const describe = (rate: number, cost: number): string => `${readable(rate)} req/s, ${readable(cost, 1)} µs`;
  const ratio = describeRatio(median(ownRates) / median(otherRates), ratiosOf(ownRates, otherRates));
  return {
    ours: describe(median(ownRates), ownCost),
    theirs: describe(median(otherRates), otherCost),
    ratio: `${ratio}, CPU ${(otherCost / ownCost).toFixed(2)}`,
  };
}
