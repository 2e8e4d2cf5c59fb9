import { describe, expect, test } from '@jest/globals';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { reportMarkdown } from '../../src/rendering/report/report-markdown.js';
import { reportPage, reportPolicy, routesPage } from '../../src/rendering/report/report-page.js';
import {
  foldedFrame,
  exception,
  frame,
  HOSTILE,
  hostileReport,
  nestedReport,
  report,
  route,
  routes,
} from '../support/reports.js';

type Node = DefaultTreeAdapterMap['node'];

interface Found {
  readonly name: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';

/** Every element of a page, by a real HTML parser, which has nothing to mend. */
function elements(page: string): Found[] {
  const mended: string[] = [];
  const document = parse(page, { onParseError: ({ code }) => mended.push(code) });
  expect(mended).toEqual([]);
  const visit = (node: Node): Found[] => [
    ...('tagName' in node
      ? [
          {
            name: node.tagName,
            text: textOf(node),
            attributes: Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])),
          },
        ]
      : []),
    ...('childNodes' in node ? node.childNodes.flatMap(visit) : []),
  ];
  return visit(document);
}

const problem = { type: 'about:blank', status: 500, instance: 'urn:uuid:0f5c' };
const shown = { title: '500 - Internal server error', heading: '500 - Internal server error', problem, nonce: 'n0nce' };

const pageOf = (of: Parameters<typeof reportPage>[0]['report'], markdown = '# Report\n'): string =>
  reportPage({ ...shown, report: of, markdown });

describe('The page of a report', () => {
  test('has the type of the error and its message as heading', () => {
    const found = elements(pageOf(report()));
    expect(found.find(({ name }) => name === 'title')?.text).toBe('500 - Internal server error');
    expect(found.filter(({ name }) => name === 'h1').map(({ text }) => text)).toEqual([
      "TypeError Cannot read properties of undefined (reading 'name')",
    ]);
  });

  test('has the failing call first, its line marked, and folds away what is not of the application', () => {
    const found = elements(pageOf(report()));
    const calls = found.filter(({ attributes }) => /^(call|folded)\b/.test(attributes['class'] ?? ''));
    expect(calls.filter(({ name }) => name === 'li').map(({ attributes }) => attributes['class'])).toEqual([
      'call failing',
      'folded',
      'call quiet',
      'call',
      'folded',
      'call quiet',
      'call quiet',
    ]);
    const called = found.find(({ attributes }) => attributes['class'] === 'row called');
    expect(called?.text).toBe('  const name = job.type.name.toLowerCase();\n');
    expect(called?.attributes['data-number']).toBe('42');
    expect(found.find(({ name }) => name === 'mark')?.text).toBe('name');
    const details = found.filter(({ name }) => name === 'details');
    expect(details.map(({ attributes }) => 'open' in attributes)).toEqual([true, false, true, false, false, false]);
    expect(found.filter(({ name }) => name === 'summary').map(({ text }) => text)).toEqual([
      'JobsService.find failed here jobs.service.ts:42',
      '1 frame of packages and Node',
      'JobsController.get at an await jobs.controller.ts:21',
      '2 frames of packages and Node',
      'The stack',
      'The report as Markdown',
    ]);
  });

  test('has the variables, the request and the environment', () => {
    const found = elements(pageOf(report()));
    const cells = found.filter(({ name, attributes }) => name === 'td' || attributes['scope'] === 'row');
    const texts = cells.map(({ text }) => text);
    expect(texts.slice(0, 4)).toEqual(['this', 'JobsService { jobs: Repository }', 'id', '17']);
    for (const text of ['authorization', '[redacted]', 'theme', 'dark']) expect(texts).toContain(text);
    expect(found.find(({ name }) => name === 'footer')?.text).toBe(
      'Node v20.20.2 on linux 2026-11-25T14:14:00.000Z Occurrence 0f5c',
    );
  });

  test('has exc_causes and errors under headings in their order', () => {
    const found = elements(pageOf(nestedReport()));
    const headings = found.filter(({ name }) => /^h\d$/.test(name)).map(({ name, text }) => `${name} ${text}`);
    expect(headings.map((heading) => heading.split(' ').slice(0, 3).join(' '))).toEqual([
      'h1 AggregateError All',
      'h2 Calls the',
      'h3 Error 1',
      'h3 Error 2',
      'h2 Caused by',
      'h2 Request',
      'h2 Plain texts',
      'h2 Keys',
    ]);
    expect(found.find(({ attributes }) => attributes['role'] === 'note')?.text).toMatch(/^The variables were not/);
  });

  test('gives an address to editors for files alone', () => {
    const places = [
      '/srv/a.ts',
      'C:\\srv\\a.ts',
      'file:///srv/a%20b.ts',
      'node:fs',
      'https://x.example/a.js',
      'javascript:1',
    ];
    const of = exception(places.map((module_path, id) => frame(id, { module_path })));
    const links = elements(pageOf(report(of))).filter(({ name }) => name === 'a');
    expect(links.flatMap(({ attributes }) => attributes['data-path'] ?? []).reverse()).toEqual([
      '/srv/a.ts',
      'C:\\srv\\a.ts',
      '/srv/a b.ts',
    ]);
    expect(links.filter(({ attributes }) => 'href' in attributes).map(({ text }) => text)).toEqual([
      'Skip to the calls',
    ]);
  });

  test('is whole without calls, without source and without variables', () => {
    expect(pageOf(report(exception([])))).toContain('<pre class="stack">TypeError');
    expect(pageOf(report(exception([], { exc_tb_str: '' })))).toContain('The calls are not known.');
    expect(elements(pageOf(report(exception([foldedFrame(0)])))).map(({ text }) => text)).toContain(
      'The source is not to be had.',
    );
    const bare = elements(pageOf(report(exception([frame(0, { locals: {}, lineno: null, colno: null })]))));
    expect(bare.map(({ text }) => text)).toContain('No variables.');
  });

  test('shows hostile values as texts', () => {
    const markdown = reportMarkdown(hostileReport(), HOSTILE);
    const text = { title: HOSTILE, heading: HOSTILE, problem: { detail: HOSTILE }, nonce: 'n0nce' };
    const found = elements(reportPage({ ...text, report: hostileReport(), markdown }));
    const scripts = found.filter(({ name }) => name === 'script');
    expect(scripts.map(({ attributes }) => attributes)).toEqual([
      { type: 'application/problem+json' },
      { nonce: 'n0nce' },
    ]);
    expect(JSON.parse(scripts[0]?.text ?? '')).toEqual({ detail: HOSTILE });
    expect(found.find(({ name }) => name === 'textarea')?.text).toBe(markdown);
    expect(found.filter(({ attributes }) => Object.keys(attributes).some((name) => /^on|^style$/.test(name)))).toEqual(
      [],
    );
    expect(found.filter(({ attributes }) => 'src' in attributes || /^(?!#)/.test(attributes['href'] ?? '#'))).toEqual(
      [],
    );
    expect(found.find(({ attributes }) => attributes['class'] === 'value')?.text).toContain(
      '</script><script>alert(1)</script> <!--',
    );
  });

  test('has the same script whatever it reports', () => {
    const script = (page: string): string => elements(page).filter(({ name }) => name === 'script')[1]?.text ?? '';
    expect(script(pageOf(hostileReport()))).toBe(script(pageOf(report())));
    expect(script(pageOf(report())).length).toBeGreaterThan(1000);
  });
});

describe('The page of routes', () => {
  const page = (of = routes()): Found[] =>
    elements(routesPage({ ...shown, heading: 'Not found', report: of, markdown: '# x\n' }));

  test('has the request, what was probably meant, and all routes', () => {
    const found = page();
    expect(found.filter(({ name }) => /^h\d$/.test(name)).map(({ text }) => text)).toEqual([
      'GET /jbos/17',
      'Did you mean',
      'All 5 routes',
      'Plain texts',
    ]);
    expect(found.find(({ attributes }) => attributes['class'] === 'nearest')?.text).toContain(
      'GET /jobs/:id JobsController.find',
    );
    expect(found.filter(({ name }) => name === 'tr').map(({ text }) => text)).toEqual([
      'MethodPathHandlerMatched',
      'GET/jobsJobsController.listmethod only',
      'GET/jobs/:idJobsController.findmethod only',
      'POST/jobsJobsController.createnothing',
      'DELETE/jbos/:idJobsController.removepath, not the method',
      'GET/jbos/17/—all but the last slash',
    ]);
  });

  test('says that there are none, and shows hostile ones as texts', () => {
    expect(page({ request: { method: 'GET', path: '/' }, routes: [] }).map(({ text }) => text)).toContain(
      'The application has no routes.',
    );
    const hostile = route(HOSTILE, HOSTILE, { controller: HOSTILE, handler: HOSTILE, is_nearest: true });
    const found = page({ request: { method: HOSTILE, path: HOSTILE }, routes: [hostile] });
    expect(found.filter(({ name }) => name === 'script')).toHaveLength(2);
  });
});

test('The policy of a report takes nothing but what carries its nonce', () => {
  expect(reportPolicy('n0nce')).toBe(
    "default-src 'none'; style-src 'nonce-n0nce'; script-src 'nonce-n0nce'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
});
