import { describe, expect, test } from '@jest/globals';
import { adapters } from '../support/host.js';
import { HostProcess, type HostProcessSettings } from '../support/host-process.js';
import { ownFrames, type Reported } from '../support/contextual/report-reading.js';

type Adapter = (typeof adapters)[number];

/** Starts a host, and takes it down whatever happens. */
async function withHost(
  adapter: Adapter,
  settings: HostProcessSettings,
  act: (host: HostProcess) => Promise<void>,
): Promise<void> {
  const host = await HostProcess.started(adapter, settings);
  try {
    await act(host);
  } finally {
    await host.stop();
  }
}

const production = { NODE_ENV: 'production' };
const INSPECTOR = 'NativeModule inspector';

describe.each(adapters)('On %s', (adapter) => {
  test('the contextual handler refuses to start in production, and says why', async () => {
    const host = new HostProcess(adapter, { environment: production });
    expect(await host.exit()).toBe(1);
    expect(host.output).toContain('NODE_ENV is “production”; the application was not started.');
    expect(host.output).toContain('contextual: { allowInProduction: true }');
    expect(host.output).not.toContain('listens on');
  });

  test('it starts in production where that is allowed', async () => {
    const options = { handler: 'contextual', contextual: { allowInProduction: true } } as const;
    await withHost(adapter, { environment: production, options }, async (host) => {
      expect(await host.json('/fail/sync/7')).toMatchObject({ exc_value: 'No such job: 7#3', notice: null });
    });
  });

  test('beside a debugger nothing is recorded, and the answer says so', async () => {
    await withHost(adapter, { flags: ['--inspect=0'] }, async (host) => {
      const report = await host.json<Reported>('/fail/sync/7');
      expect(report.notice).toMatch(/^A debugger is attached/);
      expect(ownFrames(report).map(({ func_name, locals }) => [func_name, locals])).toEqual([
        ['FailingJobsController.sync', null],
        ['Jobs.start', null],
      ]);
      expect(report.last_frame?.line).toContain('throw new Error(');
    });
  });

  test('of too many errors in a second the later ones are told without variables, which the answer says', async () => {
    await withHost(adapter, {}, async (host) => {
      const asked = Array.from({ length: 100 }, () => host.json<Reported>('/fail/many'));
      const reports = await Promise.all(asked);
      const recorded = reports.filter(({ notice }) => notice === null);
      // The hundred may lie across the end of a second or two.
      expect(recorded.length).toBeGreaterThanOrEqual(20);
      expect(recorded.length).toBeLessThan(100);
      for (const { last_frame, exc_tb_str, notice } of reports) {
        expect(last_frame?.line).toContain("throw new Error('One of many.');");
        expect(exc_tb_str).toContain('FailingJobsController.many');
        if (notice === null) expect(last_frame?.locals).not.toBeNull();
        else {
          expect(notice).toMatch(/^So many errors were thrown in this second/);
          expect(last_frame?.locals).toBeNull();
        }
      }
    });
  });

  test('with the default handler no inspector is loaded', async () => {
    await withHost(adapter, { options: {} }, async (host) => {
      expect(await host.json('/fail/sync/7')).toEqual({
        code: 500,
        message: 'Internal server error',
        detail: expect.any(String),
        error_type: null,
      });
      expect(await host.json('/process/modules')).not.toContain(INSPECTOR);
      expect(host.output).not.toContain('\u001b[1m');
    });
  });

  test('a route may have the contextual handler while the others do not', async () => {
    await withHost(adapter, { options: {}, hasOwnHandler: true }, async (host) => {
      expect(await host.json('/own/contextual')).toMatchObject({ exc_value: 'Contextual.', notice: null });
      expect(await host.json('/own/other')).not.toHaveProperty('exc_value');
      expect(await host.json('/nowhere')).not.toHaveProperty('routes');
      // Which shows that the inspector would be seen, were it there.
      expect(await host.json('/process/modules')).toContain(INSPECTOR);
    });
  });

  test('an error from Node’s own code is recorded by the application’s frames', async () => {
    await withHost(adapter, {}, async (host) => {
      const report = await host.json<Reported>('/fail/package');
      expect(report).toMatchObject({ exc_type: 'TypeError', exc_value: 'Invalid URL', notice: null });
      expect(report.last_frame).toMatchObject({
        func_name: 'FailingJobsController.package',
        locals: { address: '"this is no address"' },
      });
    });
  });

  test('an error that is thrown where the application has no frame takes nobody’s turn', async () => {
    await withHost(adapter, {}, async (host) => {
      const outside = await Promise.all(Array.from({ length: 30 }, () => host.json<Reported>('/fail/outside')));
      for (const { notice } of outside) expect(notice).toMatch(/^Nobody saw this error being thrown/);
      expect(await host.json('/fail/many')).toMatchObject({ notice: null });
    });
  });
});
