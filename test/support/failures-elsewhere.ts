import { expect } from '@jest/globals';
import { NotFoundException } from '@nestjs/common';
import { Locked, MethodNotAllowed, NotFound, ServiceUnavailable } from '../../src/index.js';
import { refuse, withGetter } from './hostile-objects.js';
import { assertProblem } from './problem-schema.js';
import type { RecordedLog } from './recorded-log.js';

/** What an error that nobody made for a client would tell. */
export const SECRET = 'SELECT pin FROM accounts';

/** An error as it is thrown where there is no HTTP, and what its client and the log are told. */
export interface FailureElsewhere {
  readonly name: string;
  readonly make: () => unknown;
  readonly problem: Readonly<Record<string, unknown>>;
  readonly logged: 'error' | 'debug';
  /** Whether the log can have a stack. */
  readonly hasStack?: boolean;
  /** Whether not even the log can look at it. */
  readonly isOpaque?: boolean;
}

/** Errors that come as a problem. */
export const failuresElsewhere: readonly FailureElsewhere[] = [
  {
    name: 'an error of ours',
    make: () => new Locked('It is held.', { errorType: 'held', cause: new Error(SECRET) }),
    problem: { type: 'about:blank', title: 'Locked', status: 423, detail: 'It is held.', error_type: 'held' },
    logged: 'debug',
  },
  {
    name: 'an error of ours that lists what is wrong',
    make: () => new MethodNotAllowed(['GET'], { any: 1n }, { errors: [{ pointer: '#/a', detail: 'Wrong.' }] }),
    problem: { status: 405, detail_data: { any: '1' }, errors: [{ pointer: '#/a', detail: 'Wrong.' }] },
    logged: 'debug',
  },
  {
    name: 'an error of ours that is the server’s',
    make: () => new ServiceUnavailable('Come back at noon.', { cause: new Error(SECRET) }),
    problem: { title: 'Service Unavailable', status: 503, detail: 'Come back at noon.' },
    logged: 'error',
    hasStack: true,
  },
  {
    name: 'an exception of Nest’s',
    make: () => new NotFoundException('No such job.'),
    problem: { title: 'Not Found', status: 404, detail: 'No such job.', message: 'Not found' },
    logged: 'debug',
  },
  ...[
    { name: 'an error that nobody made for a client', make: () => new TypeError(SECRET), hasStack: true },
    { name: 'a text', make: () => SECRET },
    {
      name: 'an error that refuses to be looked at',
      make: () => new Proxy(new Error(SECRET), { get: refuse }),
      isOpaque: true,
    },
    {
      name: 'an error of ours that refuses to be shown',
      isOpaque: true,
      make: () =>
        withGetter(new NotFound(), 'detail', () => {
          throw new Error(SECRET);
        }),
    },
  ].map((failure) => ({
    ...failure,
    problem: { title: 'Internal Server Error', status: 500, message: 'Internal server error' },
    logged: 'error' as const,
  })),
];

/** Throws the error of a name. */
export function failWith(name: string): never {
  throw failuresElsewhere.find((failure) => failure.name === name)?.make();
}

/** What a client was told has to be the problem and no more; the log has the rest, once. */
export function checkTold(told: unknown, failure: FailureElsewhere | undefined, log: RecordedLog): void {
  expect(JSON.stringify(told)).not.toMatch(/SELECT|node_modules|\.[jt]s\b|\\n/);
  assertProblem(told);
  expect(told).toMatchObject(failure?.problem ?? {});
  const calls = log.take();
  expect(calls.map(({ level }) => level)).toEqual([failure?.logged]);
  if (failure?.logged !== 'error') return;
  const text = calls[0]?.text ?? '';
  expect(text).toContain(String(told['instance']).replace('urn:uuid:', ''));
  if (failure.isOpaque !== true) expect(text).toContain(SECRET);
  if (failure.hasStack === true) expect(text).toMatch(/failures-elsewhere/);
}
