import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.js';
import { complaintsAbout, judgeExamples, MEDIA_TYPES, responsesIn, statusesIn } from '../support/openapi-documents.js';
import { ServiceProcess } from '../support/service-process.js';
import { bodyOf, type WireRefusal } from '../support/wire.js';

interface Operation {
  operationId: string;
  summary?: string;
  parameters?: { name: string; description?: string; example?: unknown; examples?: unknown }[];
}

/** What is explained to programs and to people has a form for each. */
function successTypes(operation: string): string[] {
  return operation.includes('/errors/types/') ? ['application/json', 'text/html'] : ['application/json'];
}

/** Headers that differ from answer to answer, whatever is answered. */
const OF_THE_CONNECTION = ['connection', 'date', 'keep-alive', 'x-request-id'];

describe.each(databaseKinds)('The service on %s', (kind) => {
  let database: TestDatabase;
  let service: ServiceProcess;
  let origin: string;

  beforeAll(async () => {
    database = await createDatabase(kind);
    service = new ServiceProcess(database.environment);
    origin = await service.origin();
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
  });

  test('says at / what it is and where to go', async () => {
    const response = await fetch(`${origin}/`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    for (const [, path = ''] of page.matchAll(/href="([^"]+)"/g)) {
      expect((await fetch(`${origin}${path}`)).status).toBe(200);
    }
    expect(page).toContain('/v6/errors/');
  });

  test('serves the OpenAPI page, and all that the page loads', async () => {
    const response = await fetch(`${origin}/docs`);
    expect(response.status).toBe(200);
    const page = await response.text();
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) expect((await fetch(new URL(file, `${origin}/docs`))).status).toBe(200);
  });

  test('answers an error that is in memory as it answers one that is not', async () => {
    const read = async (id: string, init?: RequestInit): Promise<object> => {
      const response = await fetch(`${origin}/v6/errors/${id}`, init);
      const headers = [...response.headers].filter(([name]) => !OF_THE_CONNECTION.includes(name));
      return { status: response.status, headers, body: await response.text() };
    };
    const first = await read('7/');
    expect(first).toMatchObject({ status: 200, body: expect.stringContaining('"id":7,') });
    expect([await read('7/'), await read('007/'), await read('7?x=y')]).toEqual([first, first, first]);
    expect(await read('7/', { method: 'HEAD' })).toEqual({ ...first, body: '' });
    const unchanged = { headers: { 'If-None-Match': '"1"' } };
    expect(await read('7/', unchanged)).toMatchObject({ status: 304, body: '' });
    expect(await read('7/', { method: 'DELETE' })).toMatchObject({ status: 405 });
    expect(await read('999999/')).toMatchObject({ status: 404 });
  });

  describe('documents itself', () => {
    const read = (): Promise<OpenAPIObject> => bodyOf<OpenAPIObject>(fetch(`${origin}/docs-json`));
    const operations = async (): Promise<[string, string, Operation][]> =>
      Object.entries((await read()).paths).flatMap(([path, methods]) =>
        Object.entries(methods as Record<string, Operation>).map(([method, operation]): [string, string, Operation] => [
          path,
          method,
          operation,
        ]),
      );

    test('with a document that is OpenAPI, and that is small enough to be read', async () => {
      const document = await read();
      expect(await complaintsAbout(document)).toBeUndefined();
      expect(JSON.stringify(document).length).toBeLessThan(250_000);
    });

    test('with every route of the contract', async () => {
      expect((await operations()).map(([path, method]) => `${method} ${path}`).sort()).toEqual([
        'delete /v6/errors/{id}/retry-policy',
        'delete /v7/errors/{id}/retry-policy',
        'get /errors/types/{jobTypeName}/{name}',
        'get /errors/types/{name}',
        'get /health/live',
        'get /health/ready',
        'get /v6/errors',
        'get /v6/errors/{id}',
        'get /v6/errors/{id}/occurrences',
        'get /v6/errors/{id}/retry-policy',
        'get /v6/job-types/{jobTypeName}/errors',
        'get /v6/job-types/{jobTypeName}/exit-codes/{code}',
        'get /v6/logs',
        'get /v7/errors',
        'get /v7/errors/{id}',
        'get /v7/errors/{id}/occurrences',
        'get /v7/errors/{id}/retry-policy',
        'get /v7/job-types/{jobTypeName}/errors',
        'get /v7/job-types/{jobTypeName}/exit-codes/{code}',
        'get /v7/logs',
        'patch /v6/errors/{id}',
        'patch /v7/errors/{id}',
        'post /v6/errors',
        'post /v6/errors/resolve',
        'post /v7/errors',
        'post /v7/errors/resolve',
        'put /v6/errors/{id}/retry-policy',
        'put /v6/job-types/{jobTypeName}/errors',
        'put /v7/errors/{id}/retry-policy',
        'put /v7/job-types/{jobTypeName}/errors',
      ]);
    });

    test('with an id, a summary, and an example of every parameter', async () => {
      const found = await operations();
      expect(new Set(found.map(([, , { operationId }]) => operationId)).size).toBe(found.length);
      for (const [path, method, { summary, parameters = [] }] of found) {
        expect(`${method} ${path}: ${summary ?? ''}`).toMatch(/: ./);
        for (const { name, description, example, examples } of parameters) {
          expect([path, name, description]).not.toContain(undefined);
          expect([path, name, example ?? examples]).not.toContain(undefined);
        }
      }
    });

    test('with every body: its schema, and examples that are as the schema says', async () => {
      const document = await read();
      for (const { operation, status, response } of responsesIn(document)) {
        expect([operation, status, response.description]).not.toContain('');
        if (status === '204' || status === '304') continue;
        const { content = {} } = response;
        const isError = status === 'default' || Number(status) >= 400;
        expect([operation, status, Object.keys(content)]).toEqual([
          operation,
          status,
          isError ? MEDIA_TYPES : successTypes(operation),
        ]);
        for (const { schema, example, examples } of Object.values(content)) {
          expect([operation, status, schema, example ?? examples]).not.toContain(undefined);
        }
      }
      const { count, wrong } = judgeExamples(document);
      expect(wrong).toEqual([]);
      expect(count).toBeGreaterThan(100);
    });

    test('with every status that the routes answer', async () => {
      const always = ['500', 'default'];
      expect(statusesIn(await read())).toMatchObject({
        'get /health/live': ['200', ...always],
        'get /health/ready': ['200', '500', '503', 'default'],
        'get /errors/types/{name}': ['200', '400', '404', ...always],
        'get /v6/errors': ['200', '400', '404', ...always],
        'get /v6/logs': ['200', '400', '401', '403', '429', ...always],
        'get /v6/errors/{id}/occurrences': ['200', '400', '401', '403', '404', '429', ...always],
        'get /v6/errors/{id}': ['200', '304', '400', '404', ...always],
        'post /v6/errors': ['201', '400', '401', '403', '409', '413', '415', '429', ...always],
        'patch /v6/errors/{id}': ['200', '400', '401', '403', '404', '412', '413', '415', '429', ...always],
      });
    });
  });

  test('sends security headers with every answer', async () => {
    for (const path of ['/', '/v6/errors/', '/v6/errors/999999', '/nowhere', '/docs', '/%ZZ']) {
      const { headers } = await fetch(`${origin}${path}`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-request-id')).toBeTruthy();
    }
  });

  test.each(['/nowhere', '/v6', '/v8/errors/', '/v6/errors/1/2', '/v6/errors//', '/%2e%2e/etc'])(
    '%s is 404',
    async (path) => {
      const response = await fetch(`${origin}${path}`);
      expect(response.status).toBe(404);
      expect((await bodyOf<WireRefusal>(response)).detail).toBeTruthy();
    },
  );

  test.each([
    ['GET /v6/errors/%ZZ HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    [`GET /v6/errors/${'9'.repeat(5_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414],
    [`GET /v6/errors/?x=${'9'.repeat(50_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ['GET / HTTP/9.9\r\n\r\n', 400],
    ['nonsense\r\n\r\n', 400],
    ['GET /v6/errors/1 HTTP/1.1\r\n\r\n', 400],
    ['POST /v6/errors/ HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n', 400],
  ])('what reaches no route is answered in the same form: %p', async (request, status) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1').setEncoding('utf8');
    let answer = '';
    socket.on('data', (text: string) => (answer += text));
    socket.on('error', () => {});
    socket.end(request);
    await once(socket, 'close');
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    if (status !== 400 || answer.includes('{')) expect(answer).toContain('"detail":');
  });

  test('answers HTTP/1.0 with links of the address that was connected to', async () => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1').setEncoding('utf8');
    let answer = '';
    socket.on('data', (text: string) => (answer += text));
    socket.write('GET /v6/errors/?page_size=1 HTTP/1.0\r\n\r\n');
    await once(socket, 'close');
    expect(answer).toContain(`"next":"${origin}/v6/errors/?page_size=1&page=2"`);
  });
});
