import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { matrix, type RunningApp, startApp } from '../support/app-matrix.js';
import { bodyOf, definition, type WireError, type WirePage, type WireRefusal } from '../support/wire.js';

describe.each(matrix)('POST /errors/ on %s and %s', (adapter, database) => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp(adapter, database);
  });
  afterAll(() => app.close());

  const post = (body: unknown, headers?: Record<string, string>): Promise<Response> =>
    app.send('POST', '/v6/errors/', body, headers);
  const pointers = async (body: unknown): Promise<unknown> => {
    const response = await post(body);
    expect(response.status).toBe(400);
    return (await bodyOf<WireRefusal>(response)).errors?.map(({ pointer }) => pointer);
  };

  test.each(['/v6/errors', '/v6/errors/', '/v7/errors', '/v7/errors/'])('%s stores the error', async (path) => {
    const body = definition({ job_type_name: 'landsat-parse', should_be_retried: true });
    const response = await app.send('POST', path, body);
    expect(response.status).toBe(201);
    expect(response.headers.get('etag')).toBe('"1"');
    const error = await bodyOf<WireError>(response);
    expect(error).toMatchObject({ ...body, is_builtin: false });
    expect(response.headers.get('location')).toBe(`${app.origin}${path.replace(/\/$/, '')}/${error.id}/`);
    expect(await bodyOf(fetch(response.headers.get('location') ?? ''))).toEqual(error);
    expect((await bodyOf<WirePage>(app.get(`/v6/errors/?name=${error.name}`))).results).toEqual([error]);
  });

  test('what is left out has its default', async () => {
    expect(await bodyOf(post(definition()))).toMatchObject({ job_type_name: null, should_be_retried: false });
    expect(await bodyOf(post(definition({ job_type_name: null })))).toMatchObject({ job_type_name: null });
  });

  test('an empty object lacks all that is required', async () => {
    expect(await pointers({})).toEqual(['#/name', '#/title', '#/description', '#/category']);
  });

  test.each(['name', 'title', 'description'])('%s has to be a text that is not too long', async (field) => {
    const limit = field === 'description' ? 250 : 50;
    const wrong = [undefined, null, '', '  ', 7, true, {}, [], 'x'.repeat(limit + 1), 'a\0b', '\ud800'];
    for (const value of wrong) expect(await pointers(definition({ [field]: value }))).toEqual([`#/${field}`]);
    expect((await post(definition({ [field]: '🌍'.repeat(limit) }))).status).toBe(201);
    expect(await pointers(definition({ [field]: '🌍'.repeat(limit + 1) }))).toEqual([`#/${field}`]);
  });

  test('job_type_name is null or such a text', async () => {
    for (const value of ['', 7, {}, 'x'.repeat(251), 'a\0b']) {
      expect(await pointers(definition({ job_type_name: value }))).toEqual(['#/job_type_name']);
    }
    expect((await post(definition({ job_type_name: 'x'.repeat(250) }))).status).toBe(201);
  });

  test.each(['SYSTEM', 'system', 'data', 'NONE', '', null, 7, ['DATA']])('category %p is refused', async (category) => {
    expect(await pointers(definition({ category }))).toEqual(['#/category']);
  });

  test.each(['true', 1, null, {}])('should_be_retried %p is refused', async (value) => {
    expect(await pointers(definition({ should_be_retried: value }))).toEqual(['#/should_be_retried']);
  });

  test.each([true, false, null])('is_builtin %p is refused', async (value) => {
    expect(await pointers(definition({ is_builtin: value }))).toEqual(['#/is_builtin']);
  });

  test('a field that does not exist is refused with its pointer, however it is called', async () => {
    expect(await pointers(definition({ colour: 'blue' }))).toEqual(['#/colour']);
    expect(await pointers(definition({ id: 7 }))).toEqual(['#/id']);
    expect(await pointers(definition({ 'a/b~c d': 1 }))).toEqual(['#/a~1b~0c%20d']);
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'length']) {
      for (const value of [1, { prototype: { polluted: true } }])
        expect(await pointers(definition({ [name]: value }))).toEqual([`#/${name}`]);
    }
  });

  test.each(['name', 'colour'])('%s is refused when it is nested too deep to be looked at', async (field) => {
    const nested = (levels: number): string => {
      const value = `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`;
      return JSON.stringify(definition({ [field]: 'nested' })).replace('"nested"', value);
    };
    const deep = await post(nested(10_000));
    expect(deep.status).toBe(400);
    const [entry, ...others] = (await bodyOf<WireRefusal>(deep)).errors ?? [];
    expect(entry?.pointer).toBe(`#/${field}`);
    expect(entry?.detail).toContain('deeper than 32 levels');
    expect(others).toEqual([]);
    expect((await bodyOf<WireRefusal>(post(nested(32)))).errors?.[0]?.detail).not.toContain('levels');
    expect((await app.send('PATCH', '/v6/errors/1/', nested(10_000))).status).toBe(400);
    expect((await app.send('PUT', '/v6/errors/1/retry-policy/', nested(10_000))).status).toBe(400);
  });

  test('every bad field has its entry', async () => {
    const found = await pointers({ name: '', title: 7, description: 'x'.repeat(251), category: 'SYSTEM', colour: 1 });
    expect((found as string[]).sort()).toEqual(['#/category', '#/colour', '#/description', '#/name', '#/title']);
  });

  test.each(['[]', '"text"', '7', 'null', 'true', '{"name":', '{', 'name=x', '{"__proto__":{"x":1}}'])(
    'the body %s is 400',
    async (body) => {
      const response = await post(body);
      expect(response.status).toBe(400);
      expect((await bodyOf<WireRefusal>(response)).detail).toBeTruthy();
    },
  );

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'application/merge-patch+json',
    'multipart/form-data; boundary=x',
  ])('the content type %s is 415', async (type) => {
    const response = await post(JSON.stringify(definition()), { 'Content-Type': type });
    expect(response.status).toBe(415);
    expect((await bodyOf<WireRefusal>(response)).detail).toContain('Send JSON, with Content-Type: application/json.');
  });

  test('JSON with a charset is JSON', async () => {
    expect((await post(definition(), { 'Content-Type': 'application/json; charset=utf-8' })).status).toBe(201);
  });

  test('a content encoding that cannot be read is 415 and named', async () => {
    const response = await post(definition(), { 'Content-Encoding': adapter === 'fastify' ? 'gzip' : 'compress' });
    expect(response.status).toBe(415);
    expect((await bodyOf<WireRefusal>(response)).detail).toContain(adapter === 'fastify' ? 'gzip' : 'compress');
    expect((await post(definition(), { 'Content-Encoding': 'identity' })).status).toBe(201);
  });

  test('more than 1 MB is 413', async () => {
    const response = await post(definition({ description: 'x'.repeat(1_048_576) }));
    expect(response.status).toBe(413);
    if (adapter === 'fastify') expect((await bodyOf<WireRefusal>(response)).detail).toContain('1 MB');
  });

  test('a taken natural key is 409 and names the error that has it', async () => {
    const body = definition({ job_type_name: 'landsat-parse' });
    const first = await bodyOf<WireError>(post(body));
    const second = await post({ ...body, title: 'Another' });
    expect(second.status).toBe(409);
    const { detail } = await bodyOf<WireRefusal>(second);
    expect(detail).toContain(String(first.id));
    expect(detail).toContain(first.name);
    expect(await bodyOf(app.get(`/v6/errors/${first.id}/`))).toEqual(first);
  });

  test('null counts as a value in the natural key', async () => {
    expect((await post(definition({ name: 'database' }))).status).toBe(409);
    expect((await post(definition({ name: 'database', job_type_name: 'x' }))).status).toBe(201);
  });

  test('of many who take one natural key at once, one gets it', async () => {
    const body = definition({ job_type_name: 'contested' });
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await post(body)).status));
    expect(statuses.sort()).toEqual([201, ...Array<number>(19).fill(409)]);
  });

  test('ids that another program gave by hand are passed over', async () => {
    const { id } = await bodyOf<WireError>(post(definition()));
    for (let ahead = 1; ahead <= 5; ahead++) {
      await app.dataSource.query(`INSERT INTO error (id, name) VALUES (${id + ahead}, 'by-hand-${id + ahead}')`);
    }
    expect((await bodyOf<WireError>(post(definition()))).id).toBeGreaterThan(id + 5);
  });

  test('an error that was looked for in vain is found once it is there', async () => {
    const body = definition({ job_type_name: 'sought' });
    await expect(app.errors.getJobError('sought', String(body['name']))).rejects.toMatchObject({ code: 404 });
    await post(body);
    expect((await app.errors.getJobError('sought', String(body['name']))).title).toBe(body['title']);
  });
});
