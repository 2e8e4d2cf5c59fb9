import type {
  ContextualReport,
  ExceptionReport,
  FrameReport,
  RouteReport,
  RoutesReport,
} from '../../src/exceptions/exception-report.js';

/** Whatever might end what it stands in, act on who shows it, or be no character at all. */
export const HOSTILE =
  '</script><script>alert(1)</script> <!-- ]]> " \' & `one` ``two`` ````four```` | a || b \\| *x* _y_ # [l](javascript:1)' +
  ' \u0000\u0007\u001b[31m \u007f\u0085 \u202egnp.exe \ud800 \udfff \ufffe \u{1ffff} \r lone </textarea></pre>\n```\n# not a heading\n~~~\n- x';

/** A call, by default of the application. */
export function frame(id: number, fields: Partial<FrameReport> = {}): FrameReport {
  return {
    id,
    func_name: 'JobsService.find',
    module_name: 'jobs.service.ts',
    module_path: '/srv/scale/src/jobs/jobs.service.ts',
    lineno: 42,
    colno: 27,
    line: '    const name = job.type.name.toLowerCase();',
    pre_lines: ['  async find(id: number): Promise<JobView> {', '    const job = await this.jobs.findOneBy({ id });'],
    post_lines: ['    return { id, name };', '  }'],
    locals: { this: 'JobsService { jobs: Repository }', id: '17' },
    is_hidden: false,
    is_async: false,
    ...fields,
  };
}

/** A call of a package. */
export function foldedFrame(id: number, func_name = 'processTicksAndRejections'): FrameReport {
  return frame(id, {
    func_name,
    module_name: 'task_queues',
    module_path: 'node:internal/process/task_queues',
    lineno: 95,
    colno: 5,
    line: null,
    pre_lines: [],
    post_lines: [],
    locals: null,
    is_hidden: true,
  });
}

/** An error of the given calls, of which the last of the application’s failed. */
export function exception(frames: readonly FrameReport[], fields: Partial<ExceptionReport> = {}): ExceptionReport {
  return {
    exc_type: 'TypeError',
    exc_value: "Cannot read properties of undefined (reading 'name')",
    exc_properties: {},
    exc_tb: { frames },
    exc_tb_str:
      "TypeError: Cannot read properties of undefined (reading 'name')\n    at JobsService.find (/srv/scale/x.ts:42:27)",
    last_frame: frames.findLast(({ is_hidden }) => !is_hidden) ?? frames.at(-1) ?? null,
    exc_errors: [],
    ...fields,
  };
}

/** A report of a failed request. */
export function report(fields: Partial<ContextualReport> = {}): ContextualReport {
  return {
    ...exception([
      foldedFrame(0, 'Layer.handleRequest'),
      foldedFrame(1),
      frame(2, {
        func_name: 'JobsController.get',
        module_name: 'jobs.controller.ts',
        module_path: '/srv/scale/src/jobs/jobs.controller.ts',
        lineno: 21,
        colno: 28,
        line: '    return await this.jobs.find(id);',
        pre_lines: ["  @Get(':id')", "  async get(@Param('id', ParseIntPipe) id: number): Promise<JobView> {"],
        post_lines: ['  }'],
        locals: { this: 'JobsController { jobs: JobsService }', id: '17' },
        is_async: true,
      }),
      foldedFrame(3, 'AsyncResource.runInAsyncScope'),
      frame(4, { locals: { this: 'JobsService { jobs: Repository }', id: '17', job: JOB, name: 'undefined' } }),
    ]),
    exc_causes: [],
    req: {
      method: 'GET',
      path: '/jobs/17',
      url: '/jobs/17?full=1',
      url_params: { id: '17' },
      headers: { host: 'localhost:3000', accept: 'text/html', authorization: '[redacted]' },
      cookies: { theme: 'dark', session: '[redacted]' },
    },
    server_time: '2026-11-25T14:14:00.000Z',
    node: { version: 'v20.20.2', platform: 'linux' },
    notice: null,
    ...fields,
  };
}

const JOB = `Job {
  id: 17,
  title: 'Read the scenes of Monday',
  type: undefined,
  files: [
${Array.from({ length: 12 }, (_, index) => `    '/scenes/2026-11-23/tile-${index}.tif',`).join('\n')}
  ]
}`;

/** A report of an error that has several, which came of another. */
export function nestedReport(): ContextualReport {
  const cause = exception([foldedFrame(0), frame(1, { func_name: 'Pool.connect' })], {
    exc_type: 'ConnectionError',
    exc_value: 'connect ECONNREFUSED 127.0.0.1:5432',
  });
  const exc_errors = ['first', 'second'].map((name, id) =>
    exception([frame(id, { func_name: `${name}Attempt` })], {
      exc_type: 'TimeoutError',
      exc_value: `The ${name} attempt.`,
    }),
  );
  return report({
    exc_type: 'AggregateError',
    exc_value: 'All attempts failed.',
    exc_errors,
    exc_causes: [cause],
    notice: 'The variables were not recorded: the request ended before they could be read.',
  });
}

/** A report in which everything that can be hostile is. */
export function hostileReport(): ContextualReport {
  const hostileFrame = frame(0, {
    func_name: HOSTILE,
    module_name: HOSTILE,
    module_path: `/srv/${HOSTILE}`,
    line: HOSTILE,
    pre_lines: [HOSTILE],
    post_lines: [HOSTILE],
    colno: 3,
    locals: { [HOSTILE]: HOSTILE, ['__proto__']: HOSTILE, long: HOSTILE.repeat(20) },
    is_async: true,
  });
  const error = exception([hostileFrame, { ...hostileFrame, id: 1, is_hidden: true }], {
    exc_type: HOSTILE,
    exc_value: HOSTILE,
    exc_properties: { [HOSTILE]: HOSTILE },
    exc_tb_str: HOSTILE,
  });
  const values = { [HOSTILE]: HOSTILE };
  return report({
    ...error,
    exc_errors: [error],
    exc_causes: [error],
    req: { method: HOSTILE, path: HOSTILE, url: HOSTILE, url_params: values, headers: values, cookies: values },
    server_time: HOSTILE,
    node: { version: HOSTILE, platform: HOSTILE },
    notice: HOSTILE,
  });
}

/** A route, by default one of which nothing matched. */
export function route(method: string, path: string, fields: Partial<RouteReport> = {}): RouteReport {
  return {
    method,
    path,
    controller: 'JobsController',
    handler: 'find',
    path_matched: false,
    method_matched: false,
    slash_matched: false,
    is_nearest: false,
    ...fields,
  };
}

/** The routes that a misspelt request tried. */
export function routes(): RoutesReport {
  return {
    request: { method: 'GET', path: '/jbos/17' },
    routes: [
      route('GET', '/jobs', { method_matched: true, handler: 'list' }),
      route('GET', '/jobs/:id', { method_matched: true, is_nearest: true }),
      route('POST', '/jobs', { handler: 'create' }),
      route('DELETE', '/jbos/:id', { path_matched: true, slash_matched: true, handler: 'remove' }),
      route('GET', '/jbos/17/', { slash_matched: true, method_matched: true, controller: null, handler: null }),
    ],
  };
}
