import { describe, expect, test } from '@jest/globals';
import { reportText, routesText } from '../../src/rendering/report/report-text.js';
import {
  exception,
  foldedFrame,
  frame,
  HOSTILE,
  hostileReport,
  nestedReport,
  report,
  routes,
} from '../support/reports.js';

const CONTROLS = /(?!\n)[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/u;

describe('As a text a report', () => {
  test('has the outermost call first, the failing line last, and then the error', () => {
    const text = reportText(
      report({
        ...exception([foldedFrame(0), foldedFrame(1), frame(2, { is_async: true }), frame(3)]),
        exc_causes: [],
      }),
    );
    expect(text.split('\n').slice(0, 3)).toEqual([
      'Calls, the outermost first:',
      '  … 2 frames of packages and Node',
      '  JobsService.find (/srv/scale/src/jobs/jobs.service.ts:42:27), at an await',
    ]);
    expect(text).toContain(
      `  JobsService.find (/srv/scale/src/jobs/jobs.service.ts:42:27)\n    const name = job.type.name.toLowerCase();\n`,
    );
    expect(text).toContain(
      "      id = 17\nTypeError: Cannot read properties of undefined (reading 'name')\n\nRequest: GET /jobs/17?full=1\n",
    );
  });

  test('has what the error carries below it', () => {
    const text = reportText(report({ exc_properties: { code: '"23505"', driver: 'Pool {\n  size: 1\n}' } }));
    expect(text).toContain('(reading \'name\')\n  code = "23505"\n  driver = Pool {\n      size: 1\n    }\n\nRequest:');
  });

  test('points at the name in the line', () => {
    const lines = reportText(report()).split('\n');
    const index = lines.indexOf('    const name = job.type.name.toLowerCase();');
    expect(lines[index + 1]).toBe('                          ^^^^');
  });

  test('indents values of several lines', () => {
    const job = 'Job {\n  id: 17\n}';
    const text = reportText(report(exception([frame(0, { locals: { job } })])));
    expect(text).toContain('      job = Job {\n          id: 17\n        }\n');
  });

  test('has its exc_causes, the errors in it and the notice', () => {
    const text = reportText(nestedReport());
    expect(text).toContain(
      'Caused by:\n\nCalls, the outermost first:\n  … 1 frame of packages and Node\n  Pool.connect',
    );
    expect(text).toContain('\n  Error 2 of 2:\n\n    Calls, the outermost first:\n      secondAttempt (');
    expect(text).toMatch(/\nThe variables were not recorded: [^\n]+\n$/);
  });

  test('has the request and where it was answered', () => {
    expect(reportText(report())).toContain(
      [
        'Request: GET /jobs/17?full=1',
        '  Parameters',
        '    id: 17',
        '  Headers',
        '    host: localhost:3000',
        '    accept: text/html',
        '    authorization: [redacted]',
        '  Cookies',
        '    theme: dark',
        '    session: [redacted]',
        '',
        'Node v20.20.2 on linux, 2026-11-25T14:14:00.000Z',
        '',
      ].join('\n'),
    );
  });

  test('shows the failing call even where all are of packages, and the stack where there are none', () => {
    expect(reportText(report(exception([foldedFrame(0), foldedFrame(1, 'last')])))).toContain(
      '  … 1 frame of packages and Node\n  last (node:internal/process/task_queues:95:5)\nTypeError',
    );
    expect(reportText(report(exception([], { exc_tb_str: 'the stack' })))).toMatch(/^the stack\n\nRequest/);
  });

  test('holds nothing that would act on a terminal', () => {
    const text = reportText(hostileReport());
    expect(CONTROLS.test(HOSTILE)).toBe(true);
    expect(text).not.toMatch(CONTROLS);
    expect(text).toContain('␀␇␛[31m ␡⟨U+0085⟩ ⟨U+202E⟩gnp.exe � � ⟨U+FFFE⟩ ⟨U+1FFFF⟩ ␍ lone');
  });

  test('cuts a line of a minified file around the call', () => {
    const line = `${'a'.repeat(5000)};boom();${'b'.repeat(5000)}`;
    const text = reportText(report(exception([frame(0, { line, colno: 5002, locals: null })])));
    const [, , shown = '', pointer = ''] = text.split('\n');
    expect(shown.length).toBeLessThan(450);
    expect(shown.slice(pointer.indexOf('^')).slice(0, 4)).toBe('boom');
  });
});

describe('As a text routes', () => {
  test('are a table that says how far each matched', () => {
    expect(routesText(routes())).toBe(`GET /jbos/17: no route answers.

  METHOD  PATH       HANDLER                MATCHED
  GET     /jobs      JobsController.list    method only
  GET     /jobs/:id  JobsController.find    method only   ← did you mean
  POST    /jobs      JobsController.create  nothing
  DELETE  /jbos/:id  JobsController.remove  path, not the method
  GET     /jbos/17/  —                      all but the last slash
`);
  });

  test('may be none', () => {
    expect(routesText({ request: { method: 'GET', path: HOSTILE }, routes: [] })).toMatch(
      /^GET <[^\n]+: no route answers\.\n\n {2}The application has no routes\.\n$/,
    );
  });
});
