import { describe, expect, test } from '@jest/globals';
import { Controller, Get, type INestApplication } from '@nestjs/common';
import { ApiResponse, type OpenAPIObject } from '@nestjs/swagger';
import { DOMParser } from '@xmldom/xmldom';
import * as entry from '../../src/index.js';
import { BadRequest, NotFound, Unauthorized } from '../../src/index.js';
import { ApiErrorResponse, ApiErrorResponses, type DocumentedClass } from '../../src/openapi.js';
import { appWith, documentOf, NoSuchJob } from '../support/documented-app.js';
import { everyClass } from '../support/http-error-register.js';
import {
  complaintsAbout,
  judge,
  judgeExamples,
  MEDIA_TYPES,
  responseIn,
  responsesIn,
  statusesIn,
} from '../support/openapi-documents.js';

const classes = everyClass.map(
  ([name]) => (entry as unknown as Record<string, DocumentedClass>)[name] as DocumentedClass,
);

const STATUSES = [...new Set(everyClass.map(([, code]) => String(code)))].sort();

@Controller('everything')
class EverythingController {
  @Get()
  @ApiResponse({ status: 200, description: 'Never.' })
  @ApiErrorResponses(...classes)
  fail(): void {}
}

async function listening(app: INestApplication): Promise<string> {
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

describe.each(['express', 'fastify'] as const)('A documented error response on %s', (adapter) => {
  test.each(['3.0.0', '3.1.0'])('stands in a document that is OpenAPI %s', async (version) => {
    expect(await complaintsAbout(await documentOf(adapter, { version }))).toBeUndefined();
  });

  test('is there in every representation, each with its schema and an example', async () => {
    const { content = {} } = responseIn(await documentOf(adapter), 'post /jobs', '409');
    expect(Object.keys(content)).toEqual(MEDIA_TYPES);
    expect(content).toEqual({
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: { Conflict: { summary: 'A conflict occurred', value: expect.objectContaining({ status: 409 }) } },
      },
      'application/json': {
        schema: { $ref: '#/components/schemas/HttpError' },
        examples: { Conflict: { summary: 'A conflict occurred', value: expect.objectContaining({ code: 409 }) } },
      },
      'application/problem+xml': {
        schema: {
          allOf: [{ $ref: '#/components/schemas/Problem' }],
          xml: { name: 'problem', namespace: 'urn:ietf:rfc:7807' },
        },
        examples: { Conflict: { summary: 'A conflict occurred', value: expect.stringContaining('<status>409<') } },
      },
      'application/xml': {
        schema: { allOf: [{ $ref: '#/components/schemas/HttpError' }], xml: { name: 'http_error' } },
        examples: { Conflict: { summary: 'A conflict occurred', value: expect.stringContaining('<code>409<') } },
      },
      'text/html': {
        schema: { type: 'string' },
        examples: { Conflict: { summary: 'A conflict occurred', value: expect.stringMatching(/^<!doctype html>/) } },
      },
      'text/plain': {
        schema: { type: 'string' },
        examples: { Conflict: { summary: 'A conflict occurred', value: expect.stringMatching(/^409 - A conflict /) } },
      },
    });
  });

  test.each(['Problem', 'HttpError'])('says what is wrong with a request, one by one, in a %s', async (name) => {
    const { [name]: schema } = (await documentOf(adapter)).components?.schemas ?? {};
    expect(schema).toMatchObject({
      required: expect.not.arrayContaining(['errors']),
      properties: { errors: { type: 'array', items: { allOf: [{ $ref: '#/components/schemas/FieldError' }] } } },
    });
  });

  test('brings the schemas that it refers to, and examples that are as they say', async () => {
    const document = await documentOf(adapter);
    expect(Object.keys(document.components?.schemas ?? {}).sort()).toEqual([
      'FieldError',
      'HttpError',
      'Job',
      'Problem',
    ]);
    const { count, wrong } = judgeExamples(document);
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(15);
  });

  test.each([
    ['GET', '/jobs/7', 'get /jobs/{id}', '404', 'NoSuchJob'],
    ['GET', '/jobs/log', 'get /jobs/{id}', '404', 'NotFound2'],
    ['POST', '/jobs', 'post /jobs', '400', 'BadRequest'],
  ])('shows what %s %s is answered with', async (method, path, operation, status, name) => {
    const document = await documentOf(adapter);
    const { content = {} } = responseIn(document, operation, status);
    const app = await appWith(adapter);
    try {
      const url = `${await listening(app)}${path}`;
      for (const mediaType of MEDIA_TYPES) {
        const response = await fetch(url, { method, headers: { Accept: mediaType } });
        expect(String(response.status)).toBe(status);
        expect(response.headers.get('content-type')?.split(';')[0]).toBe(mediaType);
        const body = alike(await response.text());
        const { value } = content[mediaType]?.examples?.[name] ?? {};
        if (!mediaType.endsWith('json')) expect(body).toBe(value);
        else {
          const { request_id: _id, ...sent } = JSON.parse(body) as Record<string, unknown>;
          expect(sent).toEqual(value);
          expect(judge(document)(content[mediaType]?.schema ?? {}, JSON.parse(body))).toBeNull();
        }
      }
    } finally {
      await app.close();
    }
  });
});

/** The body as it would be if the occurrence and the request were those of no occurrence and no request. */
function alike(body: string): string {
  return body
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '00000000-0000-4000-8000-000000000000')
    .replaceAll(/,"request_id":"[^"]*"|<request_id>[^<]*<\/request_id>/g, '');
}

describe('A documented error response', () => {
  const documented = documentOf('fastify');

  test('is described by the class, unless it is said when it is answered', async () => {
    const document = await documented;
    expect(responseIn(document, 'post /jobs', '409').description).toBe(
      `A conflict occurred. ${entry.Conflict.defaults.detail}`,
    );
    expect(responseIn(document, 'get /jobs/{id}', '404').description).toMatch(
      /^There is no such page\.\n\nNo such job\. The job is not here any more\.\n\nNot found\. /,
    );
  });

  test('has an example for each class of one status, in the order in which they are read', async () => {
    const { content = {} } = responseIn(await documented, 'get /jobs/{id}', '404');
    for (const mediaType of MEDIA_TYPES) {
      expect(Object.keys(content[mediaType]?.examples ?? {})).toEqual(['NotFound', 'NoSuchJob', 'NotFound2']);
    }
  });

  test('has the headers of its status, and those that the error carries', async () => {
    const header = (example: string): unknown => expect.objectContaining({ schema: { type: 'string', example } });
    const document = await documented;
    expect(responseIn(document, 'post /jobs', '405').headers).toEqual({ Allow: header('GET, HEAD') });
    expect(responseIn(document, 'post /jobs', '429').headers).toEqual({ 'Retry-After': header('60') });
    expect(responseIn(document, 'post /jobs', '409').headers).toBeUndefined();
    expect(responseIn(document, 'get /jobs', '503').headers).toEqual({
      'Retry-After': header('5'),
      'X-Queue': header('a, b'),
    });
  });

  test('of a controller is one of each of its routes', async () => {
    expect(statusesIn(await documented)).toEqual({
      'get /jobs': ['200', '503'],
      'get /jobs/{id}': ['404', '503'],
      'post /jobs': ['400', '403', '405', '409', '429', '503'],
    });
  });

  test('of a controller is one of the controllers that extend it, whose own are not one of it', async () => {
    @Controller('first')
    @ApiErrorResponse(NotFound)
    class First {
      @Get()
      read(): void {}
    }
    @Controller('second')
    @ApiErrorResponse(NotFound, { detail: 'Second.' })
    @ApiErrorResponse(Unauthorized)
    class Second extends First {}
    const document = await documentOf('express', { controllers: [First, Second] });
    expect(statusesIn(document)).toEqual({ 'get /first': ['200', '404'], 'get /second': ['200', '401', '404'] });
    const examplesOf = (operation: string): string[] =>
      Object.keys(responseIn(document, operation, '404').content?.['text/plain']?.examples ?? {});
    expect(examplesOf('get /first')).toEqual(['NotFound']);
    expect(examplesOf('get /second')).toEqual(['NotFound', 'NotFound2']);
  });

  test('is possible for every class of the register', async () => {
    const document = await documentOf('fastify', { controllers: [EverythingController] });
    expect(statusesIn(document)['get /everything']).toEqual(['200', ...STATUSES]);
    for (const [name, code, message] of everyClass) {
      const { content = {} } = responseIn(document, 'get /everything', String(code));
      expect(content['application/json']?.examples?.[name]?.value).toMatchObject({ code, message });
    }
    expect(judgeExamples(document)).toEqual({ count: everyClass.length * 2, wrong: [] });
    expect(await complaintsAbout(document)).toBeUndefined();
  });

  test('is well-formed in XML, with the root that its schema names', async () => {
    const document: OpenAPIObject = await documentOf('fastify', { controllers: [EverythingController] });
    const found = responsesIn(document).flatMap(({ response: { content = {} } }) =>
      Object.entries(content).filter(([mediaType]) => mediaType.endsWith('xml')),
    );
    expect(found).toHaveLength(STATUSES.length * 2);
    for (const [, { schema, examples = {} }] of found) {
      const { xml } = schema as { xml: { name: string; namespace?: string } };
      for (const { value } of Object.values(examples)) {
        const root = new DOMParser().parseFromString(String(value), 'application/xml').documentElement;
        expect([root?.localName, root?.namespaceURI ?? undefined]).toEqual([xml.name, xml.namespace]);
      }
    }
  });

  test('is the same at every start: it shows nobody’s occurrence', async () => {
    expect(JSON.stringify(await documentOf('fastify'))).toBe(JSON.stringify(await documented));
    const instances = JSON.stringify(await documented).match(/urn:uuid:[\da-f-]+/g) ?? [];
    expect(new Set(instances)).toEqual(new Set(['urn:uuid:00000000-0000-4000-8000-000000000000']));
  });

  test('of a class that is not made of a detail asks for an example', () => {
    expect(() => ApiErrorResponse(NoSuchJob)).toThrow(
      'NoSuchJob cannot be documented, because none of its errors could be made of a detail and options. ' +
        'Make one yourself: ApiErrorResponse(NoSuchJob, { example: () => new NoSuchJob(…) }).',
    );
  });

  test('leaves what is documented beside it as it was', async () => {
    @Controller('mixed')
    class Mixed {
      @Get()
      @ApiResponse({ status: 200, description: 'Fine.', headers: { 'X-One': { schema: { type: 'string' } } } })
      @ApiErrorResponse(BadRequest)
      @ApiResponse({ status: 404, description: 'By hand.' })
      read(): void {}
    }
    const document = await documentOf('express', { controllers: [Mixed] });
    expect(responseIn(document, 'get /mixed', '404')).toEqual({ description: 'By hand.' });
    expect(responseIn(document, 'get /mixed', '200')).toEqual({
      description: 'Fine.',
      headers: { 'X-One': { schema: { type: 'string' } } },
    });
    expect(Object.keys(responseIn(document, 'get /mixed', '400').content ?? {})).toEqual(MEDIA_TYPES);
  });
});
