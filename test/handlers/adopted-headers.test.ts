import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, HttpException, NotFoundException, Param } from '@nestjs/common';
import { adapters, type Host, startHost } from '../support/host.js';

/** What an error of another make has for its answer, and what no answer can have. */
const headers = {
  'Retry-After': 60,
  'X-Limit': '5',
  Link: ['</a>; rel="x"', '</b>; rel="y"'],
  'X-Object': { a: 1 },
  'X-Mixed': ['a', 1],
  'X-Broken': 'a\r\nb: c',
  'Content-Length': '1',
};

const tooMany = (members: object): Error => Object.assign(new Error('Too many.'), { statusCode: 429 }, members);

const FAILURES: Readonly<Record<string, () => Error>> = {
  'http-errors': () => tooMany({ status: 429, expose: true, headers }),
  fastify: () => tooMany({ name: 'FastifyError', code: 'FST_X', headers }),
  mapped: () => {
    const cause = tooMany({ status: 429, expose: true, headers });
    return new HttpException(cause.message, 429, { cause });
  },
  foreign: () => new NotFoundException('No such job.', { cause: tooMany({ status: 429, expose: true, headers }) }),
  text: () => tooMany({ status: 429, expose: true, headers: 'Retry-After: 60' }),
};

@Controller()
class LimitedController {
  @Get('fail/:name')
  fail(@Param('name') name: string): never {
    throw FAILURES[name]?.() as Error;
  }
}

describe.each(adapters)('On %s', (adapter) => {
  let host: Host;
  beforeAll(async () => {
    host = await startHost(adapter, { controllers: [LimitedController] });
  });
  afterAll(() => host.close());

  test.each(['http-errors', 'fastify', 'mapped'])(
    'the headers of an error stay with it, as far as they can be sent: %s',
    async (name) => {
      const answer = await host.ask(`/fail/${name}`);
      expect(answer.status).toBe(429);
      expect(JSON.parse(answer.body)).toMatchObject({ detail: 'Too many.' });
      expect(answer.headers).toMatchObject({ 'retry-after': '60', 'x-limit': '5', link: headers.Link.join(', ') });
      for (const left of ['x-object', 'x-mixed', 'x-broken', 'b']) expect(answer.headers[left]).toBeUndefined();
    },
  );

  test.each([
    ['foreign', 404],
    ['text', 429],
  ])('an error has no headers of another, and none of a text: %s', async (name, status) => {
    const answer = await host.ask(`/fail/${name}`);
    expect(answer.status).toBe(status);
    expect(answer.headers['retry-after']).toBeUndefined();
  });
});
