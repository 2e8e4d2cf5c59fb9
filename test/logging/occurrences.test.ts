import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { matrix } from '../support/app-matrix.js';
import { writeEntries } from '../support/log-databases.js';
import { type LogHost, startLogHost } from '../support/log-host.js';
import type { WireRefusal } from '../support/wire.js';

interface Occurrences {
  readonly count: number;
  readonly first_seen: string | null;
  readonly last_seen: string | null;
  readonly per_hour: readonly { readonly hour: string; readonly count: number }[];
}

describe.each(matrix)('The occurrences of an error on %s and %s', (adapter, database) => {
  let host: LogHost;

  beforeAll(async () => {
    host = await startLogHost(adapter, database);
    const times = [
      '2026-03-01T09:59:59.999',
      '2026-03-01T10:00:00.000',
      '2026-03-01T10:30:00.123',
      '2026-03-01T13:00:00.000',
    ];
    const entries = times.map((time) => ({
      error_id: 1,
      created: database === 'sqlite' ? time.replace('T', ' ') : `${time}Z`,
    }));
    await writeEntries(host.dataSource, [...entries, { error_id: 1 }, { error_id: 2 }]);
  });
  afterAll(() => host.close());

  const count = (query: string): Promise<Occurrences> => host.read<Occurrences>(`/v6/errors/1/occurrences/${query}`);

  test('are counted hour by hour', async () => {
    const counted = await count('?started=2026-03-01T00:00:00Z&ended=2026-03-01T12:00:00Z');
    expect(Object.keys(counted)).toEqual(['count', 'first_seen', 'last_seen', 'per_hour']);
    expect(counted).toEqual({
      count: 3,
      first_seen: '2026-03-01T09:59:59.999Z',
      last_seen: '2026-03-01T10:30:00.123Z',
      per_hour: [
        { hour: '2026-03-01T09:00:00.000Z', count: 1 },
        { hour: '2026-03-01T10:00:00.000Z', count: 2 },
      ],
    });
  });

  test('are those of the last day when nothing is said, and of a day before the end when only that is', async () => {
    const recent = await count('');
    expect(recent.count).toBe(1);
    expect(recent.per_hour).toHaveLength(1);
    expect(Math.abs(Date.now() - Date.parse(recent.first_seen ?? ''))).toBeLessThan(60_000);
    expect((await count('?ended=2026-03-02T10:00:00Z')).count).toBe(3);
    expect(await count('?ended=2026-01-01T00:00:00Z')).toEqual({
      count: 0,
      first_seen: null,
      last_seen: null,
      per_hour: [],
    });
  });

  test('are those of one time where the period begins and ends with it', async () => {
    const time = '2026-03-01T10:30:00.123Z';
    expect(await count(`?started=${time}&ended=${time}`)).toMatchObject({
      count: 1,
      first_seen: time,
      last_seen: time,
    });
  });

  test.each(['ended=0001-01-01T00:00:00Z', 'ended=P2026Y', 'ended=P9999Y', 'started=P9999Y&ended=P9999Y'])(
    'are none in a period as early as %s',
    async (query) => {
      expect(await count(`?${query}`)).toEqual({ count: 0, first_seen: null, last_seen: null, per_hour: [] });
    },
  );

  test('have the form of the contract under every path', async () => {
    for (const path of ['/v6/errors/2/occurrences', '/v7/errors/2/occurrences', '/v7/errors/2/occurrences/']) {
      expect((await host.read<Occurrences>(path)).count).toBe(1);
    }
  });

  test.each(['started=tomorrow', 'started=PT1H&ended=PT2H', 'started=9000-01-01T00:00:00Z'])(
    '%s is 400 and names the parameter',
    async (query) => {
      const refusal = await host.read<WireRefusal>(`/v6/errors/1/occurrences/?${query}`, 400);
      expect(refusal.errors).toMatchObject([{ parameter: 'started' }]);
    },
  );

  test.each(['999999', '2147483648', '99999999999', 'x', '-1', '1.5'])('of the error “%s” are 404', async (id) => {
    await host.read(`/v6/errors/${id}/occurrences/`, 404);
  });

  test('are found from the error, and so are its entries', async () => {
    for (const path of ['/v6/errors/1', '/v6/errors/1/?a=b', '/v6/errors/1/occurrences/']) {
      const { headers } = await host.ask(path, { headers: { Authorization: 'Bearer the-admins-token' } });
      const targets = [...String(headers['link']).matchAll(/<([^>]+)>; rel="related"/g)].map(
        ([, target = '']) => target,
      );
      expect(targets).toEqual(['/v6/logs/?error=1', '/v6/errors/1/occurrences/']);
      expect((await host.read<{ results: unknown[] }>(targets[0] ?? '')).results).toHaveLength(5);
      expect((await host.read<Occurrences>(targets[1] ?? '')).count).toBe(1);
    }
  });
});
