import { setTimeout as delay } from 'node:timers/promises';
import { processorMicroseconds, type ServerProcess, startBareServer } from '../child-processes.js';
import { Connection } from '../connection.js';
import { answersPerSecond } from '../load.js';
import { describeRatio, ratiosOf, readable, type ResultRow } from '../result-row.js';
import { collectInTurns } from '../rounds.js';
import type { AdapterKind, NestHostSettings } from '../servers/nest-host.js';
import type { Stage } from '../stage.js';
import { median } from '../statistics.js';

const ROUNDS = 7;
const SECONDS = 2;
const FOUND = '/jobs/found';
const FAILING = '/jobs/deep';
const HEADERS = { Accept: 'application/json' };

/** The recorder takes twenty a second. */
const ERRORS_A_SECOND = 15;
const ERROR_SECONDS = 8;
/** So long it takes until the engine compiles no more of it, which it does besides, in threads of its own. */
const WARM_UP_SECONDS = 20;
const MILLISECONDS = 1_000;

/** What the contextual handler costs requests that do not fail, and what an error costs that it answers. */
export async function benchContextual(stage: Stage): Promise<ResultRow[]> {
  return [...(await benchOn('express', stage)), ...(await benchOn('fastify', stage))];
}

async function benchOn(adapter: AdapterKind, stage: Stage): Promise<ResultRow[]> {
  const start = (handler: 'default' | 'contextual'): Promise<ServerProcess> => {
    const settings: NestHostSettings = { adapter, hasModule: true, handler };
    return startBareServer(stage, 'nest-host', settings);
  };
  const contextual = await start('contextual');
  const plain = await start('default');
  const rounds = await collectInTurns({ contextual: costOf(contextual), plain: costOf(plain) }, ROUNDS);
  const error = await errorCost(contextual);
  const describe = (costs: readonly number[]): string => `${readable(median(costs), 1)} µs`;
  const overall = median(rounds.contextual) / median(rounds.plain);
  return [
    {
      bench: 'contextual',
      compared: `${adapter}: CPU of a 200 ÷ with the default handler`,
      ours: describe(rounds.contextual),
      theirs: describe(rounds.plain),
      ratio: describeRatio(overall, ratiosOf(rounds.contextual, rounds.plain)),
      target: '≤ 1.1',
    },
    {
      bench: 'contextual',
      compared: `${adapter}: CPU of a 500 with 10 frames of the application, 15 a second`,
      ours: `${readable(error / MILLISECONDS, 2)} ms`,
      theirs: '',
      ratio: '',
      target: '≤ 3 ms',
    },
  ];
}

function costOf({ origin, pid }: ServerProcess): () => Promise<number> {
  return async () => {
    const before = processorMicroseconds(pid);
    const rate = await answersPerSecond(`${origin}${FOUND}`, SECONDS, { headers: HEADERS });
    return (processorMicroseconds(pid) - before) / (rate * SECONDS);
  };
}

/** The processor's time for one error, in microseconds, less what the process takes when nothing is asked. */
async function errorCost({ origin, pid }: ServerProcess): Promise<number> {
  const connection = new Connection(origin);
  try {
    await failFor(connection, WARM_UP_SECONDS);
    const idle = await spentDuring(pid, () => delay(ERROR_SECONDS * MILLISECONDS));
    let errors = 0;
    const busy = await spentDuring(pid, async () => {
      errors = await failFor(connection, ERROR_SECONDS);
    });
    return (busy - idle) / errors;
  } finally {
    connection.close();
  }
}

async function spentDuring(pid: number, act: () => Promise<unknown>): Promise<number> {
  const before = processorMicroseconds(pid);
  await act();
  return processorMicroseconds(pid) - before;
}

async function failFor(connection: Connection, seconds: number): Promise<number> {
  const count = seconds * ERRORS_A_SECOND;
  for (let error = 0; error < count; error++) {
    const pause = delay(MILLISECONDS / ERRORS_A_SECOND);
    assertRecorded(await connection.request(FAILING, { headers: HEADERS }));
    await pause;
  }
  return count;
}

interface Reported {
  readonly notice: string | null;
  readonly exc_tb: { readonly frames: readonly { readonly locals: object | null }[] };
}

/** What was not recorded costs less, which would not be what is measured. */
function assertRecorded({ status, body }: { readonly status: number; readonly body: string }): void {
  const { notice, exc_tb } = JSON.parse(body) as Reported;
  const recorded = exc_tb.frames.filter(({ locals }) => locals !== null);
  if (status !== 500 || notice !== null || recorded.length !== 10)
    throw new Error(`${FAILING} answers something else: ${status}, ${recorded.length} frames, ${String(notice)}`);
}
