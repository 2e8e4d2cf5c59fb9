import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { matrix, type RunningApp, startApp } from '../../support/app-matrix.js';
import { bodyOf, definition, type WireError, type WirePage, type WireRefusal } from '../../support/wire.js';

const badInput = {
  name: 'bad-input',
  title: 'Bad Input',
  description: 'The input image has no georeference.',
  category: 'DATA',
  should_be_retried: false,
};

describe.each(matrix)('The error interface of a job type on %s and %s', (adapter, database) => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp(adapter, database);
  });
  afterAll(() => app.close());

  const path = (jobType: string, version = 'v6'): string =>
    `/${version}/job-types/${encodeURIComponent(jobType)}/errors/`;
  const put = (jobType: string, document: unknown, headers?: Record<string, string>): Promise<Response> =>
    app.send('PUT', path(jobType), document, headers);
  const stored = (jobType: string): Promise<unknown> => bodyOf(app.get(path(jobType)));
  const codeOf = (jobType: string, code: number | string, version = 'v6'): Promise<Response> =>
    app.get(`/${version}/job-types/${encodeURIComponent(jobType)}/exit-codes/${code}/`);

  test.each(['v6', 'v7'])(
    'is stored and given back under /%s, with and without the trailing slash',
    async (version) => {
      for (const address of [path(`slash-${version}`, version), path(`bare-${version}`, version).replace(/\/$/, '')]) {
        const document = { version: '1.0', exit_codes: { 1: badInput, 2: 'missing-file', 200: 'bad-input' } };
        const response = await app.send('PUT', address, document);
        expect(response.status).toBe(200);
        expect(await response.json()).toEqual(document);
        expect(await bodyOf(app.get(address))).toEqual(document);
      }
    },
  );

  test('names what is called like something that every object has', async () => {
    const response = await put(
      'named',
      '{"__proto__":1,"constructor":{"prototype":2},"exit_codes":{"1":{"name":"a","__proto__":3}}}',
    );
    expect(response.status).toBe(400);
    const pointers = (await bodyOf<WireRefusal>(response)).errors?.map(({ pointer }) => pointer);
    expect(pointers).toEqual(['#/__proto__', '#/constructor', '#/exit_codes/1/__proto__']);
  });

  test('is empty where nothing is stored, and may be made so again', async () => {
    const empty = { version: '1.0', exit_codes: {} };
    expect(await stored('unheard-of')).toEqual(empty);
    await put('emptied', { exit_codes: { 1: badInput } });
    expect(await bodyOf(put('emptied', {}))).toEqual(empty);
    expect(await stored('emptied')).toEqual(empty);
    expect((await bodyOf<WirePage>(app.get('/v6/errors/?job_type_name=emptied'))).count).toBe(1);
  });

  test('shows what is left out with its default, and changes nothing when it is stored again', async () => {
    const document = await bodyOf(put('partial', { exit_codes: { 7: { name: 'x' } } }));
    const whole = { name: 'x', title: null, description: null, category: 'ALGORITHM', should_be_retried: false };
    expect(document).toEqual({ version: '1.0', exit_codes: { 7: whole } });
    const { last_modified: before } = await bodyOf<WireError>(codeOf('partial', 7));
    expect(await bodyOf(put('partial', document))).toEqual(document);
    expect((await bodyOf<WireError>(codeOf('partial', 7))).last_modified).toBe(before);
  });

  test('updates what is there and keeps its id', async () => {
    const created = await bodyOf<WireError>(app.send('POST', '/v6/errors/', definition({ job_type_name: 'kept' })));
    await put('kept', { exit_codes: { 3: created.name, 4: { ...badInput, name: created.name, title: 'New' } } });
    const updated = await bodyOf<WireError>(app.get(`/v6/errors/${created.id}/`));
    expect(updated).toMatchObject({ id: created.id, created: created.created, title: 'New' });
    expect(await bodyOf(codeOf('kept', 3))).toEqual(updated);
  });

  test('refuses what cannot be used, with a pointer to each, and stores nothing', async () => {
    const wrong = { version: '2.0', exit_codes: { 1: badInput, x: 'a', 2: 7, 3: { ...badInput, category: 'SYSTEM' } } };
    const response = await put('refused', wrong);
    expect(response.status).toBe(400);
    const { errors = [] } = await bodyOf<WireRefusal>(response);
    const pointers = ['#/exit_codes/2', '#/exit_codes/3', '#/exit_codes/3/category', '#/exit_codes/x', '#/version'];
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(pointers);
    const unknown = await put('refused', { exit_codes: { 1: badInput, 2: 'nobody', 3: 'database' } });
    expect(unknown.status).toBe(400);
    expect((await bodyOf<WireRefusal>(unknown)).errors?.map(({ pointer }) => pointer)).toEqual(['#/exit_codes/2']);
    expect((await bodyOf<WirePage>(app.get('/v6/errors/?job_type_name=refused'))).count).toBe(0);
    expect(await stored('refused')).toEqual({ version: '1.0', exit_codes: {} });
  });

  test('names only built-in errors, those of the job type and those given: no other', async () => {
    const loose = await bodyOf<WireError>(app.send('POST', '/v6/errors/', definition()));
    await put('other', { exit_codes: { 1: badInput } });
    for (const name of [loose.name, 'bad-input'])
      expect((await put('names', { exit_codes: { 1: name } })).status).toBe(400);
    expect((await put('names', { exit_codes: { 1: 'unknown' } })).status).toBe(200);
  });

  test.each(['[]', '"text"', '7', 'null', '{"exit_codes":', ''])('refuses the body %s', async (body) => {
    expect((await put('bodies', body)).status).toBe(400);
  });

  test('refuses what is no JSON, or too large', async () => {
    expect((await put('types', '{}', { 'Content-Type': 'text/plain' })).status).toBe(415);
    expect((await put('types', { exit_codes: { 1: 'x'.repeat(1_048_576) } })).status).toBe(413);
  });

  test('belongs to a job type that can be called so', async () => {
    for (const name of ['%20', 'x'.repeat(251), 'a%00b']) {
      for (const rest of ['errors/', 'exit-codes/1/']) {
        expect([name, (await app.get(`/v6/job-types/${name}/${rest}`)).status]).toEqual([name, 400]);
      }
      expect((await app.send('PUT', `/v6/job-types/${name}/errors/`, {})).status).toBe(400);
    }
    expect((await put('🌍/?#%'.repeat(40), { exit_codes: { 1: badInput } })).status).toBe(200);
    expect(await bodyOf(codeOf('🌍/?#%'.repeat(40), 1))).toMatchObject({ name: 'bad-input' });
  });

  test('is saved by admins alone, and read by everybody', async () => {
    for (const authorization of ['', 'Bearer wrong']) {
      const response = await put('secret', { exit_codes: { 1: badInput } }, { Authorization: authorization });
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    }
    expect(await stored('secret')).toEqual({ version: '1.0', exit_codes: {} });
  });

  test.each(['v6', 'v7'])('tells under /%s what each exit code means', async (version) => {
    await put('codes', { exit_codes: { 1: badInput, 255: 'pull' } });
    const own = await codeOf('codes', 1, version);
    expect([own.status, own.headers.get('etag')]).toEqual([200, '"1"']);
    expect(await own.json()).toMatchObject({ ...badInput, job_type_name: 'codes', is_builtin: false });
    const names = await Promise.all(
      [255, 3, 26, 42].map(async (code) => (await bodyOf<WireError>(codeOf('codes', code, version))).name),
    );
    expect(names).toEqual(['pull', 'database-operation', 'unexpected-multiple-outputs', 'algorithm-unknown']);
    const success = await codeOf('codes', 0, version);
    expect([success.status, await success.text()]).toEqual([204, '']);
    expect((await app.get(`/${version}/job-types/codes/exit-codes/1`)).status).toBe(200);
  });

  test.each(['256', '-1', '1.5', '01', '+1', '1e1', 'x', '%20', '9'.repeat(30)])(
    'has no exit code %s',
    async (code) => {
      const response = await codeOf('codes', code);
      expect(response.status).toBe(400);
      expect((await bodyOf<WireRefusal>(response)).errors).toMatchObject([{ parameter: 'code' }]);
    },
  );

  test('shows on the pages of its errors what a process ends with to report them', async () => {
    await put('paged', { exit_codes: { 17: badInput, 4: 'bad-input' } });
    const html = async (address: string): Promise<string> =>
      (await app.get(`/errors/types/${address}`, { Accept: 'text/html' })).text();
    expect(await html('paged/bad-input')).toContain('<dt>Exit codes</dt><dd>4, 17</dd>');
    expect(await html('missing-file')).toContain('<dt>Exit code</dt><dd>9</dd>');
    expect(await html('unknown')).not.toContain('Exit code');
    const json = await bodyOf<WireError>(app.get('/errors/types/missing-file'));
    expect(Object.keys(json)).toHaveLength(10);
  });
});
