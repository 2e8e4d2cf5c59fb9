import { readFileSync } from 'node:fs';
import { errorRegistry, getErrorByException } from '../../src/exceptions/error-registry.js';
import { readable, type ResultRow } from '../result-row.js';
import { takeTurns } from '../rounds.js';

const ROUNDS = 15;
const LOOKUPS = 300_000;
const CODES = 5_000_000;

/** What it takes to find the error of an exception, and that of an exit code, in one process. */
export async function benchExceptionLookups(): Promise<ResultRow[]> {
  const missing = thrownBy(() => readFileSync('/no/such/file'));
  const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01', severity: 'ERROR' });
  const statement = Object.assign(new Error('duplicate key'), { driverError: { code: '23505', severity: 'ERROR' } });
  const deep = new Error('outer', { cause: new Error('middle', { cause: deadlock }) });
  const unknown = new TypeError('a mistake');

  const thousandsPerSecond = (thrown: unknown, exitCode: number) => (): number => {
    const begun = performance.now();
    let sum = 0;
    for (let i = 0; i < LOOKUPS; i++) sum += getErrorByException(thrown)?.exitCode ?? 0;
    // The sum is used, so that no lookup can be left out.
    if (sum !== exitCode * LOOKUPS) throw new Error('The lookups found other errors.');
    return LOOKUPS / (performance.now() - begun);
  };
  const { medianOf } = await takeTurns(
    {
      'a missing file': thousandsPerSecond(missing, 4),
      'a deadlock': thousandsPerSecond(deadlock, 3),
      'a statement': thousandsPerSecond(statement, 2),
      'a deadlock, two causes deep': thousandsPerSecond(deep, 3),
      'what nobody registered': thousandsPerSecond(unknown, 0),
      'a name': thousandsPerSecond('QueryFailedError', 2),
      codes: millionsOfCodesPerSecond,
    },
    ROUNDS,
  );
  const names = [
    'a missing file',
    'a deadlock',
    'a statement',
    'a deadlock, two causes deep',
    'what nobody registered',
  ];
  const row = { bench: 'exception-lookups', theirs: '', ratio: '' };
  return [
    ...[...names, 'a name'].map((name) => ({
      ...row,
      compared: `getErrorByException(…): ${name}`,
      ours: `${readable(medianOf(name as 'a name'))} k/s`,
      target: '≥ 500 k/s',
    })),
    {
      ...row,
      compared: 'the error of an exit code, in the registry',
      ours: `${readable(medianOf('codes'), 1)} M/s`,
      target: '≥ 5 M/s',
    },
  ];
}

function millionsOfCodesPerSecond(): number {
  const begun = performance.now();
  let found = 0;
  for (let i = 0; i < CODES; i++) if (errorRegistry.byExitCode(i & 31) !== null) found++;
  // The three are there at least.
  if (found < (3 * CODES) / 32 - 32) throw new Error('The lookups found too little.');
  return CODES / (performance.now() - begun) / 1_000;
}

function thrownBy(fail: () => unknown): unknown {
  try {
    fail();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing failed.');
}
