import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { bodyOf, definition, type WireError, type WirePage } from '../support/wire.js';

const run = promisify(execFile);

interface RunningExample {
  readonly address: string;
  /** Everything that it has written. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

/** Starts an example that serves; its first line says where, after a greeting. */
async function start(name: string, greeting: string): Promise<RunningExample> {
  const host = spawn(process.execPath, [`dist/examples/${name}.js`], {
    env: { PATH: process.env['PATH'], PORT: '0', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [host.stdout, host.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (written += text));
  const ended = once(host, 'close');
  const [line] = (await Promise.race([once(host.stdout, 'data'), ended.then(() => [''])])) as [string];
  if (!line.startsWith(greeting)) throw new Error(`It says “${written}”.`);
  return {
    address: line.slice(greeting.length).trim(),
    output: () => written,
    async stop() {
      host.kill();
      await ended;
    },
  };
}

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
