import pg from 'pg';
import type { JobErrorModel } from '../../src/catalog.js';
import { saveByHand } from '../hand-written-save.js';
import { openCatalogue } from '../in-process-catalogue.js';
import { describeRatio, ratiosOf, readable, type ResultRow } from '../result-row.js';
import { takeTurns } from '../rounds.js';
import type { Stage } from '../stage.js';
import { median } from '../statistics.js';

const ROUNDS = 9;
const SAVES = 5;
const MODELS = 1_000;

type Save = (jobTypeName: string, models: readonly JobErrorModel[]) => Promise<readonly object[]>;

/** Saving the errors of a job type, against one statement through pg that does the same. */
export async function benchSave(stage: Stage): Promise<ResultRow[]> {
  const { errors, databaseUrl } = await openCatalogue(stage);
  const pool = new pg.Pool({ connectionString: databaseUrl });
  stage.defer(() => pool.end());
  const ours: Save = (jobTypeName, models) => errors.saveJobErrorModels(jobTypeName, models);
  const theirs: Save = (jobTypeName, models) => saveByHand(pool, jobTypeName, models);
  const vacuum = (): Promise<unknown> => pool.query('VACUUM ANALYZE error');

  const updates = await takeTurns(
    {
      ours: updating(ours, 'ours', vacuum),
      theirs: updating(theirs, 'theirs', vacuum),
    },
    ROUNDS,
  );
  const inserts = await takeTurns(
    {
      ours: inserting(ours, 'ours', vacuum),
      theirs: inserting(theirs, 'theirs', vacuum),
    },
    ROUNDS,
  );
  return [
    { what: 'that update 1,000 rows', rounds: updates },
    { what: 'that insert 1,000 rows', rounds: inserts },
  ].map(({ what, rounds: { values, medianOf } }) => ({
    bench: 'save',
    compared: `saveJobErrorModels of 1,000 models ${what} ÷ one upsert through pg`,
    ours: `${readable(medianOf('ours'), 1)} ms`,
    theirs: `${readable(medianOf('theirs'), 1)} ms`,
    ratio: describeRatio(medianOf('theirs') / medianOf('ours'), ratiosOf(values.theirs, values.ours)),
    target: '≥ 0.5',
  }));
}

/** Saves over and over for one job type. */
function updating(save: Save, side: string, vacuum: () => Promise<unknown>): () => Promise<number> {
  let edition = 0;
  return () => timeOf(save, vacuum, () => ({ jobTypeName: `updated-${side}`, edition: ++edition }));
}

/** Saves for a job type that has no errors yet, every time. */
function inserting(save: Save, side: string, vacuum: () => Promise<unknown>): () => Promise<number> {
  let edition = 0;
  return () => timeOf(save, vacuum, () => ({ jobTypeName: `inserted-${side}-${++edition}`, edition }));
}

async function timeOf(
  save: Save,
  vacuum: () => Promise<unknown>,
  next: () => { jobTypeName: string; edition: number },
): Promise<number> {
  // What the other side left behind is cleared away before, not meanwhile.
  await vacuum();
  const times: number[] = [];
  for (let i = 0; i < SAVES; i++) {
    const { jobTypeName, edition } = next();
    const models = modelsOf(edition);
    const begun = performance.now();
    const stored = await save(jobTypeName, models);
    times.push(performance.now() - begun);
    if (stored.length !== MODELS) throw new Error(`${stored.length} errors were saved instead of ${MODELS}.`);
  }
  return median(times);
}

/** Models of the same names that differ from those of the edition before. */
function modelsOf(edition: number): JobErrorModel[] {
  return Array.from({ length: MODELS }, (_, i) => ({
    name: `error-${i}`,
    title: `Error ${i}, edition ${edition}`,
    description: `What went wrong in step ${i}, and what those who see this can do about it in edition ${edition}.`,
    category: (i + edition) % 2 === 0 ? 'DATA' : 'ALGORITHM',
    shouldBeRetried: edition % 2 === 0,
  }));
}
