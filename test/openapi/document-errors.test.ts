import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { documentErrors } from '../../src/openapi.js';
import { documentOf, JobsController } from '../support/documented-app.js';
import {
  complaintsAbout,
  judgeExamples,
  MEDIA_TYPES,
  responseIn,
  responsesIn,
  statusesIn,
} from '../support/openapi-documents.js';

@Controller('plain')
class PlainController {
  @Get()
  read(): string {
    return '';
  }
}

const controllers = [JobsController, PlainController];

/** A document as it may come from elsewhere. */
const bare = (others: Partial<OpenAPIObject> = {}): OpenAPIObject => ({
  openapi: '3.0.0',
  info: { title: 'Bare', version: '1' },
  paths: {},
  ...others,
});

describe.each(['express', 'fastify'] as const)('The errors of a document on %s', (adapter) => {
  test.each(['3.0.0', '3.1.0'])('are documented as OpenAPI %s has it', async (version) => {
    const document = documentErrors(await documentOf(adapter, { controllers, version }));
    expect(await complaintsAbout(document)).toBeUndefined();
    expect(judgeExamples(document).wrong).toEqual([]);
  });

  test('are documented for every operation by what it is made of', async () => {
    expect(statusesIn(documentErrors(await documentOf(adapter, { controllers })))).toEqual({
      'get /jobs': ['200', '500', '503', 'default'],
      'get /jobs/{id}': ['400', '404', '500', '503', 'default'],
      'post /jobs': ['400', '401', '403', '405', '409', '429', '500', '503', 'default'],
      'get /plain': ['200', '500', 'default'],
    });
  });

  test('are there in every representation', async () => {
    const document = documentErrors(await documentOf(adapter, { controllers }));
    const errors = responsesIn(document).filter(
      ({ status, response }) => status !== '200' && response.description !== 'The host’s own.',
    );
    for (const { response } of errors) expect(Object.keys(response.content ?? {})).toEqual(MEDIA_TYPES);
    expect(errors).toHaveLength(18);
  });
});

describe('Documenting the errors of a document', () => {
  test('gives back the document', () => {
    const document = bare();
    expect(documentErrors(document)).toBe(document);
  });

  test('a second time changes nothing', async () => {
    const document = documentErrors(await documentOf('fastify', { controllers }));
    const before = JSON.stringify(document);
    expect(JSON.stringify(documentErrors(document))).toBe(before);
  });

  test.each(['3.0.0', '3.1.0'])('adds the schemas that decorators bring to OpenAPI %s, too', async (version) => {
    const own = documentErrors(bare({ openapi: version })).components?.schemas;
    const { Job: _job, ...brought } = (await documentOf('fastify', { version })).components?.schemas ?? {};
    expect(Object.keys(own ?? {}).sort()).toEqual(['FieldError', 'HttpError', 'Problem']);
    expect(own).toEqual(brought);
  });

  test('writes each response once, and refers to nothing else', async () => {
    const document = documentErrors(await documentOf('fastify', { controllers }));
    const responses = document.components?.responses ?? {};
    const texts = Object.values(responses).map((response) => JSON.stringify(response));
    expect(new Set(texts).size).toBe(texts.length);
    const text = JSON.stringify(document);
    const referred = new Set([...text.matchAll(/#\/components\/responses\/(\w+)/g)].map(([, name]) => name));
    expect([...referred].sort()).toEqual(Object.keys(responses).sort());
    // The one is added to every operation, the other is documented by every route of a controller.
    for (const start of ['"500 - Internal', '"503 - Service']) expect(text.split(start)).toHaveLength(2);
  });

  test('keeps what the host documents', async () => {
    const document = documentErrors(await documentOf('fastify'));
    expect(responseIn(document, 'post /jobs', '403')).toEqual({ description: 'The host’s own.' });
    expect(responseIn(document, 'get /jobs', '200')).toEqual({ description: 'All of them.' });
  });

  test('keeps the host’s schemas and shared responses, whatever they are called', () => {
    const own = { description: 'The host’s own.' };
    const document = documentErrors(
      bare({
        components: { schemas: { Problem: { type: 'string' } }, responses: { InternalServerError: own } },
        paths: { '/a': { get: { responses: { default: { $ref: '#/components/responses/InternalServerError' } } } } },
      }),
    );
    expect(document.components?.schemas).toMatchObject({ Problem: { type: 'string' }, HttpError: { type: 'object' } });
    expect(document.components?.responses?.['InternalServerError']).toBe(own);
    expect(document.paths['/a']?.get?.responses).toEqual({
      default: { $ref: '#/components/responses/InternalServerError' },
      500: { $ref: '#/components/responses/InternalServerError2' },
    });
  });

  test.each<[string, OpenAPIObject['security'], OpenAPIObject['security'], boolean]>([
    ['nowhere', undefined, undefined, false],
    ['by the document', [{ bearer: [] }], undefined, true],
    ['by the operation', undefined, [{ bearer: [] }], true],
    ['by the document, but not for the operation', [{ bearer: [] }], [], false],
    ['by the operation, but not always', undefined, [{}, { bearer: [] }], true],
    ['in no way', undefined, [{}], false],
  ])('adds 401 and 403 where credentials are required: %s', (_where, whole, own, isAdded) => {
    const document = documentErrors(
      bare({
        ...(whole === undefined ? {} : { security: whole }),
        paths: { '/a': { get: { responses: {}, ...(own === undefined ? {} : { security: own }) } } },
      }),
    );
    expect(statusesIn(document)['get /a']).toEqual([...(isAdded ? ['401', '403'] : []), '500', 'default']);
  });

  test('says of 401 how one authenticates', () => {
    const document = documentErrors(bare({ security: [{ bearer: [] }], paths: { '/a': { get: { responses: {} } } } }));
    expect(Object.keys(responseIn(document, 'get /a', '401').headers ?? {})).toEqual(['WWW-Authenticate']);
  });

  test('adds 400 where the path has parameters', () => {
    const document = documentErrors(
      bare({ paths: { '/{a}': { parameters: [{ name: 'a', in: 'path' }], get: { responses: {} } } } }),
    );
    expect(Object.keys(document.paths['/{a}']?.get?.responses ?? {})).toEqual(['400', '500', 'default']);
  });

  test('adds 422 where that is the status of fields that are wrong', async () => {
    const document = documentErrors(await documentOf('fastify', { controllers }), { validationStatus: 422 });
    const statuses = statusesIn(document);
    expect(statuses['post /jobs']).toEqual(expect.arrayContaining(['400', '422']));
    expect(statuses['get /plain']).not.toContain('422');
    expect(await complaintsAbout(document)).toBeUndefined();
  });
});
