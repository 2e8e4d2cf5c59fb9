import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { adapters } from '../support/host.js';
import { HostProcess } from '../support/host-process.js';
import {
  causesOf,
  errorsOf,
  type ExpectedFrame,
  frameOf,
  GATES,
  JOBS,
  ownFrames,
  placeOf,
  reportOf,
} from '../support/contextual/report-reading.js';

const SELF = 'FailingJobsController { jobs: Jobs { queue: "nightly" } }';
const JOBS_SELF = 'Jobs { queue: "nightly" }';

const thrownIn = (id: string, attempt: number): ExpectedFrame => ({
  name: 'Jobs.start',
  mark: 'sync-throw',
  at: 'new Error',
  locals: { id: `"${id}"`, attempt: String(attempt), label: `"${id}#${attempt}"`, this: JOBS_SELF },
});

interface Failure {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly message: string;
  /** The innermost last. */
  readonly frames: readonly ExpectedFrame[];
}

const failures: readonly Failure[] = [
  {
    name: 'a throw',
    path: '/fail/sync/7',
    type: 'Error',
    message: 'No such job: 7#3',
    frames: [
      {
        name: 'FailingJobsController.sync',
        mark: 'sync-caller',
        at: 'start(id',
        locals: { id: '"7"', attempt: '3', this: SELF },
      },
      thrownIn('7', 3),
    ],
  },
  {
    name: 'a throw after an await',
    path: '/fail/one-await/7',
    type: 'TypeError',
    message: 'Not loaded: 2',
    frames: [
      {
        name: 'FailingJobsController.oneAwait',
        mark: 'one-await-caller',
        at: 'await this',
        locals: null,
        isAsync: true,
      },
      {
        name: 'Jobs.load',
        mark: 'one-await-throw',
        at: 'new TypeError',
        locals: { id: '"7"', before: '[ "7", "waiting" ]', after: '{ id: "7", steps: 2 }', this: JOBS_SELF },
      },
    ],
  },
  {
    name: 'a throw after several awaits',
    path: '/fail/many-awaits/7',
    type: 'RangeError',
    message: 'Too slow: 7',
    frames: [
      {
        name: 'FailingJobsController.manyAwaits',
        mark: 'many-awaits-caller',
        at: 'await this',
        locals: null,
        isAsync: true,
      },
      {
        name: 'Jobs.loadSlowly',
        mark: 'many-awaits-throw',
        at: 'new RangeError',
        locals: { id: '"7"', steps: '3', this: JOBS_SELF },
      },
    ],
  },
  {
    name: 'a rejected promise',
    path: '/fail/rejected',
    type: 'Error',
    message: 'Rejected.',
    frames: [
      {
        name: 'FailingJobsController.rejected',
        mark: 'rejected',
        at: 'new Error',
        locals: { reason: '[Error: "Rejected."]', this: SELF },
      },
    ],
  },
  {
    name: 'a throw in a getter',
    path: '/fail/getter',
    type: 'Error',
    message: 'No state: 1',
    frames: [
      {
        name: 'FailingJobsController.getter',
        mark: 'getter-caller',
        at: 'state',
        locals: { jobs: JOBS_SELF, this: SELF },
      },
      {
        name: 'get state [as state]',
        mark: 'getter-throw',
        at: 'new Error',
        locals: { known: 'Map(1) { "queue" => "nightly" }', this: JOBS_SELF },
      },
    ],
  },
  {
    name: 'a throw in a guard',
    path: '/fail/guard',
    type: 'Error',
    message: 'The guard fell over.',
    frames: [
      {
        name: 'FailingGuard.canActivate',
        file: GATES,
        mark: 'guard-throw',
        at: 'new Error',
        locals: {
          url: '"/fail/guard"',
          isWatched: 'true',
          context: expect.stringMatching(/^ExecutionContextHost \{ args: \[ /),
          this: 'FailingGuard { watched: "/fail/guard" }',
        },
      },
    ],
  },
  {
    name: 'a throw in a pipe',
    path: '/fail/pipe/break',
    type: 'Error',
    message: 'The pipe broke.',
    frames: [
      {
        name: 'FailingPipe.transform',
        file: GATES,
        mark: 'pipe-throw',
        at: 'new Error',
        locals: { value: '"break"', wanted: '"break"', this: 'FailingPipe {}' },
      },
    ],
  },
  {
    name: 'a thrown text',
    path: '/fail/string?kind=text',
    type: 'string',
    message: 'a thrown text',
    frames: [
      {
        name: 'string',
        mark: 'string-caller',
        at: 'throwText',
        locals: { words: '[ "a", "thrown", "text" ]', kind: '"text"', this: SELF },
      },
      {
        name: 'throwText',
        mark: 'string-throw',
        at: 'throw',
        locals: { text: '"a thrown text"', thrown: '"a thrown text"' },
      },
    ],
  },
  {
    name: 'a frozen error',
    path: '/fail/frozen',
    type: 'Error',
    message: 'Frozen.',
    frames: [
      {
        name: 'FailingJobsController.frozen',
        mark: 'frozen-maker',
        at: 'new Error',
        locals: { frozen: '[Error: "Frozen."]', this: SELF },
      },
    ],
  },
  {
    name: 'an error that is thrown again',
    path: '/fail/rethrown/4',
    type: 'Error',
    message: 'No such job: 4#17',
    frames: [
      {
        name: 'FailingJobsController.rethrown',
        mark: 'rethrown-caller',
        at: 'start',
        locals: { id: '"4"', later: '"not what is shown"', this: SELF },
      },
      thrownIn('4', 17),
    ],
  },
  {
    name: 'an error that was made elsewhere',
    path: '/fail/elsewhere',
    type: 'Error',
    message: 'Made elsewhere.',
    frames: [
      {
        name: 'FailingJobsController.elsewhere',
        mark: 'elsewhere-maker',
        at: 'make(',
        locals: { stored: '[Error: "Made elsewhere."]', thrownHere: 'true', this: SELF },
      },
      { name: 'Jobs.make', mark: 'made', at: 'new Error', locals: null },
    ],
  },
];

describe.each(adapters)('On %s, the contextual handler', (adapter) => {
  let host: HostProcess;
  beforeAll(async () => void (host = await HostProcess.started(adapter)));
  afterAll(() => host.stop());

  test.each(failures)(
    'tells of $name: where it was, and with which variables',
    async ({ path, type, message, frames }) => {
      const report = await reportOf(host, path);
      expect(report).toMatchObject({ code: 500, exc_type: type, exc_value: message, notice: null });
      expect(ownFrames(report).map(({ id: _id, pre_lines: _pre, post_lines: _post, ...frame }) => frame)).toEqual(
        frames.map(frameOf),
      );
      expect(report.last_frame).toEqual(ownFrames(report).at(-1));
      expect(report.exc_tb.frames.map(({ id }) => id)).toEqual([...report.exc_tb.frames.keys()]);
      expect(causesOf(report)).toEqual([]);
      expect(errorsOf(report)).toEqual([]);
    },
  );

  test.each(['one', 'two'])(
    'tells of an error that all requests share as it was thrown in this one: %s',
    async (id) => {
      const report = await reportOf(host, `/fail/shared/${id}`);
      const frame = frameOf({
        name: 'shared',
        mark: 'shared-throw',
        at: 'throw',
        locals: { id: `"${id}"`, mine: `"of ${id}"`, this: SELF },
      });
      expect(ownFrames(report)).toMatchObject([frame]);
      expect(report.last_frame).toMatchObject(frame);
    },
  );

  test('tells of a cause with its own frames and variables', async () => {
    const report = await reportOf(host, '/fail/wrapped/3');
    expect(report).toMatchObject({ exc_type: 'Error', exc_value: 'The job could not be wrapped.' });
    expect(ownFrames(report).at(-1)).toMatchObject(
      frameOf({
        name: 'Jobs.wrap',
        mark: 'wrap-throw',
        at: 'new Error',
        locals: { id: '"3"', wanted: '{ id: "3" }', reason: '[Error: "No such job: 3#7"]', this: JOBS_SELF },
      }),
    );
    const [cause, ...others] = causesOf(report);
    expect(others).toEqual([]);
    expect(cause).toMatchObject({ exc_type: 'Error', exc_value: 'No such job: 3#7' });
    expect(cause === undefined ? [] : ownFrames(cause).slice(-2)).toMatchObject([
      frameOf({
        name: 'Jobs.wrap',
        mark: 'wrap-inner',
        at: 'start(',
        locals: { id: '"3"', wanted: '{ id: "3" }', this: JOBS_SELF },
      }),
      frameOf(thrownIn('3', 7)),
    ]);
  });

  test('tells what an error carries, and a cause', async () => {
    const report = await reportOf(host, '/fail/refused');
    expect(report.exc_properties).toEqual({ query: '"INSERT INTO job"', password: '[redacted]' });
    const [cause] = causesOf(report);
    expect(cause?.exc_properties).toEqual({ code: '"23505"', detail: '"Key (id)=(7) already exists."' });
    expect(cause?.exc_value).toBe('It is [redacted] no longer.');
    for (const accept of ['text/plain', 'text/markdown', 'text/html'])
      expect((await host.ask('/fail/refused', { headers: { accept } })).body).toContain('Key (id)=(7) already exists.');
  });

  test('tells of every error of an aggregate', async () => {
    const report = await reportOf(host, '/fail/aggregate');
    expect(report).toMatchObject({ exc_type: 'AggregateError', exc_value: 'Several.' });
    const expected = { name: 'Jobs.make', mark: 'made', at: 'new Error', locals: null };
    expect(errorsOf(report).map(({ exc_value }) => exc_value)).toEqual(['first', 'second']);
    for (const error of errorsOf(report)) expect(error.last_frame).toMatchObject(frameOf(expected));
  });

  test('follows an aggregate that holds itself only so far', async () => {
    const report = await reportOf(host, '/fail/aggregate-of-itself');
    expect(report).toMatchObject({ code: 500, exc_type: 'AggregateError', exc_value: 'Itself.' });
    expect(errorsOf(report)).toHaveLength(1);
  });

  test('tells which line it was, and those around it', async () => {
    const { last_frame } = await reportOf(host, '/fail/sync/7');
    const lines = readFileSync(JOBS, 'utf8').split('\n');
    const { line } = placeOf(JOBS, 'sync-throw', 'new');
    expect(last_frame?.pre_lines).toEqual(lines.slice(line - 6, line - 1));
    expect(last_frame?.line).toBe(lines[line - 1]);
    expect(last_frame?.post_lines).toEqual(lines.slice(line, line + 5));
  });

  test('marks what is not the application’s own', async () => {
    const { exc_tb } = await reportOf(host, '/fail/sync/7');
    const hidden = exc_tb.frames.filter(({ is_hidden }) => is_hidden);
    expect(hidden.length).toBeGreaterThan(0);
    for (const { module_path, locals } of hidden) {
      expect(module_path).toMatch(/node_modules|^node:|\/src\/handlers\//);
      expect(locals).toBeNull();
    }
  });

  test('tells of the request, its parameters, its headers and its cookies', async () => {
    const { req } = await reportOf(host, '/fail/sync/a%20b?page=2&colour=red', {
      headers: { 'x-colour': 'green', cookie: 'theme=dark-with-more-contrast; size=a%20b' },
    });
    expect(req).toMatchObject({
      method: 'GET',
      path: '/fail/sync/a%20b',
      url_params: { id: 'a b' },
      headers: { 'x-colour': 'green', accept: 'application/json' },
      cookies: { theme: 'dark-with-more-contrast', size: 'a b' },
    });
    expect(req.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/fail\/sync\/a%20b\?page=2&colour=red$/);
  });

  test('tells when it was, and on what', async () => {
    const before = Date.now();
    const { server_time, node } = await reportOf(host, '/fail/sync/7');
    expect(Date.parse(server_time)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(server_time)).toBeLessThanOrEqual(Date.now());
    expect(node).toEqual({ version: process.version, platform: process.platform });
  });

  test('says in bold, once, that it is on', () => {
    const bold = host.output.split('\u001b[1m').slice(1);
    expect(bold).toHaveLength(1);
    expect(bold[0]).toMatch(/^Errors are answered with their stack, .* for development\.\u001b\[22m/);
  });
});

test.each(adapters)('On %s no frame is marked when nobody wants them folded', async (adapter) => {
  const options = { handler: 'contextual', handlerOptions: { hideInternalFrames: false } } as const;
  const host = await HostProcess.started(adapter, { options });
  try {
    const { exc_tb, last_frame } = await reportOf(host, '/fail/sync/7');
    expect(exc_tb.frames.filter(({ is_hidden }) => is_hidden)).toEqual([]);
    expect(exc_tb.frames.some(({ module_path }) => module_path.includes('node_modules'))).toBe(true);
    expect(last_frame).toMatchObject(frameOf(thrownIn('7', 3)));
  } finally {
    await host.stop();
  }
});
