import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  BadGatewayException,
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  ForbiddenException,
  Get,
  Header,
  HttpException,
  ImATeapotException,
  NotFoundException,
  Param,
  Post,
} from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { BadRequest, Conflict, RequestedRangeNotSatisfiable } from '../../src/index.js';
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
  'nested-error': () =>
    new BadRequestException({ note: 'seen', cause: new Error('s3cret'), all: [new Error('s3cret')] }),
  'our-nested-error': () =>
    new BadRequest({ note: 'seen', cause: new Error('s3cret'), conflict: new Conflict('Told.') }),
  errors: () => new BadRequestException([new Error('s3cret')]),
  'own-message': () => new NotFoundException({ statusCode: 404, message: 'User 7 is not here.' }),
  described: () => new ConflictException(undefined, { description: 'It runs.' }),
  'standard-teapot': () => new ImATeapotException(),
  'text-status': () => new HttpException('No such job.', '404' as unknown as number),
  'text-server-status': () => new HttpException('s3cret', '503' as unknown as number),
  'no-messages': () => new BadRequestException([]),
  structures: () => new BadRequestException([{ field: 'title', errors: ['is missing'] }]),
  'validation-errors': () =>
    new BadRequestException([
      { property: 'title', constraints: { isText: 'is no text' } },
      { property: 'items', children: [{ property: '0', constraints: { min: 'is too small' } }] },
    ]),
  'range-not-satisfiable': () => new RequestedRangeNotSatisfiable('Only four bytes are there.'),
  redirection: () => new HttpException('It is elsewhere.', 302),
  'client-of-http': () => Object.assign(new Error('s3cret'), { status: 404, response: { status: 404 } }),
  'http-errors': () => Object.assign(new Error('Too slow.'), { status: 408, statusCode: 408, expose: true }),
  hidden: () => Object.assign(new Error('s3cret'), { status: 403, statusCode: 403, expose: false }),
  'fastify-phrase': () =>
    Object.assign(new Error('Unsupported Media Type'), { name: 'FastifyError', code: 'FST_X', statusCode: 415 }),
  plugin: () =>
    Object.assign(new Error('Too odd.'), { name: 'FastifyCompressError', code: 'FST_CP_X', statusCode: 415 }),
  'foreign-code': () => Object.assign(new Error('s3cret'), { code: 'NoSuchKey', statusCode: 404 }),
  fastify: () => Object.assign(new Error('Too odd.'), { name: 'FastifyError', code: 'FST_X', statusCode: 422 }),
};

@Controller()
class AdoptedController {
  @Get('fail/:name')
  @Header('Content-Range', 'bytes */4')
  @Header('Location', '/elsewhere')
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
    ['own-message', 404, 'User 7 is not here.'],
    ['described', 409, 'It runs.'],
    [
      'standard-teapot',
      418,
      'Coffee cannot be brewed here, since this vessel knows about tea alone. Try a coffee machine.',
    ],
    ['text-status', 404, 'No such job.'],
    [
      'no-messages',
      400,
      'Something about the request cannot be understood. Compare it with the documentation, correct it and send it again.',
    ],
    ['http-errors', 408, 'Too slow.'],
    [
      'fastify-phrase',
      415,
      'The body is of a kind that is not accepted here. Check the Content-Type header, or convert the body.',
    ],
    ['fastify', 422, 'Too odd.'],
    ['plugin', 415, 'Too odd.'],
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
    ['foreign-code', 500, 'Error: s3cret'],
    ['hidden', 403, null],
    ['text-server-status', 503, 'HttpException: s3cret'],
    ['nested-error', 400, null],
    ['our-nested-error', 400, null],
    ['errors', 400, null],
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

  test.each(['application/json', 'application/problem+json', 'application/xml'])(
    'an error in a structure says nothing, as %s',
    async (Accept) => {
      const { body } = await host.ask('/fail/our-nested-error', { headers: { Accept } });
      expect(body).toContain('seen');
      // That one was made for clients.
      expect(body).toContain('Told.');
      expect(body).not.toContain('s3cret');
    },
  );

  test('what a host made of failures is told as it is', async () => {
    const { body } = await host.ask('/fail/structures', { headers: { Accept: 'application/json' } });
    expect(JSON.parse(body)).toMatchObject({ detail: [{ field: 'title', errors: ['is missing'] }] });
  });

  test('failures of class-validator point to their fields', async () => {
    expect(JSON.parse((await host.ask('/fail/validation-errors')).body)).toMatchObject({
      detail: '2 things in the request cannot be used; “errors” says which.',
      errors: [
        { pointer: '#/title', detail: 'is no text' },
        { pointer: '#/items/0', detail: 'is too small' },
      ],
    });
  });

  test('an exception that is no error is Nest’s to answer', async () => {
    const answer = await host.ask('/fail/redirection');
    expect([answer.status, answer.headers['location']]).toEqual([302, '/elsewhere']);
    expect(JSON.parse(answer.body)).toEqual({ statusCode: 302, message: 'It is elsewhere.' });
  });

  test('how long the whole is stays with a range that there is not, and with no other error', async () => {
    const { headers } = await host.ask('/fail/range-not-satisfiable');
    expect(headers['content-range']).toBe('bytes */4');
    expect((await host.ask('/fail/text')).headers['content-range']).toBeUndefined();
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

@Controller()
class SchemaController {
  @Post('body')
  @RouteSchema({
    body: {
      type: 'object',
      required: ['title'],
      properties: { title: { type: 'string' }, items: { type: 'array', items: { type: 'number', minimum: 1 } } },
    },
  })
  body(): string {
    return 'well';
  }

  @Get('query')
  @RouteSchema({ querystring: { type: 'object', properties: { page: { type: 'integer', minimum: 1 } } } })
  query(): string {
    return 'well';
  }
}

describe('What a schema of Fastify’s refuses', () => {
  let host: Host;
  beforeAll(async () => {
    host = await startHost('fastify', { controllers: [SchemaController], options: { validationStatus: 422 } });
  });
  afterAll(() => host.close());

  test.each([
    [{}, '#/title', "must have required property 'title'"],
    [{ title: 'a', items: [3, 0] }, '#/items/1', 'must be >= 1'],
    [[], '#', 'must be object'],
  ])('points to the body: %j', async (body, pointer, detail) => {
    const answer = await host.ask('/body', { method: 'POST', headers: json, body: JSON.stringify(body) });
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 422, errors: [{ pointer, detail }] });
  });

  test('names the parameter of a query', async () => {
    const answer = await host.ask('/query?page=0');
    expect(JSON.parse(answer.body)).toMatchObject({ errors: [{ parameter: 'page', detail: 'must be >= 1' }] });
  });
});
