import { ALL_BUILTIN_ERRORS } from '../../src/catalog.js';
import { openCatalogue } from '../in-process-catalogue.js';
import { describeRatio, ratiosOf, readable, type ResultRow } from '../result-row.js';
import { takeTurns } from '../rounds.js';
import type { Stage } from '../stage.js';

const ROUNDS = 15;
const REPETITIONS = 200_000;

/** A lookup of a built-in error, against a lookup in a Map that holds the same errors. */
export async function benchBuiltin(stage: Stage): Promise<ResultRow[]> {
  const { errors } = await openCatalogue(stage);
  const names = ALL_BUILTIN_ERRORS.map(({ name }) => name);
  const map = new Map(names.map((name) => [name, errors.getBuiltinError(name)]));
  const sum = REPETITIONS * names.reduce((total, name) => total + errors.getBuiltinError(name).id, 0);

  // Each loop stands by itself, so that the compiler sees one kind of lookup in each.
  const lookUpInService = (): number => {
    let total = 0;
    for (let i = 0; i < REPETITIONS; i++) for (const name of names) total += errors.getBuiltinError(name).id;
    return total;
  };
  const lookUpInMap = (): number => {
    let total = 0;
    for (let i = 0; i < REPETITIONS; i++) for (const name of names) total += map.get(name)?.id ?? 0;
    return total;
  };
  const millionsPerSecond = (lookUp: () => number) => (): number => {
    const begun = performance.now();
    // The sum is used, so that no lookup can be left out.
    if (lookUp() !== sum) throw new Error('The lookups found other errors.');
    return (REPETITIONS * names.length) / (performance.now() - begun) / 1_000;
  };

  const { values, medianOf } = await takeTurns(
    { ours: millionsPerSecond(lookUpInService), theirs: millionsPerSecond(lookUpInMap) },
    ROUNDS,
  );
  return [
    {
      bench: 'builtin',
      compared: 'getBuiltinError(name) ÷ Map.get(name)',
      ours: `${readable(medianOf('ours'), 1)} M/s`,
      theirs: `${readable(medianOf('theirs'), 1)} M/s`,
      ratio: describeRatio(medianOf('ours') / medianOf('theirs'), ratiosOf(values.ours, values.theirs)),
      target: '≥ 0.5',
    },
  ];
}
