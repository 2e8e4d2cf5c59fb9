import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { matrix, type RunningApp, startApp } from '../support/app-matrix.js';
import { bodyOf, type WireError, type WirePage, type WireRefusal } from '../support/wire.js';

describe.each(matrix)('GET /errors/{id}/ on %s and %s', (adapter, database) => {
  let app: RunningApp;
  let known: WireError;

  beforeAll(async () => {
    app = await startApp(adapter, database);
    known = (await bodyOf<WirePage>(app.get('/v6/errors/?name=database'))).results[0] as WireError;
  });
  afterAll(() => app.close());

  test.each(['/v6/errors/ID', '/v6/errors/ID/', '/v7/errors/ID', '/v7/errors/ID/'])('%s is the error', async (path) => {
    const response = await app.get(path.replace('ID', String(known.id)));
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toEqual(known);
  });

  test.each([
    '0',
    '-1',
    '999999',
    '2147483648',
    '99999999999999999999',
    'abc',
    '1.5',
    '1e1',
    '0x1',
    'resolve',
    '%00',
    '%F0%9F%92%A5',
    '1%20',
  ])('id %s is 404', async (id) => {
    const response = await app.get(`/v6/errors/${id}/`);
    expect(response.status).toBe(404);
    expect((await bodyOf<WireRefusal>(response)).detail).toBeTruthy();
  });

  test.each(['"1"', 'W/"1"', '"7", "1"', '*'])('If-None-Match: %s gives 304 without a body', async (tag) => {
    const response = await app.get(`/v6/errors/${known.id}/`, { 'If-None-Match': tag });
    expect(response.status).toBe(304);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(await response.text()).toBe('');
  });

  test.each(['"2"', '1', ''])('If-None-Match: %s gives the error', async (tag) => {
    expect((await app.get(`/v6/errors/${known.id}/`, { 'If-None-Match': tag })).status).toBe(200);
  });

  test('HEAD answers as GET does, without the body', async () => {
    const response = await fetch(`${app.origin}/v6/errors/${known.id}/`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe('"1"');
  });

  test('a row that another program inserts is found, whatever is not named taking its default', async () => {
    await app.dataSource.query(`INSERT INTO error (id, name) VALUES (5000, 'by-hand')`);
    const error = await bodyOf<WireError>(app.get('/v6/errors/5000'));
    expect(error).toMatchObject({
      id: 5000,
      name: 'by-hand',
      title: null,
      description: null,
      job_type_name: null,
      category: 'SYSTEM',
      is_builtin: false,
      should_be_retried: false,
    });
    expect(Math.abs(Date.now() - new Date(error.created).getTime())).toBeLessThan(60_000);
    expect(error.created).toMatch(/\.\d{3}Z$/);
    const found = await bodyOf<WirePage>(
      app.get(
        `/v6/errors/?name=by-hand&started=${error.last_modified}&ended=${new Date(Date.parse(error.last_modified) + 1).toISOString()}`,
      ),
    );
    expect(found.count).toBe(1);
  });

  test('an edit that another program makes gives a new ETag', async () => {
    await app.dataSource.query(`UPDATE error SET title = 'By hand' WHERE name = 'pull'`);
    const { id } = (await bodyOf<WirePage>(app.get('/v6/errors/?name=pull'))).results[0] as WireError;
    const response = await app.get(`/v6/errors/${id}/`);
    expect(response.headers.get('etag')).toBe('"2"');
    expect(await response.json()).toMatchObject({ title: 'By hand' });
  });
});
