import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TOKEN } from '../support/app-matrix.js';
import { createDatabase, type TestDatabase } from '../support/databases.js';
import { ServiceProcess } from '../support/service-process.js';

interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly complaints: string;
}

/** Runs a command with nothing of this process’s environment but what it needs. */
async function run(
  command: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Outcome> {
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'], NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, complaints };
}

describe('A shell that runs a program', () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  let origin: string;
  let directory: string;

  beforeAll(async () => {
    await run('curl', ['--version']).catch((error: unknown) => {
      throw new Error('curl is not installed, so the shell example cannot be shown to work. Install it.', {
        cause: error,
      });
    });
    directory = mkdtempSync(join(tmpdir(), 'errata-scenes-'));
    writeFileSync(join(directory, 'here.json'), '{"georeference": "47.37 N, 8.54 E"}');
    writeFileSync(join(directory, 'nowhere.json'), '{}');
    database = await createDatabase('sqlite');
    service = new ServiceProcess(database.environment);
    origin = await service.origin();
    const response = await fetch(`${origin}/v6/job-types/parse-scene/errors/`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ exit_codes: { 11: { name: 'bad-input', title: 'Bad Input', category: 'DATA' } } }),
    });
    expect(response.status).toBe(200);
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
    rmSync(directory, { recursive: true });
  });

  const judge = (...command: string[]): Promise<Outcome> =>
    run('sh', ['examples/judge-exit-code.sh', 'parse-scene', ...command], { ERRATA: origin });
  const parse = (file: string): Promise<Outcome> =>
    judge(process.execPath, 'dist/examples/parse-scene.js', join(directory, file));

  test('has nothing to ask when it succeeds', async () => {
    const { code, output, complaints } = await parse('here.json');
    expect([code, output]).toEqual([0, '']);
    expect(complaints).toContain('47.37 N');
  });

  test('hears that an error of the job type is not worth another try', async () => {
    const { code, output, complaints } = await parse('nowhere.json');
    expect(code).toBe(11);
    expect(complaints).toMatch(/nowhere\.json has no georeference\./);
    expect(JSON.parse(output)).toMatchObject({
      error: { name: 'bad-input', title: 'Bad Input', category: 'DATA', job_type_name: 'parse-scene' },
      retry: false,
      reason: 'Job type “parse-scene” maps exit code 11 to “bad-input”.',
    });
  });

  test('hears that a missing file is an error of the file system, and worth one', async () => {
    const { code, output } = await parse('gone.json');
    expect(code).toBe(4);
    expect(JSON.parse(output)).toMatchObject({ error: { name: 'filesystem-io', is_builtin: true }, retry: true });
  });

  test('hears that nobody knows why it was killed', async () => {
    const { code, output } = await judge('sh', '-c', 'kill -9 $$');
    expect(code).toBe(137);
    expect(JSON.parse(output)).toMatchObject({ error: { name: 'algorithm-unknown' }, retry: false });
  });

  test('says so when there is no verdict to be had, and ends as the program did', async () => {
    const { code, output, complaints } = await run(
      'sh',
      ['examples/judge-exit-code.sh', 'parse-scene', 'sh', '-c', 'exit 7'],
      { ERRATA: 'http://127.0.0.1:1' },
    );
    expect([code, output]).toEqual([7, '']);
    expect(complaints).toMatch(/No verdict on exit code 7/);
    expect((await run('sh', ['examples/judge-exit-code.sh', 'a"b', 'true'])).code).toBe(2);
  });
});
