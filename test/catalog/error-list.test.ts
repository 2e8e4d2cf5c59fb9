import { get as httpGet } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseAnswer, sendRaw } from '../support/http-client.js';
import { matrix, type RunningApp, startApp } from '../support/app-matrix.js';
import { bodyOf, definition, type WireError, type WirePage, type WireRefusal } from '../support/wire.js';

const FIELDS = [
  'id',
  'name',
  'title',
  'description',
  'job_type_name',
  'category',
  'is_builtin',
  'should_be_retried',
  'created',
  'last_modified',
];

describe.each(matrix)('GET /errors/ on %s and %s', (adapter, database) => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp(adapter, database);
    for (let number = 1; number <= 10; number++) {
      await app.send(
        'POST',
        '/v6/errors/',
        definition({
          name: `error-${number % 5}`,
          job_type_name: `type-${Math.ceil(number / 5)}`,
          title: `T${11 - number}`,
        }),
      );
    }
  });
  afterAll(() => app.close());

  const list = (query: string): Promise<WirePage> => bodyOf<WirePage>(app.get(`/v6/errors/${query}`));
  const ids = async (query: string): Promise<number[]> => (await list(query)).results.map(({ id }) => id);
  const refusal = async (query: string, status: number): Promise<WireRefusal> => {
    const response = await app.get(`/v6/errors/${query}`);
    expect(response.status).toBe(status);
    return bodyOf<WireRefusal>(response);
  };

  test.each(['/v6/errors', '/v6/errors/', '/v7/errors', '/v7/errors/'])(
    '%s answers with the page itself',
    async (path) => {
      const response = await app.get(path);
      expect(response.status).toBe(200);
      expect(response.redirected).toBe(false);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      const page = await bodyOf<WirePage>(response);
      expect(Object.keys(page)).toEqual(['count', 'next', 'previous', 'results']);
      expect(page).toMatchObject({ count: 36, next: null, previous: null });
      expect(page.results).toHaveLength(36);
    },
  );

  test('an error has the fields of the contract in their order, and times in UTC to the millisecond', async () => {
    const [error] = (await list('?name=unknown')).results;
    expect(Object.keys(error as WireError)).toEqual(FIELDS);
    expect(error).toMatchObject({
      name: 'unknown',
      title: 'Unknown',
      job_type_name: null,
      category: 'SYSTEM',
      is_builtin: true,
      should_be_retried: true,
    });
    expect(error?.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(error?.last_modified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('pages follow one another by their links, without a gap or an overlap', async () => {
    const seen: number[] = [];
    let address: string | null = `${app.origin}/v6/errors/?page_size=7&color=blue`;
    let previous: string | null = null;
    while (address !== null) {
      const page: WirePage = await bodyOf<WirePage>(fetch(address));
      expect(page.previous === null).toBe(previous === null);
      expect(address).toContain('color=blue');
      seen.push(...page.results.map(({ id }) => id));
      previous = address;
      address = page.next;
    }
    expect(seen).toHaveLength(36);
    expect(new Set(seen).size).toBe(36);
    expect(seen).toEqual(await ids('?page_size=1000'));
  });

  test.each(['http://errors.example', 'HTTP://someone@errors.example'])(
    'links begin with the host of the target where %s stands in it, whatever the Host header says',
    async (target) => {
      const head = `GET ${target}/v6/errors/?page_size=5 HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n`;
      const { status, body } = parseAnswer(await sendRaw(app.origin, head));
      expect(status).toBe(200);
      expect((JSON.parse(body) as WirePage).next).toBe('http://errors.example/v6/errors/?page_size=5&page=2');
      const { headers } = parseAnswer(await sendRaw(app.origin, head.replace('?page_size=5', '1/')));
      expect(headers['link']).toMatch(/^<\/v6\/logs\/\?error=1>; .* <\/v6\/errors\/1\/occurrences\/>;/);
    },
  );

  test('links are absolute, begin with the host the client used, and keep every other parameter', async () => {
    const page = await list('?order=-id&order=name&page_size=5&page=2&tag=%C3%A9%26');
    expect(page.next).toBe(`${app.origin}/v6/errors/?order=-id&order=name&page_size=5&page=3&tag=%C3%A9%26`);
    expect(page.previous).toBe(`${app.origin}/v6/errors/?order=-id&order=name&page_size=5&page=1&tag=%C3%A9%26`);
  });

  test('forwarded headers are not believed unless the service is told to', async () => {
    const page = await bodyOf<WirePage>(
      app.get('/v6/errors/?page_size=5', { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' }),
    );
    expect(page.next).toMatch(new RegExp(`^${app.origin}/`));
  });

  test('page=last is the last page', async () => {
    const page = await list('?page=last&page_size=10');
    expect(page.results).toHaveLength(6);
    expect(page.next).toBeNull();
    expect(page.previous).toContain('page=3');
  });

  test.each(['0', '-1', '5', '1.5', 'x', '', '99999999999999999999'])(
    'page=%s is 404 and names the page',
    async (page) => {
      const { detail } = await refusal(`?page_size=10&page=${page}`, 404);
      expect(detail).toContain(page === '' ? '“”' : page);
    },
  );

  test('the first page of a list without results exists', async () => {
    expect(await list('?name=nobody')).toEqual({ count: 0, next: null, previous: null, results: [] });
  });

  test('page_size above 1000 means 1000', async () => {
    expect(await ids('?page_size=100000000000000000000')).toHaveLength(36);
  });

  test.each(['0', '-5', '1.5', 'ten', '', '1e2', '%201'])('page_size=%s is 400', async (size) => {
    const { errors } = await refusal(`?page_size=${size}`, 400);
    expect(errors).toMatchObject([{ parameter: 'page_size' }]);
  });

  test.each(['true', 'T', '1', 'TRUE'])('is_builtin=%s gives the built-in errors', async (value) => {
    expect((await list(`?is_builtin=${value}`)).count).toBe(26);
  });

  test.each(['false', 'F', '0', 'False'])('is_builtin=%s gives the others', async (value) => {
    expect((await list(`?is_builtin=${value}`)).count).toBe(10);
  });

  test.each(['', 'yes', '2', 'truee'])('is_builtin=%s is 400', async (value) => {
    expect((await refusal(`?is_builtin=${value}`, 400)).errors).toMatchObject([{ parameter: 'is_builtin' }]);
  });

  test('filters are equalities that all have to hold', async () => {
    expect((await list('?job_type_name=type-1')).count).toBe(5);
    expect((await list('?job_type_name=type-1&name=error-3')).count).toBe(1);
    expect((await list('?category=DATA')).count).toBe(10);
    expect((await list('?category=NONSENSE')).count).toBe(0);
    expect((await list('?name=error')).count).toBe(0);
  });

  test('an empty filter is none', async () => {
    expect((await list('?job_type_name=&name=&category=')).count).toBe(36);
  });

  test('of a repeated parameter the last counts', async () => {
    expect((await list('?name=error-1&name=unknown')).count).toBe(1);
    expect((await list('?page_size=nonsense&page_size=3')).results).toHaveLength(3);
  });

  test('a bound that equals a time as shown finds its own row', async () => {
    const { last_modified: time, id } = (await list('?page=last&page_size=1')).results[0] as WireError;
    expect(await ids(`?started=${time}`)).toContain(id);
    const moment = new Date(time).getTime();
    expect(await ids(`?ended=${time}&started=${new Date(moment - 1).toISOString()}`)).toContain(id);
    expect(await ids(`?ended=${new Date(moment - 1).toISOString()}`)).not.toContain(id);
    expect(await ids(`?started=${new Date(moment + 1).toISOString()}`)).not.toContain(id);
  });

  test('bounds are timestamps of any zone, or durations counted back from now', async () => {
    expect((await list('?started=2020-01-01T00:00:00%2B02:00')).count).toBe(36);
    expect((await list('?started=2020-01-01T00:00:00+02:00')).count).toBe(36);
    expect((await list('?started=PT1H')).count).toBe(36);
    expect((await list('?ended=PT1H')).count).toBe(0);
    expect((await list('?started=P1Y2M3W&ended=PT0S')).count).toBe(36);
  });

  test.each([
    '2026-03-01T09:30:00',
    '2026-02-30T00:00:00Z',
    '2026-03-01',
    'yesterday',
    '1772357400',
    'P',
    'PT',
    '',
    '2026-03-01T25:00:00Z',
  ])('started=%s is 400', async (value) => {
    expect((await refusal(`?started=${value}`, 400)).errors).toMatchObject([{ parameter: 'started' }]);
    expect((await refusal(`?ended=${value}`, 400)).errors).toMatchObject([{ parameter: 'ended' }]);
  });

  test.each([
    ['2026-02-30T00:00:00Z', 'no such date'],
    ['2026-01-01T25:00:00Z', 'no such date or time'],
    ['2026-02-01T00:00:00%2B24:00', 'no such offset'],
    ['2026-02-01T00:00:00-0060', 'no such offset'],
  ])('of started=%s is said that there is %s', async (value, said) => {
    expect((await refusal(`?started=${value}`, 400)).detail).toContain(said);
  });

  test('started may not be after ended', async () => {
    await refusal('?started=2026-01-02T00:00:00Z&ended=2026-01-01T00:00:00Z', 400);
    expect((await list('?started=2026-01-01T00:00:00Z&ended=2026-01-01T00:00:00Z')).count).toBe(0);
  });

  test('times beyond every calendar are bounds like others', async () => {
    expect((await list('?ended=9999-12-31T23:59:59-14:00')).count).toBe(36);
    expect((await list('?started=P5000Y')).count).toBe(36);
    expect((await app.get('/v6/errors/?started=P99999999999Y')).status).toBeLessThan(500);
  });

  test.each(FIELDS)('order=%s orders, and “-” turns it round', async (field) => {
    const up = (await list(`?order=${field}`)).results;
    const down = (await list(`?order=-${field}&order=-id`)).results;
    expect(down.map(({ id }) => id)).toEqual(up.map(({ id }) => id).reverse());
  });

  test('null is the smallest value to order by', async () => {
    const up = (await list('?order=job_type_name')).results.map((error) => error.job_type_name);
    expect(up.slice(0, 26)).toEqual(Array<null>(26).fill(null));
    expect(up.slice(26)).toEqual([...up.slice(26)].sort());
  });

  test('several fields order one after the other, and the id breaks ties', async () => {
    const found = (await list('?is_builtin=f&order=name&order=-job_type_name')).results;
    const expected = [...found].sort(
      (a, b) => a.name.localeCompare(b.name) || String(b.job_type_name).localeCompare(String(a.job_type_name)),
    );
    expect(found).toEqual(expected);
    expect(await ids('?order=category')).toEqual(await ids('?order=category&order=id'));
  });

  test('the default order is by last_modified', async () => {
    expect(await ids('')).toEqual(await ids('?order=last_modified'));
  });

  test.each(['colour', '', '-', '--name', 'lastModified', 'name;DROP TABLE error', 'id DESC'])(
    'order=%s is 400 and lists the fields',
    async (field) => {
      const { detail } = await refusal(`?order=${encodeURIComponent(field)}`, 400);
      for (const known of FIELDS) expect(detail).toContain(known);
    },
  );

  test('all that is wrong is said at once', async () => {
    const { errors } = await refusal('?page_size=x&is_builtin=x&started=x&order=x', 400);
    expect(errors?.map(({ parameter }) => parameter).sort()).toEqual(['is_builtin', 'order', 'page_size', 'started']);
  });

  test.each(['name=a%00b', 'job_type_name=%00', 'other=%00', 'name=%ED%A0%80', 'name=%FF', 'name=%', 'order=%00'])(
    '?%s is a 4xx',
    async (query) => {
      const { status } = await app.get(`/v6/errors/?${query}`);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    },
  );

  test('what looks like SQL is text', async () => {
    expect((await list(`?name=${encodeURIComponent(`' OR 1=1 --`)}`)).count).toBe(0);
    expect((await list('?name=:name&category=$1')).count).toBe(0);
  });

  test('10 MB of query string is a 4xx', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpGet(`${app.origin}/v6/errors/?name=${'a'.repeat(10_000_000)}`, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      // The server may close the connection before it has taken everything; the answer has come by then.
      request.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error);
      });
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  test('the unfiltered count counts what this service wrote at once', async () => {
    const { count } = await list('');
    const created = await bodyOf<WireError>(app.send('POST', '/v6/errors/', definition()));
    expect((await list('')).count).toBe(count + 1);
    await app.dataSource.query(`DELETE FROM error WHERE id = ${created.id}`);
    await app.errors.resetErrorCache();
  });
});
