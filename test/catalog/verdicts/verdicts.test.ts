import { open } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Verdict } from '../../../src/catalog.js';
import { matrix, type RunningApp, startApp } from '../../support/app-matrix.js';
import { bodyOf, type WireError, type WireRefusal } from '../../support/wire.js';

interface WireVerdict {
  readonly error: WireError | null;
  readonly retry: boolean;
  readonly reason: string;
}

describe.each(matrix)('POST /errors/resolve on %s and %s', (adapter, database) => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp(adapter, database);
    await app.send('PUT', '/v6/job-types/parse/errors/', {
      exit_codes: {
        1: { name: 'bad-input', category: 'DATA' },
        2: { name: 'BusyError', should_be_retried: true },
        3: { name: 'timeout', should_be_retried: true },
      },
    });
  });
  afterAll(() => app.close());

  /** Without a token. */
  const post = (body: unknown, path = '/v6/errors/resolve', headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${app.origin}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const verdictOn = async (body: unknown): Promise<[name: string | undefined, retry: boolean, reason: string]> => {
    const response = await post(body);
    expect(response.status).toBe(200);
    const { error, retry, reason } = await bodyOf<WireVerdict>(response);
    return [error?.name, retry, reason];
  };
  /** The verdict without its reason. */
  const judged = async (body: unknown): Promise<unknown[]> => (await verdictOn(body)).slice(0, 2);
  const verdictIn = async (
    failure: Parameters<typeof app.errors.resolve>[0],
  ): Promise<[string | undefined, boolean]> => {
    const { error, retry }: Verdict = await app.errors.resolve(failure);
    return [error?.name, retry];
  };

  test.each(['/v6/errors/resolve', '/v6/errors/resolve/', '/v7/errors/resolve', '/v7/errors/resolve/'])(
    '%s gives the error, whether to try again, and the reason',
    async (path) => {
      const verdict = await bodyOf<WireVerdict>(post({ job_type_name: 'parse', exit_code: 1 }, path));
      expect(Object.keys(verdict)).toEqual(['error', 'retry', 'reason']);
      expect(verdict).toMatchObject({ retry: false, reason: 'Job type “parse” maps exit code 1 to “bad-input”.' });
      expect(verdict.error).toEqual(await bodyOf(app.get(`/v6/errors/${verdict.error?.id ?? 0}/`)));
    },
  );

  test('an exit code is what its job type says, else what is registered, else unknown', async () => {
    expect(await judged({ job_type_name: 'parse', exit_code: 3 })).toEqual(['timeout', true]);
    expect(await verdictOn({ exit_code: 3 })).toEqual([
      'database-operation',
      true,
      'Exit code 3 is registered for “database-operation”.',
    ]);
    expect(await verdictOn({ job_type_name: 'parse', exit_code: 9 })).toEqual([
      'missing-file',
      false,
      'Exit code 9 is registered for “missing-file”, and job type “parse” maps it to nothing else.',
    ]);
    expect(await verdictOn({ job_type_name: 'parse', exit_code: 42 })).toEqual([
      'algorithm-unknown',
      false,
      'Exit code 42 is registered for no error, and job type “parse” maps it to nothing else.',
    ]);
    expect(await verdictOn({ job_type_name: null, exit_code: 42, exception: null })).toEqual([
      'unknown',
      true,
      'Exit code 42 is registered for no error, and no job type is given.',
    ]);
    expect(await verdictOn({ job_type_name: 'parse', exit_code: 0 })).toEqual([
      undefined,
      false,
      'Exit code 0 is success.',
    ]);
  });

  test.each([
    [{ name: 'QueryFailedError' }, 'database', /“QueryFailedError” is registered as “database”/],
    [{ name: 'QueryFailedError', code: '40P01' }, 'database-operation', /“QueryFailedError”/],
    [{ name: 'QueryFailedError', code: '23505' }, 'database', /“QueryFailedError”/],
    [{ name: 'QueryFailedError', code: 'EPIPE' }, 'database-operation', /“QueryFailedError”/],
    [{ name: 'OperationalError' }, 'database-operation', /“OperationalError”/],
    [{ name: 'Error', code: 'ENOENT', message: 'no such file' }, 'filesystem-io', /“ENOENT” is registered/],
    [{ name: 'Error', code: 'ECONNREFUSED' }, 'unknown', /“Error” is registered for no error/],
    [{ name: 'JobFailed', causes: ['StepFailed', 'IOError'] }, 'filesystem-io', /“IOError”/],
    [{ name: 'IOError', causes: ['DatabaseError'] }, 'filesystem-io', /“IOError”/],
    [{ name: 'JobFailed', causes: ['deleted-file'] }, 'deleted-file', /built-in error is called “deleted-file”/],
    [{ name: 'JobFailed', code: 7 }, 'unknown', /“JobFailed” is registered for no error/],
    [{ name: 'constructor', causes: ['__proto__', 'toString'] }, 'unknown', /no error is called like it/],
  ])('the exception %j is %s', async (exception, name, reason) => {
    expect(await verdictOn({ exception })).toEqual([name, expect.any(Boolean), expect.stringMatching(reason)]);
  });

  test('an exception may be called like an error of its job type, which goes before a built-in one', async () => {
    const ofParse = { job_type_name: 'parse' };
    expect(await verdictOn({ ...ofParse, exception: { name: 'BusyError' } })).toEqual([
      'BusyError',
      true,
      'An error of job type “parse” is called “BusyError”, as the exception or what caused it is.',
    ]);
    expect(await judged({ ...ofParse, exception: { name: 'X', causes: ['bad-input'] } })).toEqual(['bad-input', false]);
    expect(await judged({ ...ofParse, exception: { name: 'timeout' } })).toEqual(['timeout', true]);
    expect(await judged({ exception: { name: 'timeout' } })).toEqual(['timeout', false]);
    expect(await judged({ exception: { name: 'BusyError' } })).toEqual(['unknown', true]);
    expect(await judged({ ...ofParse, exception: { name: 'IOError' } })).toEqual(['filesystem-io', true]);
  });

  test('in the service judges what was thrown, with its causes', async () => {
    const missing: unknown = await open('/no/such/file').catch((error: unknown) => error);
    expect(await verdictIn({ exception: missing })).toEqual(['filesystem-io', true]);
    expect(await verdictIn({ exception: new Error('step', { cause: missing }) })).toEqual(['filesystem-io', true]);
    const refused: unknown = await app.dataSource.query('SELECT nothing FROM nowhere').catch((error: unknown) => error);
    expect(await verdictIn({ exception: refused })).toEqual(['database', true]);
    const busy = Object.assign(new Error('busy'), { name: 'BusyError' });
    expect(await verdictIn({ exception: new Error('x', { cause: busy }), jobTypeName: 'parse' })).toEqual([
      'BusyError',
      true,
    ]);
    expect(await verdictIn({ exception: 'IOError' })).toEqual(['filesystem-io', true]);
    expect(await verdictIn({ exception: 7 })).toEqual(['unknown', true]);
    const itself: { cause?: unknown } = new Error('itself');
    itself.cause = itself;
    expect(await verdictIn({ exception: itself, jobTypeName: 'parse' })).toEqual(['unknown', true]);
    expect(app.errors.getErrorByException(missing)).toMatchObject({ exitCode: 4, cause: missing });
    expect(app.errors.getErrorByException('nobody')).toBeNull();
  });

  test('in the service looks exit codes up in memory', () => {
    expect(app.errors.getErrorByExitCode(3)).toBe(app.errors.getBuiltinError('database-operation'));
    for (const code of [0, 1, 42, 255, 256, -1, 1.5, NaN]) expect(app.errors.getErrorByExitCode(code)).toBeNull();
  });

  test('obeys an edit at once', async () => {
    const { id } = app.errors.getBuiltinError('missing-mount');
    await app.send('PATCH', `/v6/errors/${id}/`, { should_be_retried: true });
    expect(await judged({ exit_code: 10 })).toEqual(['missing-mount', true]);
  });

  test.each<[unknown, string[] | undefined]>([
    [{}, undefined],
    [{ job_type_name: 'parse' }, undefined],
    [{ exit_code: null, exception: null }, undefined],
    [{ exit_code: 1, exception: { name: 'X' } }, undefined],
    [{ exit_code: 256 }, ['#/exit_code']],
    [{ exit_code: -1 }, ['#/exit_code']],
    [{ exit_code: '3' }, ['#/exit_code']],
    [{ exit_code: 3.5 }, ['#/exit_code']],
    [{ job_type_name: '', exit_code: 3 }, ['#/job_type_name']],
    [{ job_type_name: 'a\0', exit_code: 3 }, ['#/job_type_name']],
    [{ exit_code: 3, colour: 'blue' }, ['#/colour']],
    [{ exception: 'Error' }, ['#/exception']],
    [{ exception: [] }, ['#/exception']],
    [{ exception: {} }, ['#/exception/name']],
    [
      { exception: { name: ' ', message: 7, code: {}, causes: ['x', 7], stack: 'x' } },
      ['#/exception/stack', '#/exception/name', '#/exception/message', '#/exception/code', '#/exception/causes'],
    ],
    [{ exception: { name: 'X', causes: Array(101).fill('y') } }, ['#/exception/causes']],
  ])('%j is refused', async (body, pointers) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    const { detail, errors } = await bodyOf<WireRefusal>(response);
    expect(errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(detail).toBeTruthy();
  });

  test.each(['[]', '"x"', 'null', '{', ''])('the body %s is refused', async (body) => {
    expect((await post(body)).status).toBe(400);
  });

  test('another content type is refused', async () => {
    expect((await post('exit_code=3', undefined, { 'Content-Type': 'text/plain' })).status).toBe(415);
  });

  test('what cannot be stored is looked for in vain', async () => {
    const names = ['a\0b', '\ud800', 'x'.repeat(10_000)];
    for (const name of names) {
      expect(await judged({ job_type_name: 'parse', exception: { name, causes: names } })).toEqual(['unknown', true]);
    }
  });

  test('is no id: GET is 404', async () => {
    for (const path of ['/v6/errors/resolve', '/v7/errors/resolve/']) expect((await app.get(path)).status).toBe(404);
  });
});
