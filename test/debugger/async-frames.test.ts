import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContextualReport } from '../../src/exceptions/exception-report.js';
import { adapters } from '../support/host.js';
import { HostProcess } from '../support/host-process.js';
import { inTurns } from '../support/in-turns.js';

const REPORT = { headers: { accept: 'application/json' } };
/** What a request holds is some 20 kB, were it kept. */
const WARM_UP = 100;
const REQUESTS = 300;
const GROWTH = 3_000_000;

const started = (adapter: (typeof adapters)[number], options: { asyncFrames?: boolean }): Promise<HostProcess> =>
  HostProcess.started(adapter, {
    program: 'async-frames-host',
    options: { handler: 'debug', debugger: options },
    environment: { NODE_ENV: 'development' },
    flags: ['--expose-gc'],
  });

/** The variables of the application's calls, the innermost first. */
async function localsOf(host: HostProcess): Promise<unknown[]> {
  const { exc_tb } = await host.json<ContextualReport>('/orders/place/apples/4', REPORT);
  const own = exc_tb.frames.filter(({ module_name }) => module_name === 'async-frames-host.ts');
  return own.map(({ func_name, locals }) => [func_name, locals]).reverse();
}

const FAILING: unknown = ['Warehouse.reserve', expect.objectContaining({ item: '"apples"', left: '-1' })];

describe.each(adapters)('On %s calls that wait', (adapter) => {
  describe('with asyncFrames', () => {
    let host: HostProcess;
    beforeAll(async () => (host = await started(adapter, { asyncFrames: true })));
    afterAll(() => host.stop());

    test('have variables, without secrets', async () => {
      const order = '{ item: "apples", amount: 4 }';
      expect(await localsOf(host)).toEqual([
        FAILING,
        [
          'OrdersService.place',
          { order, price: '32', apiKey: '[redacted]', this: expect.stringMatching(/^OrdersService \{/) },
        ],
        [
          'OrdersController.place',
          { order, item: '"apples"', amount: '"4"', this: expect.stringMatching(/^OrdersController \{/) },
        ],
      ]);
    });

    test('leave nothing behind in memory, whether they fail or not', async () => {
      await ask(host, WARM_UP);
      const before = await host.json<number>('/process/heap');
      await ask(host, REQUESTS);
      expect((await host.json<number>('/process/heap')) - before).toBeLessThan(GROWTH);
    });
  });

  test('have no variables unless that is asked for', async () => {
    const host = await started(adapter, {});
    try {
      expect(await localsOf(host)).toEqual([FAILING, ['OrdersService.place', null], ['OrdersController.place', null]]);
    } finally {
      await host.stop();
    }
  });
});

async function ask(host: HostProcess, times: number): Promise<void> {
  const paths = ['/orders/place/apples/1', '/orders/both', '/orders/place/apples/4'];
  const asked = Array.from({ length: times }, (_, index) => paths[index % paths.length] ?? '');
  await inTurns(asked, 8, async (path) => {
    expect((await host.ask(path, REPORT)).status).toBe(path.endsWith('1') ? 200 : 500);
  });
}
