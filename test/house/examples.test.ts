import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { ConsoleClient } from '../support/console-client.js';
import { bodyOf, definition, type WireError, type WirePage } from '../support/wire.js';

const run = promisify(execFile);

interface RunningExample {
  readonly address: string;
  /** Everything that it has written. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

/** Starts an example that serves; it says where in a line that begins with a greeting. */
async function start(name: string, greeting: string, ...words: readonly string[]): Promise<RunningExample> {
  const host = spawn(process.execPath, [`dist/examples/${name}.js`, ...words], {
    env: { PATH: process.env['PATH'], PORT: '0', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [host.stdout, host.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (written += text));
  const ended = once(host, 'close');
  const greeted = (): string | undefined =>
    written
      .split('\n')
      .slice(0, -1)
      .find((line) => line.startsWith(greeting));
  while (greeted() === undefined) {
    if (host.exitCode !== null || host.signalCode !== null) throw new Error(`It ended and says “${written}”.`);
    await Promise.race([once(host.stdout, 'data'), ended]);
  }
  return {
    address: greeted()?.slice(greeting.length) ?? '',
    output: () => written,
    async stop() {
      host.kill();
      await ended;
    },
  };
}

/** The ways in which `ways-to-fail` fails for reasons of its own, each with what is thrown. */
const WAYS: readonly (readonly [way: string, type: string, value: RegExp])[] = [
  ['controller', 'Error', /^None of apples, pears is there\.$/],
  ['service', 'Error', /^There is no order 8\.$/],
  ['guard', 'Error', /^The guard of guard fell asleep\.$/],
  ['interceptor', 'Error', /^The interceptor of http has no object\.$/],
  ['pipe/7', 'TypeError', /^The pipe cannot take “7”\.$/],
  ['middleware', 'Error', /^The middleware does not like GET\.$/],
  ['rejected', 'Error', /^It was rejected and never thrown\.$/],
  ['await', 'Error', /^The carrier of apples does not answer\.$/],
  ['cause', 'Error', /^Order 7 is not billed\.$/],
  ['aggregate', 'AggregateError', /^2 of 2 failed\.$/],
  ['string', 'string', /^a text in place of an error$/],
  ['recursion', 'RangeError', /^Maximum call stack size exceeded$/],
  ['timeout', 'AbortError', /^The operation was aborted$/],
  ['loop', 'Error', /^Nothing came of \d+ rounds\.$/],
  ['closure', 'RangeError', /^Nobody set a price for plums\.$/],
  ['private', 'Error', /^No discount of 10 % on apples\.$/],
];

describe('The example', () => {
  test('log-kept keeps what is logged', async () => {
    const { stdout } = await run(process.execPath, ['dist/examples/log-kept.js']);
    expect(stdout).toContain('Few are left.');
    expect(stdout).toContain('3 of 3 records are stored.');
  });

  test('job-runner judges failed jobs', async () => {
    const { stdout } = await run(process.execPath, ['dist/examples/job-runner.js']);
    expect(stdout.trim().split('\n')).toEqual([
      '2 errors installed',
      'Bad Input (DATA): give up',
      'Out Of Memory (ALGORITHM): try again',
      'A lost database connection: try again',
    ]);
  });

  test('nightly-report ends with the exit code of what went wrong', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'errata-report-'));
    const report = join(directory, 'report.csv');
    const end = async (path: string): Promise<{ readonly code: number | null; readonly said: string }> => {
      const child = spawn(process.execPath, ['dist/examples/nightly-report.js', path], {
        env: { PATH: process.env['PATH'], NO_COLOR: '1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (said += text));
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, said };
    };
    try {
      await writeFile(report, '1,2\n3');
      expect(await end(report)).toEqual({ code: 0, said: 'The sum is 6.\nEverything is closed.\n' });
      await writeFile(report, '1,two');
      const bad = await end(report);
      expect([bad.code, bad.said]).toEqual([
        40,
        expect.stringContaining('The report cannot be used: “two” is no number.'),
      ]);
      const missing = await end(join(directory, 'missing.csv'));
      expect([missing.code, missing.said]).toEqual([4, expect.stringContaining('filesystem-io (exit code 4): ')]);
      expect(missing.said).toContain('Everything is closed.');
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test('errors-answered answers each in its way, and keeps what is for the log', async () => {
    const { address, output, stop } = await start('errors-answered', 'Errors are answered at ');
    try {
      const refusalOf = async (path: string, init: RequestInit = {}): Promise<Record<string, unknown>> => {
        const response = await fetch(`${address}${path}`, init);
        expect(response.headers.get('content-type')).toBe('application/problem+json');
        const problem = await bodyOf<Record<string, unknown>>(response);
        expect(problem['status']).toBe(response.status);
        return problem;
      };
      const post = (body: object): RequestInit => ({
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(await refusalOf('7')).toMatchObject({
        type: 'https://errors.example/no-such-job',
        status: 404,
        detail: 'There is no job 7.',
      });
      expect(await refusalOf('', post({ title: 'Paint', priority: 1 }))).toMatchObject({
        status: 409,
        detail: 'There is a job “Paint” already.',
      });
      expect(await refusalOf('', post({ title: 7, priority: 10 }))).toMatchObject({
        status: 400,
        errors: [
          { pointer: '#/title', detail: 'A job has a title.' },
          { pointer: '#/priority', detail: 'The highest priority is 9.' },
        ],
      });
      const uncaught = await refusalOf('7/log');
      expect(uncaught).toMatchObject({ status: 500, title: 'Internal Server Error' });
      expect(JSON.stringify(uncaught)).not.toContain('ECONNREFUSED');

      const wrongMethod = await fetch(`${address}7`, { method: 'DELETE', headers: { Accept: 'text/plain' } });
      expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
      expect(await wrongMethod.text()).toMatch(/^405 - Method not allowed\n/);
      const invoice = await fetch(`${address}7/invoice`, { headers: { Accept: 'application/json' } });
      expect([invoice.status, invoice.headers.get('retry-after')]).toEqual([503, '600']);
      expect(await bodyOf(invoice)).toMatchObject({ code: 503, detail: 'The office is closed.' });
    } finally {
      await stop();
    }
    // The log has both, each once.
    expect(output().match(/ECONNREFUSED 10\.0\.0\.7:5432/g)).toHaveLength(1);
    expect(output().match(/The printer is on fire\./g)).toHaveLength(1);
    expect(output()).not.toContain('no job 7');
  });

  test.each(['debug', 'contextual', 'default'])(
    'ways-to-fail fails in every way, with the handler %s',
    async (handler) => {
      const { address, stop } = await start('ways-to-fail', 'Ways to fail: ', handler);
      try {
        for (const [way, type, value] of WAYS) {
          const answer = await fetch(address + way, { headers: { Accept: 'application/json' } });
          const problem = await bodyOf<Record<string, unknown>>(answer);
          expect([way, answer.status]).toEqual([way, 500]);
          if (handler === 'default') expect(Object.keys(problem)).toEqual(['code', 'message', 'detail', 'error_type']);
          else expect(problem).toMatchObject({ exc_type: type, exc_value: expect.stringMatching(value) as unknown });
        }
        expect((await fetch(`${address}missing`)).status).toBe(404);
        expect((await fetch(`${address}nowhere`)).status).toBe(404);
        expect((await fetch(`${address}controller`, { method: 'DELETE' })).status).toBe(405);
        expect((await fetch(`${address}returned`)).status).toBe(409);
        const invalid = await fetch(`${address}validation`, { method: 'POST' });
        expect([invalid.status, await bodyOf(invalid)]).toMatchObject([
          400,
          { errors: [{ pointer: '#/item' }, {}, {}] },
        ]);
      } finally {
        await stop();
      }
    },
  );

  test('ways-to-fail has consoles in what failed, and one without an error', async () => {
    const { address, output, stop } = await start('ways-to-fail', 'Ways to fail: ');
    try {
      const look = async (way: string, call: string, input: string): Promise<string> => {
        const page = await (await fetch(address + way, { headers: { Accept: 'text/html' } })).text();
        return (await ConsoleClient.inCall(page, call, output())).read(input);
      };
      expect(await look('private', 'Orders.discount', 'this.#secretDiscount')).toBe('0.1');
      expect(await look('closure', 'WaysToFailController.price', 'rates')).toBe('Map(1) { "apples" => 8 }');
      expect(await look('await', 'Orders.ship', 'carrier')).toBe('"The carrier of apples"');
      expect(await look('cause', 'Orders.ship', 'order.amount')).toBe('4');
      expect(await look('string', 'string', 'thrown')).toBe('"a text in place of an error"');
      expect(await look('middleware', 'fail', 'request.method')).toBe('"GET"');
      const application = await ConsoleClient.ofApplication(output());
      expect(await application.read('get(Orders).find(7).item')).toBe('"apples"');
      expect(await application.read("get('PRICING')({ item: 'apples', amount: 2 })")).toBe('16');
    } finally {
      await stop();
    }
  });

  test('rest-behind-your-guard serves the catalogue to everybody and edits to staff', async () => {
    const { address, stop } = await start('rest-behind-your-guard', 'The catalogue: ');
    try {
      expect((await bodyOf<WirePage>(fetch(address))).count).toBe(26);
      const post = (role: string): Promise<Response> =>
        fetch(address, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-Role': role },
          body: JSON.stringify(definition()),
        });
      expect((await post('guest')).status).toBe(403);
      const created = await post('staff');
      expect(created.status).toBe(201);
      expect(created.headers.get('location')).toBe(`${address}${(await bodyOf<WireError>(created)).id}/`);
    } finally {
      await stop();
    }
  });
});
