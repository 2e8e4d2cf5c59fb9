import { median } from './statistics.js';

/** What the contenders reached, one value a round. */
export interface Rounds<Name extends string> {
  readonly values: Readonly<Record<Name, readonly number[]>>;
  readonly medianOf: (name: Name) => number;
}

type Contenders<Name extends string, Value> = Readonly<Record<Name, () => Value | Promise<Value>>>;

/**
 * Lets the contenders take turns (A, B, A, B, …), so that whatever else the machine is doing disturbs them alike. One round
 * before the others warms them up and is not counted.
 */
export async function takeTurns<Name extends string>(
  contenders: Contenders<Name, number>,
  rounds: number,
): Promise<Rounds<Name>> {
  const values = await collectInTurns(contenders, rounds);
  return { values, medianOf: (name) => median(values[name]) };
}

/** As {@link takeTurns}, for contenders of which more than one number is wanted. */
export async function collectInTurns<Name extends string, Value>(
  contenders: Contenders<Name, Value>,
  rounds: number,
): Promise<Record<Name, readonly Value[]>> {
  const names = Object.keys(contenders) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as Value[]])) as Record<Name, Value[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const value = await contenders[name]();
      if (round > 0) values[name].push(value);
    }
  }
  return values;
}
