import { setTimeout as delay } from 'node:timers/promises';
import { HostProcess } from '../../test/support/host-process.js';
import { inTurns } from '../../test/support/in-turns.js';
import { readable, type ResultRow } from '../result-row.js';
import type { AdapterKind } from '../servers/nest-host.js';
import type { Stage } from '../stage.js';

const WARM_UP = 500;
const CAPTURES = 6_000;
/** The recorder takes twenty a second, whichever second that is. */
const BURST = 20;
const PAUSE = 1_000;
const AT_ONCE = 4;
const MEGABYTE = 1_000_000;

/** Whether errors whose frames were kept leave anything behind, once newer ones took their place. It takes five minutes. */
export async function benchDebugCaptures(stage: Stage, adapter: AdapterKind = 'express'): Promise<ResultRow[]> {
  const host = await HostProcess.started(adapter, {
    options: { handler: 'debug' },
    flags: ['--expose-gc'],
    environment: { NODE_ENV: 'development' },
  });
  stage.defer(() => host.stop());
  const heap = async (): Promise<number> => (await host.json<number>('/process/heap')) / MEGABYTE;
  await capture(host, WARM_UP);
  const before = await heap();
  await capture(host, CAPTURES - WARM_UP);
  const after = await heap();
  return [
    {
      bench: 'debug-captures',
      compared: `${adapter}: heap after ${readable(CAPTURES)} captured errors ÷ after ${readable(WARM_UP)}, collected`,
      ours: `${readable(after, 1)} MB`,
      theirs: `${readable(before, 1)} MB`,
      ratio: (after / before).toFixed(2),
      target: '≤ 1.1',
    },
  ];
}

/** Fails until so many errors were captured; what comes on top of twenty in a second is answered without, and not counted. */
async function capture(host: HostProcess, wanted: number): Promise<void> {
  let captured = 0;
  while (captured < wanted) {
    const pause = delay(PAUSE);
    await inTurns(Array.from({ length: Math.min(BURST, wanted - captured) }), AT_ONCE, async () => {
      const { status, body } = await host.ask('/fail/sync/7', { headers: { accept: 'text/html' } });
      if (status !== 500) throw new Error(`An error was answered with ${status}.`);
      if (body.includes('<details class="console">')) captured++;
    });
    await pause;
  }
}
