import { describe, expect, test } from '@jest/globals';
import { reportMarkdown, routesMarkdown } from '../../src/rendering/report/report-markdown.js';
import { HOSTILE, hostileReport, nestedReport, report, route, routes } from '../support/reports.js';

/** What of a Markdown is not within a fence, by the rules of CommonMark; every fence must have been closed. */
function outsideFences(markdown: string): string[] {
  const outside: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const marks = /^ {0,5}(`{3,}|~{3,})([^`]*)$/.exec(line);
    if (fence === null) {
      if (marks === null) outside.push(line);
      else fence = marks[1] ?? '';
    } else if (marks?.[1]?.startsWith(fence) === true && marks[2]?.trim() === '') fence = null;
  }
  expect(fence).toBeNull();
  return outside;
}

const headings = (markdown: string): string[] =>
  outsideFences(markdown)
    .filter((line) => /^#+ /.test(line))
    .map((line) => /^#+ \S+/.exec(line)?.[0] ?? '');

describe('As Markdown a report', () => {
  test('has the failing line first, within its source and with its variables', () => {
    const markdown = reportMarkdown(report(), '500 - Internal server error');
    expect(markdown).toMatch(/^# 500 - Internal server error\n\n```text\nTypeError: Cannot read properties/);
    expect(markdown).toContain(`## \`JobsService.find\`, it failed here

\`/srv/scale/src/jobs/jobs.service.ts:42:27\`

\`\`\`ts
  40 | async find(id: number): Promise<JobView> {
  41 |   const job = await this.jobs.findOneBy({ id });
> 42 |   const name = job.type.name.toLowerCase();
  43 |   return { id, name };
  44 | }
\`\`\`

- \`this\`: \`JobsService { jobs: Repository }\`
- \`id\`: \`17\`
- \`job\`:

  \`\`\`text
  Job {`);
    expect(headings(markdown)).toEqual([
      '# 500',
      '## `JobsService.find`,',
      '## `JobsController.get`,',
      '## Stack',
      '## Request',
      '## Environment',
    ]);
    expect(markdown).toContain('*… 1 frame of packages and Node*\n\n## `JobsController.get`, at an await\n');
  });

  test('has exc_causes, exc_errors, the notice, the request and the environment', () => {
    const markdown = reportMarkdown(nestedReport(), 'x');
    expect(headings(markdown)).toEqual([
      '# x',
      '## `JobsService.find`,',
      '## `JobsController.get`,',
      '## Error',
      '### `firstAttempt`,',
      '## Error',
      '### `secondAttempt`,',
      '## Caused',
      '### `Pool.connect`,',
      '## Stack',
      '## Request',
      '## Environment',
    ]);
    expect(markdown).toContain('\n> The variables were not recorded: ');
    expect(markdown).toContain('**Headers**\n\n- `host`: `localhost:3000`\n');
    expect(markdown).toContain('- Node: `v20.20.2`\n- Platform: `linux`\n- Time: `2026-11-25T14:14:00.000Z`\n');
  });

  test('keeps its shape whatever stands in it', () => {
    const markdown = reportMarkdown(hostileReport(), HOSTILE);
    const outside = outsideFences(markdown);
    expect(markdown).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/u);
    expect(outside).not.toContain('# not a heading');
    // Outside of code nothing is markup that has not been escaped.
    const bare = outside.map((line) => line.replace(/\\[^]|(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)/g, ''));
    expect(bare.filter((line) => /[<`[\]]/.test(line))).toEqual([]);
  });

  test('names a value that is empty or blank', () => {
    const { req } = report();
    const markdown = reportMarkdown(report({ req: { ...req, headers: { none: '', some: '  ', tick: '`' } } }), 'x');
    expect(markdown).toContain('- `none`: *empty*\n- `some`: *blank*\n- `tick`: `` ` ``\n');
  });
});

describe('As Markdown routes', () => {
  test('are a table, after the nearest', () => {
    const markdown = routesMarkdown(routes(), '404 - Not found');
    expect(markdown).toMatch(
      /^# 404 - Not found\n\n`GET \/jbos\/17`\n\nDid you mean `GET \/jobs\/:id`\?\n\n## Routes\n\n```text\nMETHOD/,
    );
    expect(markdown).toContain('GET     /jobs/:id  JobsController.find    method only   ← did you mean\n');
  });

  test('keep their shape whatever stands in them', () => {
    const hostile = route(HOSTILE, HOSTILE, { controller: HOSTILE, handler: HOSTILE, is_nearest: true });
    const markdown = routesMarkdown({ request: { method: HOSTILE, path: HOSTILE }, routes: [hostile] }, HOSTILE);
    expect(headings(markdown)).toHaveLength(2);
  });
});
