import { expect, test } from '@jest/globals';
import { adapters } from '../support/host.js';
import { HostProcess } from '../support/host-process.js';
import { inTurns } from '../support/in-turns.js';

/** The soak run goes on for longer. */
const WARM_UP = 500;
const REQUESTS = 1_500;
const GROWTH = 5_000_000;

async function fail(host: HostProcess, times: number): Promise<void> {
  await inTurns(Array.from({ length: times }), 8, async () => {
    const { status } = await host.ask('/fail/sync/7', { headers: { accept: 'application/json' } });
    expect(status).toBe(500);
  });
}

test.each(adapters)('On %s errors leave nothing behind in memory', async (adapter) => {
  const host = await HostProcess.started(adapter, { flags: ['--expose-gc'] });
  try {
    await fail(host, WARM_UP);
    const before = await host.json<number>('/process/heap');
    await fail(host, REQUESTS);
    expect((await host.json<number>('/process/heap')) - before).toBeLessThan(GROWTH);
  } finally {
    await host.stop();
  }
});
