import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DOMParser } from '@xmldom/xmldom';
import { matrix, type RunningApp, startApp } from '../support/app-matrix.js';
import { bodyOf, definition, type WireRefusal } from '../support/wire.js';

describe.each(matrix)('An error of the REST interface on %s and %s', (adapter, database) => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp(adapter, database);
  });
  afterAll(() => app.close());

  test('is a problem, unless the client wants something else', async () => {
    const response = await app.get('/v6/errors/999999/', { 'X-Request-Id': 'r-1' });
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'The catalogue has no error with id 999999.',
      instance: expect.stringMatching(/^urn:uuid:[\da-f-]{36}$/) as unknown,
      message: 'Not found',
      request_id: 'r-1',
    });
  });

  test('names each bad field with its pointer', async () => {
    const response = await app.send('POST', '/v6/errors/', definition({ title: '', category: 'SYSTEM' }));
    expect(response.status).toBe(400);
    const { errors } = await bodyOf<WireRefusal>(response);
    expect(errors?.map(({ pointer }) => pointer).sort()).toEqual(['#/category', '#/title']);
  });

  test('names each bad parameter', async () => {
    const { errors } = await bodyOf<WireRefusal>(app.get('/v6/errors/?page_size=x&order=y'));
    expect(errors?.map(({ parameter }) => parameter)).toEqual(['page_size', 'order']);
  });

  test.each([
    ['application/json', /^\{"code":404,"message":"Not found","detail":"The catalogue has no error/],
    ['text/plain', /^404 - Not found\n\nThe catalogue has no error/],
    ['text/html', /^<!doctype html>/],
  ])('is %s for a client that asks for it', async (accept, body) => {
    const response = await app.get('/v6/errors/999999/', { Accept: accept });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain(accept);
    expect(await response.text()).toMatch(body);
  });

  test('is XML for a client that asks for it', async () => {
    const response = await app.get('/v6/errors/999999/', { Accept: 'application/problem+xml' });
    const root = new DOMParser().parseFromString(await response.text(), 'application/xml').documentElement;
    expect([root?.nodeName, root?.getElementsByTagName('status')[0]?.textContent]).toEqual(['problem', '404']);
  });

  test.each([
    ['DELETE', '/v6/errors/1/', 'GET, HEAD, PATCH, OPTIONS'],
    ['PUT', '/v7/errors', 'GET, HEAD, POST, OPTIONS'],
    ['POST', '/', 'GET, HEAD, OPTIONS'],
  ])('%s %s is 405 and says what is answered', async (method, path, allow) => {
    const response = await app.send(method, path, {});
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
  });
});
