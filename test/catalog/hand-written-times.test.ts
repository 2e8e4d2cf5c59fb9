import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LogHost, startLogHost } from '../support/log-host.js';
import { writeEntries } from '../support/log-databases.js';

/** Forms in which other programs write a time into SQLite, and how it is shown. */
const TIMES = [
  ['2026-03-01 09:00:00', '2026-03-01T09:00:00.000Z'],
  ['2026-03-01 09:00:00.000', '2026-03-01T09:00:00.000Z'],
  ['2026-03-01 09:00:10.5', '2026-03-01T09:00:10.500Z'],
  ['2026-03-01 09:00:20.05', '2026-03-01T09:00:20.050Z'],
] as const;

interface Page<Row> {
  readonly results: readonly Row[];
}

describe('Of times that other programs wrote into SQLite without milliseconds', () => {
  let host: LogHost;
  beforeAll(async () => {
    host = await startLogHost('express', 'sqlite');
    for (const [time] of TIMES) {
      await host.dataSource.query(
        `INSERT INTO error (name, job_type_name, category, last_modified) VALUES (?, 'by-hand', 'DATA', ?)`,
        [time, time],
      );
    }
    await writeEntries(
      host.dataSource,
      TIMES.map(([time]) => ({ created: time, message: time, error_id: 7 })),
    );
  });
  afterAll(() => host.close());

  describe.each(TIMES)('a bound that equals %s as shown', (time, shown) => {
    const next = (milliseconds: number): string => new Date(Date.parse(shown) + milliseconds).toISOString();
    const periods = [
      `started=${shown}&ended=${next(1)}`,
      `started=${next(-1)}&ended=${shown}`,
      `started=${shown}&ended=${shown}`,
    ];

    test.each(periods)('finds its own error (%s)', async (period) => {
      const path = `/v6/errors/?job_type_name=by-hand&${period}`;
      const { results } = await host.read<Page<{ name: string; last_modified: string }>>(path);
      expect(results).toContainEqual(expect.objectContaining({ name: time, last_modified: shown }));
      expect(results.filter((error) => error.last_modified !== shown)).toEqual([]);
    });

    test.each(periods)('finds its own entry of the log (%s)', async (period) => {
      const { results } = await host.read<Page<{ message: string; created: string }>>(`/v6/logs/?${period}`);
      expect(results).toContainEqual(expect.objectContaining({ message: time, created: shown }));
      expect(results.filter((entry) => entry.created !== shown)).toEqual([]);
    });
  });

  test('a bound a millisecond later finds none of them', async () => {
    const { results } = await host.read<Page<object>>(
      '/v6/logs/?started=2026-03-01T09:00:00.001Z&ended=2026-03-01T09:00:10.499Z',
    );
    expect(results).toEqual([]);
  });

  test('they count as occurrences from their own time on', async () => {
    const path = `/v6/errors/7/occurrences/?started=${TIMES[0][1]}&ended=${TIMES[3][1]}`;
    expect(await host.read<object>(path)).toMatchObject({ count: TIMES.length });
  });
});
