import { describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import fc from 'fast-check';
import { negotiate, NotFound, renderers } from '../../src/index.js';
import { adapters, startHost } from '../support/host.js';
import { inTurns } from '../support/in-turns.js';
import { readError } from '../support/read-error.js';

@Controller()
class JobsController {
  @Get('jobs')
  jobs(): never {
    throw new NotFound('There are no jobs.');
  }
}

const mediaTypes = renderers.map(({ mediaType }) => mediaType);

const type = fc.constantFrom(
  ...mediaTypes,
  ...[
    '*/*',
    'text/*',
    'application/*',
    'image/png',
    'text/xml',
    'application/xhtml+xml',
    'a/b+json',
    'a/b+xml',
    '*',
    '',
  ],
);
const parameter = fc.constantFrom(
  '',
  ';q=0',
  ';q=0.3',
  ';q=1',
  ';q=abc',
  ';q=',
  ';q=9',
  '; charset=utf-8',
  ';a="b,c;q=0"',
  ';',
);
const range = fc.tuple(type, parameter, parameter).map((parts) => parts.join(''));
/** What Node lets through as the value of a header. */
const sendable = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code === 0x7f ? 0x20 : code)),
});
const header = fc.oneof(
  { weight: 3, arbitrary: fc.array(range, { maxLength: 6 }).map((ranges) => ranges.join(', ')) },
  { weight: 1, arbitrary: sendable },
);

describe.each(adapters)('On %s', (adapter) => {
  test('whatever a client accepts, it is answered, and well-formed', async () => {
    const host = await startHost(adapter, { controllers: [JobsController] });
    const headers = fc.sample(header, { numRuns: 2_000, seed: 20_250_701 });
    const answered = new Set<string>();
    const wrong: string[] = [];
    await inTurns(headers, 16, async (accept) => {
      const answer = await host.ask('/jobs', { headers: { Accept: accept } });
      const contentType = answer.headers['content-type'] ?? '';
      answered.add(contentType.split(';')[0] ?? '');
      try {
        expect(contentType.split(';')[0]).toBe(negotiate(accept.trim(), mediaTypes));
        expect(answer).toMatchObject({ status: 404, isWhole: true });
        expect(readError(contentType, answer.body)).toMatchObject({
          code: 404,
          message: 'Not found',
          detail: 'There are no jobs.',
        });
      } catch (failure) {
        wrong.push(`Accept: ${accept}: ${(failure as Error).message}`);
      }
    });
    await host.close();
    expect(wrong).toEqual([]);
    expect([...answered].sort()).toEqual([...mediaTypes].sort());
  });

  test('a client that says nothing gets a problem, and a browser a page', async () => {
    const host = await startHost(adapter, { controllers: [JobsController] });
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';
    expect((await host.ask('/jobs')).headers['content-type']).toBe('application/problem+json');
    const page = await host.ask('/jobs', { headers: { Accept: browser } });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    await host.close();
  });
});
