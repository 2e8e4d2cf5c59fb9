import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WireRefusal } from '../support/wire.js';
import { matrix } from '../support/app-matrix.js';
import { writeEntries } from '../support/log-databases.js';
import { type LogHost, startLogHost } from '../support/log-host.js';

interface WireEntry {
  readonly id: number;
  readonly created: string;
  readonly message: string;
  readonly context: unknown;
}

interface WireLogPage {
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly WireEntry[];
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const at = (minutes: number): string => new Date(Date.UTC(2026, 2, 1, 9) + minutes * 60_000).toISOString();

/** Entries one to ten minutes after nine, then two of one and the same time. */
const ENTRIES = [
  ...Array.from({ length: 10 }, (_, index) => ({
    message: `entry ${index + 1}`,
    created: at(index + 1),
    level: ['info', 'warn', 'error'][index % 3] ?? '',
    host: `node-${index % 2}`,
    error_id: index % 5,
    request_id: `request-${index % 4}`,
    trace_id: index === 7 ? TRACE : 'none',
  })),
  { message: '100 % of A_B!', created: at(11), level: 'fatal', context: '{"a":[1,null,"é"]}', stacktrace: 'at x' },
  { message: '100 of a-b', created: at(11), level: 'fatal', record_id: '6f1f7d9c-0c9b-4a3e-8f2e-6a0c7a1d7b10' },
];

describe.each(matrix)('GET /logs/ on %s and %s', (adapter, database) => {
  let host: LogHost;

  beforeAll(async () => {
    host = await startLogHost(adapter, database);
    const zoneless = (entry: (typeof ENTRIES)[number]): object =>
      database === 'sqlite' ? { ...entry, created: entry.created.slice(0, -1).replace('T', ' ') } : entry;
    await writeEntries(host.dataSource, ENTRIES.map(zoneless));
  });
  afterAll(() => host.close());

  const page = (query: string): Promise<WireLogPage> => host.read<WireLogPage>(`/v6/logs/${query}`);
  const messages = async (query: string): Promise<string[]> =>
    (await page(query)).results.map(({ message }) => message.replace('entry ', ''));

  test.each(['/v6/logs', '/v6/logs/', '/v7/logs', '/v7/logs/'])('%s answers with the newest first', async (path) => {
    const whole = await host.read<WireLogPage>(path);
    expect(Object.keys(whole)).toEqual(['next', 'previous', 'results']);
    expect(whole).toMatchObject({ next: null, previous: null });
    expect(whole.results.map(({ message }) => message)).toEqual(ENTRIES.map(({ message }) => message).reverse());
  });

  test('an entry has the fields of the contract, in their order', async () => {
    const { results } = await page('?q=%25&page_size=1');
    const [first] = results;
    expect(Object.keys(first ?? {}).join()).toBe(
      'id,created,level,host,message,stacktrace,error_id,request_id,trace_id,context',
    );
    expect(first).toEqual({
      id: 11,
      created: '2026-03-01T09:11:00.000Z',
      level: 'fatal',
      host: '',
      message: '100 % of A_B!',
      stacktrace: 'at x',
      error_id: null,
      request_id: null,
      trace_id: null,
      context: { a: [1, null, 'é'] },
    });
  });

  test.each([
    ['?level=error', '9,6,3'],
    ['?level=error&level=warn&level=error&page_size=4', '9,8,6,5'],
    ['?level=nothing', ''],
    ['?level=', '100 of a-b,100 % of A_B!,10,9,8,7,6,5,4,3,2,1'],
    ['?host=node-0&page_size=2', '9,7'],
    ['?error=4', '10,5'],
    ['?error=4&level=warn', '5'],
    ['?request_id=request-3', '8,4'],
    [`?trace_id=${TRACE}`, '8'],
    ['?started=2026-03-01T09:09:00Z&ended=2026-03-01T10:10:00%2B01:00', '10,9'],
    ['?started=2026-03-01T09:09:00Z&ended=2026-03-01T09:09:00Z', '9'],
    ['?q=ENTRY%201', '10,1'],
    ['?q=a_b', '100 % of A_B!'],
    ['?q=100%20%25', '100 % of A_B!'],
    ['?q=B!', '100 % of A_B!'],
    ['?q=%5C', ''],
    ['?unknown=1&page_size=1', '100 of a-b'],
    ['?ended=0001-01-01T00:00:00Z', ''],
    ['?ended=0001-01-20T00:00:00Z', ''],
    ['?ended=P2026Y', ''],
    ['?ended=P9999Y&level=info&level=warn', ''],
    ['?started=P9999Y&ended=0001-01-01T00:00:00Z', ''],
  ])('%s gives the entries %s', async (query, expected) => {
    expect((await messages(query)).join()).toBe(expected);
  });

  test.each(['', 'level=error&level=fatal&level=warn&', 'q=entry&'])(
    'with “%s” cursors lead through every entry once, and back the same way',
    async (filter) => {
      const all = (await page(`?${filter}`)).results.map(({ id }) => id);
      const forth: WireLogPage[] = [];
      for (let address: string | null = `/v6/logs/?${filter}page_size=2`; address !== null;) {
        const read: WireLogPage = await host.read<WireLogPage>(address);
        forth.push(read);
        address = read.next;
      }
      expect(forth.flatMap(({ results }) => results.map(({ id }) => id))).toEqual(all);

      const back: WireLogPage[] = [];
      for (let address = forth.at(-1)?.previous ?? null; address !== null;) {
        const read: WireLogPage = await host.read<WireLogPage>(address);
        back.push(read);
        address = read.previous;
      }
      const expected = forth.slice(0, -1).map(({ results }) => results);
      expect(back.reverse().map(({ results }) => results)).toEqual(expected);
      expect(back.every(({ next }) => next !== null)).toBe(true);
    },
  );

  test('links are absolute and keep every other parameter', async () => {
    const { next } = await page('?level=info&level=warn&page_size=1&mine=a%20b');
    expect(next).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/v6\/logs\/\?level=info&level=warn&page_size=1&mine=a\+b&cursor=[\w-]+$/,
    );
  });

  test('entries that come while somebody reads move no page', async () => {
    const first = await page('?page_size=3&host=node-1');
    const next = await host.read<WireLogPage>(first.next ?? '');
    await writeEntries(host.dataSource, [{ message: 'late', host: 'node-1' }]);
    try {
      expect(await host.read<WireLogPage>(first.next ?? '')).toEqual(next);
      expect((await host.read<WireLogPage>(next.previous ?? '')).results).toEqual(first.results);
    } finally {
      await host.dataSource.query(`DELETE FROM logentry WHERE message = 'late'`);
    }
  });

  test('a cursor whose neighbours are gone leads back to the first page', async () => {
    await writeEntries(host.dataSource, [
      { message: 'older', level: 'gone' },
      { message: 'newer', level: 'gone' },
    ]);
    const first = await page('?level=gone&page_size=1');
    const last = await host.read<WireLogPage>(first.next ?? '');
    await host.dataSource.query(`DELETE FROM logentry WHERE level = 'gone'`);
    const forth = await host.read<WireLogPage>(first.next ?? '');
    expect(forth).toMatchObject({ next: null, results: [] });
    expect(new URL(forth.previous ?? '').search).toBe('?level=gone&page_size=1');
    const back = await host.read<WireLogPage>(last.previous ?? '');
    expect(back).toMatchObject({ previous: null, results: [] });
    expect(new URL(back.next ?? '').search).toBe('?level=gone&page_size=1');
  });

  test.each([
    ['cursor=1', 'cursor'],
    ['cursor=WzAsIjIwMjYtMDMtMDFUMDk6MzA6MDAuMDAwWiIsNDcxMV0', 'cursor'],
    ['cursor=81KtK4byWzAsIjIwMjYtMDMtMDFUMDk6MzA6MDAuMDAwWiIsNDcxMF0', 'cursor'],
    ['page_size=0', 'page_size'],
    ['error=x', 'error'],
    ['error=2147483648', 'error'],
    ['started=yesterday', 'started'],
    ['started=PT1H&ended=PT2H', 'started'],
    ['started=2026-03-01T09:09:00.001Z&ended=2026-03-01T09:09:00Z', 'started'],
    [Array.from({ length: 21 }, (_, index) => `level=${index}`).join('&'), 'level'],
  ])('%s is 400 and names the parameter', async (query, parameter) => {
    const refusal = await host.read<WireRefusal>(`/v6/logs/?${query}`, 400);
    expect(refusal.errors).toMatchObject([{ parameter }]);
  });

  test.each(['?q=%00', '?host=%ED%A0%80', '?level=%'])('%s is 400', async (query) => {
    await host.read(`/v6/logs/${query}`, 400);
  });

  test('without the token nothing is shown', async () => {
    for (const path of ['/v6/logs/', '/v6/logs/?cursor=1', '/v6/errors/1/occurrences/', '/v6/errors/x/occurrences/']) {
      const answer = await host.ask(path);
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    }
  });

  test('an INSERT that names only host, level and message has a time, and stands first', async () => {
    await writeEntries(host.dataSource, [{ host: 'plain', level: 'info', message: 'by hand' }]);
    const { results } = await page('?page_size=1');
    expect(results).toMatchObject([{ message: 'by hand', host: 'plain' }]);
    expect(Math.abs(Date.now() - Date.parse(results[0]?.created ?? ''))).toBeLessThan(60_000);
    const shown = encodeURIComponent(results[0]?.created ?? '');
    expect(await messages(`?started=${shown}&ended=PT0S`)).toEqual(['by hand']);
    await host.dataSource.query(`DELETE FROM logentry WHERE message = 'by hand'`);
  });
});

describe('Times that other programs wrote into SQLite in forms of their own', () => {
  test('are read, and pages lead through them once', async () => {
    const host = await startLogHost('fastify', 'sqlite');
    try {
      const created = ['2026-03-01 09:00:00', '2026-03-01T09:00:00Z', '2026-03-01 09:00:00.000'];
      await writeEntries(
        host.dataSource,
        created.map((time) => ({ created: time, message: time })),
      );
      const seen: string[] = [];
      for (let address: string | null = '/v6/logs/?page_size=1'; address !== null;) {
        const { results, next }: WireLogPage = await host.read<WireLogPage>(address);
        seen.push(...results.map(({ message }) => message));
        expect(results).toMatchObject([{ created: '2026-03-01T09:00:00.000Z' }]);
        address = next;
      }
      expect(seen.sort()).toEqual([...created].sort());
    } finally {
      await host.close();
    }
  });
});
