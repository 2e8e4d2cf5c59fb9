import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { bodyOf, definition, type WireError, type WirePage } from '../support/wire.js';

const run = promisify(execFile);

describe('The example', () => {
  test('job-runner judges failed jobs', async () => {
    const { stdout } = await run(process.execPath, ['dist/examples/job-runner.js']);
    expect(stdout.trim().split('\n')).toEqual([
      '2 errors installed',
      'Bad Input (DATA): give up',
      'Out Of Memory (ALGORITHM): try again',
      'A lost database connection: try again',
    ]);
  });

  test('rest-behind-your-guard serves the catalogue to everybody and edits to staff', async () => {
    const host = spawn(process.execPath, ['dist/examples/rest-behind-your-guard.js'], {
      env: { PATH: process.env['PATH'], PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(host.stdout.setEncoding('utf8'), 'data')) as [string];
      const address = line.replace('The catalogue: ', '').trim();
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
      host.kill();
    }
  });
});
