import { median } from './statistics.js';

/** What the contenders reached, one value a round. */
export interface Rounds<Name extends string> {
  readonly values: Readonly<Record<Name, readonly number[]>>;
  readonly medianOf: (name: Name) => number;
}

/**
 * Lets the contenders take turns (A, B, A, B, …), so that whatever else the machine is doing disturbs them alike. One round
 * before the others warms them up and is not counted.
 */
export async function takeTurns<Name extends string>(
  contenders: Readonly<Record<Name, () => number | Promise<number>>>,
  rounds: number,
): Promise<Rounds<Name>> {
  const names = Object.keys(contenders) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const value = await contenders[name]();
      if (round > 0) values[name].push(value);
    }
  }
  return { values, medianOf: (name) => median(values[name]) };
}
