import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CapturedConsole } from '../../src/debugger/captured-console.js';
import { ConsoleClient } from '../support/console-client.js';
import { HostProcess } from '../support/host-process.js';

async function started(flags: readonly string[]): Promise<[HostProcess, ConsoleClient]> {
  const host = await HostProcess.started('express', {
    program: 'debug-host',
    options: { handler: 'debug', debugger: { console: true } },
    environment: { NODE_ENV: 'development' },
    flags,
  });
  return [host, await ConsoleClient.ofApplication(host.output)];
}

describe.each([[], ['--unhandled-rejections=strict']])(
  'With the flags %j, a rejection that nobody handles',
  (...flags) => {
    let host: HostProcess;
    let application: ConsoleClient;
    beforeAll(async () => void ([host, application] = await started(flags)));
    afterAll(() => host.stop());

    test.each([
      ['Promise.reject(new Error("x")); 1', 'Error: x', '1'],
      ['const lost = Promise.reject("a text")', 'string: a text', 'undefined'],
      ['void (async () => { throw new TypeError("async") })()', 'TypeError: async', 'undefined'],
      ['Promise.reject(null); await 7', 'null: null', '7'],
    ])('is told where it was typed: %s', async (input, told, value) => {
      const outcome = await application.run(input);
      expect([outcome.lines.map((line) => line.split('\n')[0]), outcome.value?.text]).toEqual([
        [`Uncaught (in promise) ${told}`],
        value,
      ]);
      expect(await application.read('1 + 1')).toBe('2');
    });

    test('is told with a later input when it comes later', async () => {
      const { body } = await host.ask('/orders/fail', { headers: { accept: 'text/html' } });
      const call = await ConsoleClient.inCall(body, 'OrdersService.charge', host.output);
      expect(await call.read('let fail; const late = new Promise((_, reject) => { fail = reject })')).toBe('undefined');
      expect((await call.run('fail(new Error("late"))')).lines).toEqual([
        expect.stringMatching(/^Uncaught \(in promise\) Error: late\n/),
      ]);
    });

    test('is left to the listeners of the application, and is none of theirs when it was typed', async () => {
      const listener = '(reason) => process._rawDebug("heard of", reason.message)';
      await application.run(`process.on("unhandledRejection", ${listener}); process.on("uncaughtException", () => {})`);
      await application.run('Promise.reject(new Error("typed")); 1');
      expect((await host.ask('/orders/lost')).status).toBe(200);
      await application.run('1');
      expect(host.output.match(/heard of .*/g)).toEqual(['heard of lost by the application']);
    });

    test('ends the process when it is of the application', async () => {
      const [ending, opened] = await started(flags);
      await opened.run('Promise.reject(new Error("typed")); 1');
      const asked = ending.ask('/orders/lost').catch(() => null);
      expect(await ending.exit()).toBe(1);
      expect(ending.output).toMatch(/Error: lost by the application\n {4}at /);
      await asked;
    });
  },
);

test('Nothing listens for rejections until something is typed, nor when the console is gone', () => {
  const usual = Object.getOwnPropertyDescriptor(process, 'emit');
  const output = new CapturedConsole();
  const catches = (): void => output.catch({ lines: [], rejected: () => {} }, () => {});
  output.start();
  expect(Object.getOwnPropertyDescriptor(process, 'emit')).toEqual(usual);
  catches();
  expect(Object.getOwnPropertyDescriptor(process, 'emit')).not.toEqual(usual);
  output.stop();
  catches();
  expect(Object.getOwnPropertyDescriptor(process, 'emit')).toEqual(usual);
});
