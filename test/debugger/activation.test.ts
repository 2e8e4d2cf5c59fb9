import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { DebuggedPlace } from '../support/debugged-process.js';
import { startHost } from '../support/host.js';

const PROGRAM = resolve('dist/test/support/debugged-process.js');
const run = promisify(execFile);

/** What both ways of importing the module come to in each place, and what listens afterwards. */
async function setUp(places: readonly DebuggedPlace[], ...worker: 'worker'[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, [PROGRAM, JSON.stringify(places), ...worker], {
    env: { PATH: process.env['PATH'] },
  });
  return JSON.parse(stdout);
}

const allowed = { outcomes: ['set up', 'set up'], listening: [] };
const refused = (reason: string): typeof allowed => {
  const message = expect.stringContaining(`the debug handler was not started: ${reason}`) as unknown as string;
  return { outcomes: [message, message], listening: [] };
};

const allowWithoutNodeEnv = true;

describe('The debug handler', () => {
  test('is set up where somebody says that this is development', async () => {
    const places: DebuggedPlace[] = [
      { variables: { NODE_ENV: 'development' } },
      { variables: { NODE_ENV: 'test' } },
      { variables: {}, options: { allowWithoutNodeEnv } },
      { variables: { NODE_ENV: '' }, options: { allowWithoutNodeEnv } },
      { variables: { NODE_ENV: 'development', DYNO: '' } },
    ];
    expect(await setUp(places)).toEqual(places.map(() => allowed));
  });

  test('is never set up in production, however it is written and whatever is allowed', async () => {
    const places = ['production', 'Production', ' production '].flatMap((NODE_ENV): DebuggedPlace[] => [
      { variables: { NODE_ENV } },
      { variables: { NODE_ENV }, options: { allowWithoutNodeEnv } },
      { variables: { NODE_ENV }, options: { console: true } },
    ]);
    expect(await setUp(places)).toEqual(places.map(() => refused('NODE_ENV is “production”.')));
  });

  test('is not set up where nobody says what this is', async () => {
    const places: DebuggedPlace[] = [
      { variables: {} },
      { variables: {}, options: { allowWithoutNodeEnv: false } },
      { variables: {}, options: { console: true } },
      { variables: { NODE_ENV: '' } },
      { variables: { NODE_ENV: ' ' } },
    ];
    expect(await setUp(places)).toEqual(places.map(() => refused('NODE_ENV is not set; set it to “development”')));
  });

  test('is not set up on a hosting platform, in development neither', async () => {
    const markers = Object.entries({
      KUBERNETES_SERVICE_HOST: '10.0.0.1',
      AWS_LAMBDA_FUNCTION_NAME: 'jobs',
      K_SERVICE: 'jobs',
      DYNO: 'web.1',
      VERCEL: '1',
      FLY_APP_NAME: 'jobs',
      RENDER: 'true',
      RAILWAY_ENVIRONMENT: 'production',
      WEBSITE_SITE_NAME: 'jobs',
      NETLIFY: 'true',
    });
    const places = markers.flatMap(([name, value]): DebuggedPlace[] => [
      { variables: { NODE_ENV: 'development', [name]: value } },
      { variables: { [name]: value }, options: { allowWithoutNodeEnv, console: true } },
    ]);
    const reasons = markers.map(([name]) => refused(`the variable ${name} says that this is a hosting platform.`));
    expect(await setUp(places)).toEqual(reasons.flatMap((reason) => [reason, reason]));
  });

  test('is not set up in the worker of a cluster', async () => {
    const places = [{ variables: { NODE_ENV: 'development' } }];
    expect(await setUp(places, 'worker')).toEqual([refused('this is a worker of a cluster')]);
  });

  test('stops the start of an application where it is refused', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      await expect(startHost('express', { options: { handler: 'debug' } })).rejects.toThrow(
        'NODE_ENV is “production”.',
      );
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });
});
