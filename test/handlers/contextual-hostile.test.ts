import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { adapters } from '../support/host.js';
import { HostProcess } from '../support/host-process.js';
import { reportOf } from '../support/contextual/report-reading.js';

const TIME_LIMIT = 1_000;

/** What is shown of each; the rest of the frame's variables does not matter. */
const shown: readonly (readonly [path: string, locals: Record<string, unknown>])[] = [
  ['text', { large: expect.stringMatching(/^"x{200}…" \(100000000 characters\)$/) }],
  ['bytes', { large: expect.stringMatching(/^Buffer \[ (0, ){20}… 99999980 more \]$/) }],
  ['message', { this: 'HostileLocalsController {}' }],
  ['proxy', { refusing: '[Proxy]', within: '[ [Proxy] ]' }],
  ['getter', { endless: '{ member: [Getter] }' }],
  ['many', { v0: '{ index: 0 }', v99: '{ index: 99 }', '…': '4900 more' }],
  ['members', { wide: expect.stringMatching(/^\{ m0: 0, .*m19: 19, … 4980 more \}$/) }],
  ['circular', { nodes: expect.stringContaining('{ index: 0, others: [circular] }') }],
  ['exit', { ending: expect.stringContaining('toString: [Function END]'), list: 'Ending []' }],
];

describe.each(adapters)('On %s', (adapter) => {
  let host: HostProcess;
  beforeAll(async () => {
    host = await HostProcess.started(adapter);
    await reportOf(host, '/fail/sync/1');
  });
  afterAll(() => host.stop());

  test.each(shown)(
    'a variable that is dear to look at (%s) is shown at once, and runs nothing',
    async (path, locals) => {
      const begun = performance.now();
      const report = await reportOf(host, `/hostile/${path}`);
      expect(performance.now() - begun).toBeLessThan(TIME_LIMIT);
      expect(report).toMatchObject({ code: 500, notice: null });
      expect(report.last_frame?.locals).toMatchObject(locals);
      expect(host.isRunning).toBe(true);
    },
  );

  test('a message of five million characters is told in part', async () => {
    const { exc_value, exc_tb_str } = await reportOf(host, '/hostile/message');
    expect(exc_value).toMatch(/^(a\.)+… \(5000000 characters\)$/);
    expect(exc_value.length).toBeLessThan(25_000);
    expect(exc_tb_str.length).toBeLessThan(25_000);
  });
});
