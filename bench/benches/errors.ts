import { isDeepStrictEqual } from 'node:util';
import { type ServerProcess, startBareServer } from '../child-processes.js';
import { Connection } from '../connection.js';
import { InternalServerError } from '../../src/index.js';
import { compareAnswers, type MeasuredAnswers, measureAnswers } from '../measured-answers.js';
import type { ResultRow } from '../result-row.js';
import { collectInTurns } from '../rounds.js';
import type { AdapterKind, NestHostSettings } from '../servers/nest-host.js';
import type { Stage } from '../stage.js';

/** Two processes of one program differ by a twentieth, each for as long as it lives. */
const PAIRS = 4;
const ROUNDS = 3;
const SECONDS = 2;
/** As many as Fastify's own benchmarks send. */
const PIPELINING = 10;
const HEADERS = { Accept: 'application/json' };

const NOT_FOUND_TARGETS: Readonly<Record<AdapterKind, string>> = { express: '≥ 1.1', fastify: '≥ 1.5' };
const SAME_HOST_TARGETS: Readonly<Record<AdapterKind, string>> = { express: '', fastify: '≥ 0.75' };

interface Expected {
  readonly path: string;
  readonly status: number;
  readonly body: object;
}

const FOUND: Expected = { path: '/jobs/found', status: 200, body: { id: 1, name: 'nightly' } };

const OUR_NOT_FOUND: Expected = {
  path: '/jobs/our-not-found',
  status: 404,
  body: { code: 404, message: 'Not found', detail: 'No such job.', error_type: null },
};

/** What a filter reaches that does nothing but send this very answer. */
const CONSTANT_NOT_FOUND: Expected = { ...OUR_NOT_FOUND, path: '/jobs/constant-not-found' };

const NESTS_NOT_FOUND: Expected = {
  path: '/jobs/nests-not-found',
  status: 404,
  body: { statusCode: 404, message: 'No such job.', error: 'Not Found' },
};

const UNCAUGHT = { path: '/jobs/uncaught', status: 500 };

const OUR_UNCAUGHT: Expected = { ...UNCAUGHT, body: new InternalServerError().toDict() };

const CONSTANT_UNCAUGHT: Expected = { ...OUR_UNCAUGHT, path: '/jobs/constant-uncaught' };

const NESTS_UNCAUGHT: Expected = { ...UNCAUGHT, body: { statusCode: 500, message: 'Internal server error' } };

type Contender =
  | 'ourNotFound'
  | 'nestsNotFound'
  | 'constantNotFound'
  | 'ourUncaught'
  | 'nestsUncaught'
  | 'constantUncaught'
  | 'ourFound'
  | 'nestsFound';

type Measured = Readonly<Record<Contender, readonly MeasuredAnswers[]>>;

/** Errors that the module answers against those that Nest's own filter answers, and what the module costs other routes. */
export async function benchErrors(stage: Stage, adapter: AdapterKind): Promise<ResultRow[]> {
  const pairs: Measured[] = [];
  for (let pair = 0; pair < PAIRS; pair++) pairs.push(await measurePair(stage, adapter));
  const all = (name: Contender): MeasuredAnswers[] => pairs.flatMap((measured) => measured[name]);
  const row = (compared: string, own: Contender, other: Contender, target: string): ResultRow => ({
    bench: `errors-${adapter}`,
    compared,
    target,
    ...compareAnswers(all(own), all(other)),
  });
  return [
    row('throw new NotFound(…) ÷ Nest: NotFoundException', 'ourNotFound', 'nestsNotFound', NOT_FOUND_TARGETS[adapter]),
    row('the same, where a filter sends a constant ÷ Nest: NotFoundException', 'constantNotFound', 'nestsNotFound', ''),
    row('throw new Error(…) ÷ Nest: the same', 'ourUncaught', 'nestsUncaught', '≥ 1.0'),
    row('the same, where a filter sends a constant ÷ Nest: the same', 'constantUncaught', 'nestsUncaught', ''),
    row('200 with the module ÷ 200 without it', 'ourFound', 'nestsFound', '≥ 0.98'),
    row('throw new NotFound(…) ÷ 200, both with the module', 'ourNotFound', 'ourFound', SAME_HOST_TARGETS[adapter]),
  ];
}

async function measurePair(stage: Stage, adapter: AdapterKind): Promise<Measured> {
  const start = (hasModule: boolean): Promise<ServerProcess> => {
    const settings: NestHostSettings = { adapter, hasModule };
    return startBareServer(stage, 'nest-host', settings);
  };
  const [ours, nests] = [await start(true), await start(false)];
  try {
    return await collectInTurns(
      {
        ourNotFound: await contender(ours, OUR_NOT_FOUND),
        nestsNotFound: await contender(nests, NESTS_NOT_FOUND),
        constantNotFound: await contender(nests, CONSTANT_NOT_FOUND),
        ourUncaught: await contender(ours, OUR_UNCAUGHT),
        nestsUncaught: await contender(nests, NESTS_UNCAUGHT),
        constantUncaught: await contender(nests, CONSTANT_UNCAUGHT),
        ourFound: await contender(ours, FOUND),
        nestsFound: await contender(nests, FOUND),
      },
      ROUNDS,
    );
  } finally {
    await Promise.all([ours.stop(), nests.stop()]);
  }
}

/** Makes sure that a server answers as it should before it is measured how fast it does. */
async function contender({ origin, pid }: ServerProcess, expected: Expected): Promise<() => Promise<MeasuredAnswers>> {
  const { path, status } = expected;
  const connection = new Connection(origin);
  const answer = await connection.request(path, { headers: HEADERS }).finally(() => connection.close());
  if (answer.status !== status || !isDeepStrictEqual(JSON.parse(answer.body), expected.body)) {
    throw new Error(`${path} answers something else: ${answer.status} ${answer.body}`);
  }
  const load = { status, headers: HEADERS, pipelining: PIPELINING };
  return () => measureAnswers({ origin, pid }, path, SECONDS, load);
}
