import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { matrix, type RunningApp, startApp } from '../support/app-matrix.js';
import { bodyOf, definition, type WireError, type WirePage, type WireRefusal } from '../support/wire.js';

describe.each(matrix)('PATCH /errors/{id}/ on %s and %s', (adapter, database) => {
  let app: RunningApp;
  let error: WireError;
  let system: WireError;

  beforeAll(async () => {
    app = await startApp(adapter, database);
    system = (await bodyOf<WirePage>(app.get('/v6/errors/?name=database'))).results[0] as WireError;
  });
  beforeEach(async () => {
    error = await bodyOf<WireError>(app.send('POST', '/v6/errors/', definition()));
  });
  afterAll(() => app.close());

  const patch = (body: unknown, headers?: Record<string, string>, id: unknown = error.id): Promise<Response> =>
    app.send('PATCH', `/v6/errors/${String(id)}/`, body, headers);
  const read = (): Promise<WireError> => bodyOf<WireError>(app.get(`/v6/errors/${error.id}/`));
  const pointers = async (body: unknown): Promise<unknown> => {
    const response = await patch(body);
    expect(response.status).toBe(400);
    expect(await read()).toEqual(error);
    return (await bodyOf<WireRefusal>(response)).errors?.map(({ pointer }) => pointer);
  };

  test.each(['/v6/errors/ID', '/v6/errors/ID/', '/v7/errors/ID', '/v7/errors/ID/'])('%s edits', async (path) => {
    const changes = { title: 'New', description: 'Newer', category: 'ALGORITHM', should_be_retried: true };
    const response = await app.send('PATCH', path.replace('ID', String(error.id)), changes);
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe('"2"');
    const edited = await bodyOf<WireError>(response);
    expect(edited).toEqual({ ...error, ...changes, last_modified: edited.last_modified });
    expect(Date.parse(edited.last_modified)).toBeGreaterThanOrEqual(Date.parse(error.last_modified));
    expect(await read()).toEqual(edited);
  });

  test('only the named fields change', async () => {
    expect(await bodyOf(patch({ title: 'One' }))).toMatchObject({ title: 'One', description: error.description });
    expect(await bodyOf(patch({ description: 'Two' }))).toMatchObject({ title: 'One', description: 'Two' });
  });

  test('null clears a title or a description', async () => {
    expect(await bodyOf(patch({ title: null }))).toMatchObject({ title: null, description: error.description });
    expect(await bodyOf(patch({ description: null }))).toMatchObject({ title: null, description: null });
  });

  test('an empty object changes nothing', async () => {
    const response = await patch({});
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(await response.json()).toEqual(error);
    expect(await read()).toEqual(error);
  });

  test.each(['', ' ', 7, 'x'.repeat(251), 'a\0b'])('%p is no title and no description', async (value) => {
    expect(await pointers({ title: value })).toEqual(['#/title']);
    expect(await pointers({ description: value })).toEqual(['#/description']);
  });

  test.each(['SYSTEM', 'NONE', null, ''])('category %p is refused', async (category) => {
    expect(await pointers({ category })).toEqual(['#/category']);
  });

  test.each([null, 'true', 0])('should_be_retried %p is refused', async (value) => {
    expect(await pointers({ should_be_retried: value })).toEqual(['#/should_be_retried']);
  });

  test.each(['name', 'job_type_name', 'is_builtin', 'id', 'created', 'last_modified', 'colour', 'version'])(
    '%s is refused, even as it is',
    async (field) => {
      const value = (error as unknown as Record<string, unknown>)[field] ?? 'x';
      expect(await pointers({ title: 'New', [field]: value })).toEqual([`#/${field}`]);
      if (field !== 'colour' && field !== 'version') expect(await pointers({ [field]: null })).toEqual([`#/${field}`]);
    },
  );

  test.each(['[]', 'null', '7', '{"title":'])('the body %s is 400', async (body) => {
    expect((await patch(body)).status).toBe(400);
  });

  test('another content type is 415', async () => {
    expect((await patch('title=x', { 'Content-Type': 'application/x-www-form-urlencoded' })).status).toBe(415);
  });

  test('of a system error only should_be_retried can be changed', async () => {
    for (const changes of [
      { title: 'x' },
      { description: null },
      { category: 'DATA' },
      { title: 'x', should_be_retried: false },
    ]) {
      const response = await patch(changes, {}, system.id);
      expect(response.status).toBe(400);
      expect((await bodyOf<WireRefusal>(response)).detail).toContain('SYSTEM');
    }
    expect(await bodyOf(app.get(`/v6/errors/${system.id}/`))).toEqual(system);
    expect(await bodyOf(patch({ should_be_retried: false }, {}, system.id))).toMatchObject({
      should_be_retried: false,
    });
    expect(app.errors.getBuiltinError('database').shouldBeRetried).toBe(false);
  });

  test.each(['0', '999999', 'abc', '99999999999'])('id %s is 404', async (id) => {
    expect((await patch({ title: 'x' }, {}, id)).status).toBe(404);
    expect((await patch({}, {}, id)).status).toBe(404);
  });

  test('If-Match lets the edit of what was read through', async () => {
    const response = await patch({ title: 'New' }, { 'If-Match': '"1"' });
    expect(response.status).toBe(200);
    expect((await patch({ title: 'Newer' }, { 'If-Match': response.headers.get('etag') ?? '' })).status).toBe(200);
    expect((await patch({ title: 'Newest' }, { 'If-Match': '*' })).status).toBe(200);
    expect((await patch({ title: 'Last' }, { 'If-Match': '"9", "4"' })).status).toBe(200);
  });

  test.each(['"2"', 'W/"1"', '"x"', '1', ''])('If-Match: %s is stale and changes nothing', async (tag) => {
    // An empty header value is one that names nothing.
    const response = await patch({ title: 'New' }, { 'If-Match': tag });
    expect(response.status).toBe(412);
    const { detail } = await bodyOf<WireRefusal>(response);
    expect(detail).toContain('If-Match: "1"');
    expect(detail).not.toContain('edited');
    expect(await read()).toEqual(error);
    expect((await patch({}, { 'If-Match': tag })).status).toBe(412);
  });

  test('the edit of what was edited since is told so', async () => {
    await patch({ title: 'New' });
    const response = await patch({ title: 'Newer' }, { 'If-Match': '"1"' });
    expect(response.status).toBe(412);
    expect((await bodyOf<WireRefusal>(response)).detail).toContain('was edited since you read it: its ETag is now "2"');
  });

  test('of two admins who edit the same version, one has to read again', async () => {
    const edits = Array.from({ length: 20 }, (_, number) => patch({ title: `Edit ${number}` }, { 'If-Match': '"1"' }));
    const responses = await Promise.all(edits);
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(responses.filter(({ status }) => status === 412)).toHaveLength(19);
    const winner = responses.find(({ status }) => status === 200) as Response;
    expect(await read()).toEqual(await winner.json());
  });

  test('edits of different fields at once are all kept', async () => {
    const edits = [{ title: 'T' }, { description: 'D' }, { category: 'ALGORITHM' }, { should_be_retried: true }];
    const responses = await Promise.all(edits.map((changes) => patch(changes)));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await read()).toMatchObject({
      title: 'T',
      description: 'D',
      category: 'ALGORITHM',
      should_be_retried: true,
    });
    expect((await app.get(`/v6/errors/${error.id}/`)).headers.get('etag')).toBe('"5"');
  });

  test('the next read sees each edit', async () => {
    for (let number = 0; number < 20; number++) {
      await patch({ title: `Edit ${number}` });
      expect((await read()).title).toBe(`Edit ${number}`);
      expect((await app.errors.getByNaturalKey(null, error.name)).title).toBe(`Edit ${number}`);
    }
  });
});
