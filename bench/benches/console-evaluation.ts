import { setTimeout as delay } from 'node:timers/promises';
import { ConsoleClient } from '../../test/support/console-client.js';
import { HostProcess } from '../../test/support/host-process.js';
import { atConstantRate } from '../constant-rate.js';
import { describeRatio, ratiosOf, readable, type ResultRow } from '../result-row.js';
import { takeTurns } from '../rounds.js';
import type { AdapterKind } from '../servers/nest-host.js';
import type { Stage } from '../stage.js';
import { percentile99 } from '../statistics.js';

const ROUNDS = 5;
const SECONDS = 10;
const REQUESTS_A_SECOND = 200;
/** More than anybody types. */
const EVALUATIONS_A_SECOND = 20;
const MILLISECONDS = 1_000;

const INPUTS = [
  'this',
  'order',
  'const doubled = price * 2; doubled',
  'await new Promise((resolve) => setTimeout(resolve, 20, price))',
  'Array.from({ length: 1000 }, (_, index) => ({ index, price }))',
  'console.log(order); this.#rate',
  'throw new Error("on purpose")',
];

/** What evaluating in a console costs the requests that are served meanwhile. */
export async function benchConsoleEvaluation(stage: Stage): Promise<ResultRow[]> {
  return [await benchOn('express', stage), await benchOn('fastify', stage)];
}

async function benchOn(adapter: AdapterKind, stage: Stage): Promise<ResultRow> {
  const host = await HostProcess.started(adapter, {
    program: 'debug-host',
    options: { handler: 'debug' },
    environment: { NODE_ENV: 'development' },
  });
  stage.defer(() => host.stop());
  const { body } = await host.ask('/orders/fail', { headers: { accept: 'text/html' } });
  const console = await ConsoleClient.inCall(body, 'OrdersService.charge', host.output);
  const alone = (): Promise<number> => slowest(host);
  const evaluating = async (): Promise<number> => {
    const load = { isOver: false };
    const evaluations = evaluate(console, load);
    try {
      return await slowest(host);
    } finally {
      load.isOver = true;
      await evaluations;
    }
  };
  const { values, medianOf } = await takeTurns({ evaluating, alone }, ROUNDS);
  const ratio = medianOf('evaluating') / medianOf('alone');
  return {
    bench: 'console-evaluation',
    compared: `${adapter}: p99 at ${REQUESTS_A_SECOND} requests/s, ${EVALUATIONS_A_SECOND} evaluations/s ÷ none`,
    ours: `${readable(medianOf('evaluating'), 2)} ms`,
    theirs: `${readable(medianOf('alone'), 2)} ms`,
    ratio: describeRatio(ratio, ratiosOf(values.evaluating, values.alone)),
    target: '≤ 2',
  };
}

/** How long the slowest one in a hundred requests takes, in milliseconds. */
async function slowest(host: HostProcess): Promise<number> {
  const ask = async (): Promise<void> => {
    const { status } = await host.ask('/orders/stock');
    if (status !== 200) throw new Error(`/orders/stock was answered with ${status}.`);
  };
  return percentile99(await atConstantRate(REQUESTS_A_SECOND, SECONDS, ask));
}

/** Types one input after the other; each is checked to have been evaluated. */
async function evaluate(console: ConsoleClient, load: { readonly isOver: boolean }): Promise<void> {
  for (let index = 0; !load.isOver; index++) {
    const pause = delay(MILLISECONDS / EVALUATIONS_A_SECOND);
    const input = INPUTS[index % INPUTS.length] ?? '';
    const { isOk } = await console.run(input);
    if (isOk === input.startsWith('throw')) throw new Error(`${input} was not evaluated.`);
    await pause;
  }
}
