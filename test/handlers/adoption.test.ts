import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  BadGatewayException,
  BadRequestException,
  Body,
  Controller,
  ForbiddenException,
  Get,
  HttpException,
  NotFoundException,
  Param,
  Post,
} from '@nestjs/common';
import { adapters, type Host, startHost } from '../support/host.js';
import { RecordedLog } from '../support/recorded-log.js';

const FAILURES: Readonly<Record<string, () => unknown>> = {
  standard: () => new NotFoundException(),
  text: () => new NotFoundException('No such job.'),
  plain: () => new HttpException('Teapots only.', 418),
  object: () => new HttpException({ reason: 'full', left: 0 }, 409),
  'own-shape': () => new BadRequestException({ statusCode: 400, message: 'Mine.', error: 'Bad Request' }),
  messages: () => new BadRequestException(['title is missing', 'category is wrong']),
  'error-code': () => new ForbiddenException('Not you.', { errorCode: 'not-you' }),
  server: () => new BadGatewayException('s3cret upstream'),
  'server-object': () => new HttpException({ dsn: 's3cret' }, 503),
  cause: () => new NotFoundException('No such job.', { cause: new Error('s3cret cause') }),
  'error-body': () => new HttpException(new Error('s3cret'), 400),
  unknown: () => new HttpException('Odd.', 499),
  'client-of-http': () => Object.assign(new Error('s3cret'), { status: 404, response: { status: 404 } }),
  'http-errors': () => Object.assign(new Error('Too slow.'), { status: 408, statusCode: 408, expose: true }),
  hidden: () => Object.assign(new Error('s3cret'), { status: 403, statusCode: 403, expose: false }),
  'fastify-phrase': () =>
    Object.assign(new Error('Unsupported Media Type'), { name: 'FastifyError', code: 'FST_X', statusCode: 415 }),
  fastify: () => Object.assign(new Error('Too odd.'), { name: 'FastifyError', code: 'FST_X', statusCode: 422 }),
};

@Controller()
class AdoptedController {
  @Get('fail/:name')
  fail(@Param('name') name: string): never {
    throw FAILURES[name]?.();
  }

  @Post('body')
  body(@Body() body: unknown): unknown {
    return body;
  }
}

const json = { 'Content-Type': 'application/json' };

describe.each(adapters)('On %s', (adapter) => {
  let host: Host;
  const log = new RecordedLog();
  beforeAll(async () => {
    host = await startHost(adapter, { controllers: [AdoptedController], logger: log });
  });
  afterAll(() => host.close());

  test.each([
    ['standard', 404, 'There is nothing at this address. Check its spelling, or start from a page that links here.'],
    ['text', 404, 'No such job.'],
    ['plain', 418, 'Teapots only.'],
    ['own-shape', 400, 'Mine.'],
    ['cause', 404, 'No such job.'],
    ['unknown', 499, 'Odd.'],
    ['http-errors', 408, 'Too slow.'],
    [
      'fastify-phrase',
      415,
      'The body is of a kind that is not accepted here. Check the Content-Type header, or convert the body.',
    ],
    ['fastify', 422, 'Too odd.'],
  ])('an error that is %s keeps its status and says what it says', async (name, status, detail) => {
    const answer = await host.ask(`/fail/${name}`);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ status, detail });
    expect(answer.body).not.toContain('s3cret');
  });

  test.each([
    ['server', 502, 'BadGatewayException: s3cret upstream'],
    ['server-object', 503, 'HttpException: Http Exception'],
    ['error-body', 400, null],
    ['client-of-http', 500, 'Error: s3cret'],
    ['hidden', 403, null],
  ])('an error that is %s is answered with %i and tells no secret', async (name, status, logged) => {
    log.take();
    const answer = await host.ask(`/fail/${name}`);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('s3cret');
    const calls = log.take();
    expect(calls.map(({ level }) => level)).toEqual([logged === null ? 'debug' : 'error']);
    if (logged === null) return;
    // The stack begins with the error itself. What it says in an object of its own is for nobody that we know of.
    expect(calls[0]?.text).toContain(`\n${logged}\n    at `);
    expect(calls[0]?.text).toContain('adoption.test');
    if (name === 'server-object') expect(calls[0]?.text).not.toContain('s3cret');
  });

  test('an object is a structured detail', async () => {
    const { body } = await host.ask('/fail/object', { headers: { Accept: 'application/json' } });
    expect(JSON.parse(body)).toMatchObject({ code: 409, detail: { reason: 'full', left: 0 } });
  });

  test('a list of messages is a list of errors', async () => {
    expect(JSON.parse((await host.ask('/fail/messages')).body)).toMatchObject({
      detail: '2 things in the request cannot be used; “errors” says which.',
      errors: [{ detail: 'title is missing' }, { detail: 'category is wrong' }],
    });
  });

  test('a code of Nest’s is the type of the error', async () => {
    expect(JSON.parse((await host.ask('/fail/error-code')).body)).toMatchObject({ error_type: 'not-you' });
  });

  test.each([
    ['is no JSON', 400, json, '{"a":'],
    ['is too large', 413, json, JSON.stringify({ a: 'x'.repeat(2_000_000) })],
    [
      'is in a charset that there is not',
      adapter === 'express' ? 415 : 201,
      { 'Content-Type': 'application/json; charset=x-odd' },
      '{}',
    ],
  ])('a body that %s is refused', async (_name, status, headers, body) => {
    const answer = await host.ask('/body', { method: 'POST', headers, body }).catch(() => null);
    // A server may close before a large body has been read, which a client may see as a broken connection.
    if (answer === null) expect(status).toBe(413);
    else expect(answer.status).toBe(status);
    if (answer !== null && status >= 400) expect(JSON.parse(answer.body)).toMatchObject({ status });
  });

  test('a body of a kind that nobody reads is a 415 on Fastify', async () => {
    const answer = await host.ask('/body', { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: 'x' });
    expect(answer.status).toBe(adapter === 'fastify' ? 415 : 201);
  });
});
