import { HostProcess } from '../../test/support/host-process.js';
import { inTurns } from '../../test/support/in-turns.js';
import type { AdapterKind } from '../servers/nest-host.js';
import type { Stage } from '../stage.js';

const WARM_UP = 2_000;
const ERRORS = 10_000;
const AT_ONCE = 8;
const MEGABYTE = 1_000_000;
const MAX_GROWTH = 10;

/** Whether errors that the contextual handler answers leave anything behind, after a collection of garbage. */
export async function soakContextual(
  stage: Stage,
  adapter: AdapterKind,
): Promise<{ readonly lines: readonly string[]; readonly faults: readonly string[] }> {
  const host = await HostProcess.started(adapter, { flags: ['--expose-gc'] });
  stage.defer(() => host.stop());
  const heap = async (): Promise<number> => (await host.json<number>('/process/heap')) / MEGABYTE;
  await fail(host, WARM_UP);
  const before = await heap();
  await fail(host, ERRORS - WARM_UP);
  const after = await heap();
  const sentence = `the heap was ${before.toFixed(1)} MB after ${WARM_UP} errors and ${after.toFixed(1)} MB after ${ERRORS}`;
  return { lines: [`  ${sentence}`], faults: after - before < MAX_GROWTH ? [] : [sentence] };
}

async function fail(host: HostProcess, times: number): Promise<void> {
  await inTurns(Array.from({ length: times }), AT_ONCE, async () => {
    const { status } = await host.ask('/fail/sync/7', { headers: { accept: 'application/json' } });
    if (status !== 500) throw new Error(`An error was answered with ${status}.`);
  });
}
