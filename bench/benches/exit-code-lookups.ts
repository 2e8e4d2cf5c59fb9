import { readable, type ResultRow } from '../result-row.js';
import { openCatalogue } from '../in-process-catalogue.js';
import { takeTurns } from '../rounds.js';
import type { Stage } from '../stage.js';

const ROUNDS = 15;
const REPETITIONS = 20_000;

/** Every code that a process can end with, registered or not. */
const CODES = Array.from({ length: 256 }, (_, code) => code);

/** Lookups of the catalogue’s errors by the exit codes of processes. */
export async function benchExitCodeLookups(stage: Stage): Promise<ResultRow[]> {
  const { errors } = await openCatalogue(stage);
  const registered = CODES.filter((code) => errors.getErrorByExitCode(code) !== null);
  const millionsPerSecond = (codes: readonly number[]) => (): number => {
    const sum = REPETITIONS * codes.reduce((total, code) => total + (errors.getErrorByExitCode(code)?.id ?? 0), 0);
    const begun = performance.now();
    let total = 0;
    for (let i = 0; i < REPETITIONS; i++) for (const code of codes) total += errors.getErrorByExitCode(code)?.id ?? 0;
    const milliseconds = performance.now() - begun;
    // The sum is used, so that no lookup can be left out.
    if (total !== sum) throw new Error('The lookups found other errors.');
    return (REPETITIONS * codes.length) / milliseconds / 1_000;
  };
  const { values, medianOf } = await takeTurns(
    { registered: millionsPerSecond(registered), all: millionsPerSecond(CODES) },
    ROUNDS,
  );
  return (['registered', 'all'] as const).map((codes) => ({
    bench: 'exit-code-lookups',
    compared: `getErrorByExitCode(code), ${codes === 'all' ? 'all 256 codes' : `the ${registered.length} that are registered`}`,
    ours: `${readable(medianOf(codes), 1)} M/s (lowest ${readable(Math.min(...values[codes]), 1)})`,
    theirs: '',
    ratio: '',
    target: '≥ 5 M/s',
  }));
}
