import { ERRORS_PER_JOB_TYPE, errorName, fillCatalogue, jobTypeName } from '../catalogue-rows.js';
import { startService } from '../child-processes.js';
import { Connection } from '../connection.js';
import { readable, type ResultRow } from '../result-row.js';
import type { Stage } from '../stage.js';
import { median, percentile99 } from '../statistics.js';

const SMALL = 1_000;
const LARGE = 1_000_000;
const WARM_UP = 300;
const REPETITIONS = 1_500;

/**
 * What is asked for. Ids that are not cached are asked for one after the other: before one comes up again, so many other
 * requests were made that the cache has let go of it.
 */
const KINDS: Readonly<Record<string, (errors: number, repetition: number) => string>> = {
  'details, random ids': (errors) => `/v6/errors/${1 + random(errors)}/`,
  'details, ids that are not cached': (errors, repetition) => `/v6/errors/${1 + (repetition % errors)}/`,
  'details, one id': () => '/v6/errors/1/',
  'first page': () => '/v6/errors/',
  'by name': (errors) => `/v6/errors/?name=${errorName(random(errors / ERRORS_PER_JOB_TYPE - 10))}`,
  'by job_type_name': (errors) => `/v6/errors/?job_type_name=${jobTypeName(random(errors / ERRORS_PER_JOB_TYPE - 10))}`,
};

type Times = Record<string, number[]>;

/** How response times depend on how many errors there are: two services, asked in turn on one connection each. */
export async function benchSize(stage: Stage): Promise<ResultRow[]> {
  const small = await prepare(stage, SMALL);
  const large = await prepare(stage, LARGE);
  for (let repetition = -WARM_UP; repetition < REPETITIONS; repetition++) {
    for (const kind of Object.keys(KINDS)) {
      await small(kind, repetition);
      await large(kind, repetition);
    }
  }
  return Object.keys(KINDS).map((kind) => ({
    bench: 'size',
    compared: `${kind}: 1,000,000 errors ÷ 1,000`,
    ours: describe(large.times[kind]),
    theirs: describe(small.times[kind]),
    ratio: (median(large.times[kind] ?? []) / median(small.times[kind] ?? [])).toFixed(2),
    target: '≤ 2',
  }));
}

interface Asker {
  (kind: string, repetition: number): Promise<void>;
  readonly times: Times;
}

async function prepare(stage: Stage, errors: number): Promise<Asker> {
  const databaseUrl = await stage.database();
  const service = await startService(stage, { DATABASE_URL: databaseUrl });
  await fillCatalogue(databaseUrl, errors);
  const connection = new Connection(service.origin);
  stage.defer(() => connection.close());
  const times: Times = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, []]));
  const ask = async (kind: string, repetition: number): Promise<void> => {
    const path = KINDS[kind]?.(errors, WARM_UP + repetition) ?? '';
    const begun = performance.now();
    const { status, body } = await connection.request(path);
    const time = performance.now() - begun;
    if (status !== 200) throw new Error(`${path} was answered with ${status}: ${body}`);
    if (repetition >= 0) times[kind]?.push(time);
  };
  return Object.assign(ask, { times });
}

function describe(times: readonly number[] = []): string {
  return `${readable(median(times), 2)} ms (p99 ${readable(percentile99(times), 2)})`;
}

function random(end: number): number {
  return Math.floor(Math.random() * end);
}
