import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { httpErrors, renderers } from '../../src/index.js';
import {
  failingMiddleware,
  FailingController,
  failureOf,
  failures,
  OWN_HEADERS,
  SUCCESS_HEADERS,
  ways,
} from '../support/failing.controller.js';
import { adapters, type Host, startHost } from '../support/host.js';
import type { Answer } from '../support/http-client.js';
import { everyClass } from '../support/http-error-register.js';
import { inTurns } from '../support/in-turns.js';
import { readError } from '../support/read-error.js';

const mediaTypes = renderers.map(({ mediaType }) => mediaType);

/** Entity headers that may stay, because they describe the error itself. */
const OWN_ENTITY_HEADERS = ['cache-control', 'content-type'];

/** What the answer to an error has to be; of an uncaught one nothing may be told but that there was one. */
function expected(name: string): { code: number; message: string; detail: string } {
  const [, code, message] = everyClass.find(([known]) => known === name) ?? ['', 500, 'Internal server error', ''];
  const error = failureOf(name);
  const detail = 'detail' in error ? error.detail : httpErrors.get(code)?.defaults.detail;
  return { code, message, detail: String(detail) };
}

function check(answer: Answer, name: string, mediaType: string): void {
  const { code, message, detail } = expected(name);
  const { headers, body } = answer;
  expect(answer.status).toBe(code);
  expect(headers['content-type']?.split(';')[0]).toBe(mediaType);
  if (!mediaType.endsWith('json')) expect(headers['content-type']).toMatch(/; charset=utf-8$/);
  expect(headers).toMatchObject({
    vary: 'Origin, Accept',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-kept': 'yes',
    'content-length': String(Buffer.byteLength(body)),
  });
  for (const success of Object.keys(SUCCESS_HEADERS).map((header) => header.toLowerCase()))
    if (!OWN_ENTITY_HEADERS.includes(success)) expect(headers).not.toHaveProperty(success);
  if (name !== 'Uncaught') {
    expect(headers['retry-after']).toBe(OWN_HEADERS['Retry-After']);
    expect(headers['www-authenticate']).toBe(OWN_HEADERS['WWW-Authenticate']);
    expect(headers['x-own']).toBe(OWN_HEADERS['X-Own'].join(', '));
  }
  expect(headers.allow).toBe(code === 405 ? 'GET, PUT' : undefined);
  expect(readError(mediaType, body)).toMatchObject({ code, message, detail });
  expect(body).not.toMatch(/accounts|SELECT|\/srv|\.sql|\.[jt]s\b|node_modules|\s{4}at /);
}

describe.each(adapters)('On %s', (adapter) => {
  let host: Host;
  beforeAll(async () => {
    host = await startHost(adapter, {
      controllers: [FailingController],
      middleware: (consumer) => consumer.apply(failingMiddleware).forRoutes(FailingController),
    });
  });
  afterAll(() => host.close());

  test.each(ways)('every error that is %s is answered in every representation', async (way) => {
    // A plain error that is returned is a value like any other.
    const names = failures.filter((name) => way !== 'returned' || name !== 'Uncaught');
    const combinations = names.flatMap((name) => mediaTypes.map((mediaType) => [name, mediaType] as const));
    const wrong: string[] = [];
    await inTurns(combinations, 16, async ([name, mediaType]) => {
      const answer = await host.ask(`/fail/${way}/${name}`, { headers: { Accept: mediaType } });
      try {
        check(answer, name, mediaType);
      } catch (failure) {
        wrong.push(`${name} as ${mediaType}: ${(failure as Error).message}`);
      }
    });
    expect(combinations).toHaveLength(names.length * 6);
    expect(wrong).toEqual([]);
  });

  test.each(ways)('an error that is %s is answered to HEAD with headers alone', async (way) => {
    const question = { headers: { Accept: 'text/html' } };
    const [head, get] = await Promise.all([
      host.ask(`/fail/${way}/Conflict`, { ...question, method: 'HEAD' }),
      host.ask(`/fail/${way}/Conflict`, question),
    ]);
    const { date: _ofHead, ...ofHead } = head.headers;
    const { date: _ofGet, ...ofGet } = get.headers;
    expect(head).toMatchObject({ status: 409, body: '', isWhole: true });
    expect(ofHead).toEqual(ofGet);
  });
});
