import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { writeCursor } from '../../src/logging/reading/log-cursor.js';
import { databaseKinds } from '../support/databases.js';
import { writeEntries } from '../support/log-databases.js';
import { type LogHost, startLogHost } from '../support/log-host.js';

interface WireLogPage {
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly { readonly message: string; readonly created: string | null }[];
}

type Shown = readonly (readonly [written: string, shown: string | null])[];

/** What other programs wrote, the newest first, and what is shown of it. */
const ON_POSTGRES: Shown = [
  ['infinity', null],
  ['294276-12-31 23:59:59.998+00', null],
  ['275760-09-13 00:00:00+00', '+275760-09-13T00:00:00.000Z'],
  ['10000-01-01 00:00:00.001+00', '+010000-01-01T00:00:00.001Z'],
  ['2026-03-01 09:00:00+00', '2026-03-01T09:00:00.000Z'],
  ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00.000Z'],
  ['0001-12-31 23:59:59.999+00 BC', '0000-12-31T23:59:59.999Z'],
  ['4714-11-24 00:00:00+00 BC', '-004713-11-24T00:00:00.000Z'],
  ['-infinity', null],
];

/** There they stand in the order of their letters. */
const ON_SQLITE: Shown = [
  ['yesterday', null],
  ['2026-03-01 09:00:00.000', '2026-03-01T09:00:00.000Z'],
  ['2026-02-31T25:00', null],
  ['10000-01-01 00:00:00.000', null],
  ['+010000-01-01T00:00:00Z', '+010000-01-01T00:00:00.000Z'],
  ['', null],
];

const NO_TIMES = [
  'yesterday',
  '2026-02-30T00:00:00.000Z',
  '2026-03-01',
  '0000-01-01T00:00:00.000Z',
  '294277-01-01T00:00:00.000Z',
  '4714-11-23T00:00:00.000Z BC',
  '',
];

describe.each(databaseKinds)('Times that other programs wrote into %s, such as few expect,', (kind) => {
  const written = kind === 'postgres' ? ON_POSTGRES : ON_SQLITE;
  let host: LogHost;

  beforeEach(async () => {
    host = await startLogHost('fastify', kind);
    await writeEntries(
      host.dataSource,
      written.map(([time]) => ({ created: time, message: time })),
    );
  });
  afterEach(() => host.close());

  const page = (address: string): Promise<WireLogPage> => host.read<WireLogPage>(address);

  test('stand in a page, as null where nothing can show them', async () => {
    const { results } = await page('/v6/logs/');
    expect(results.map(({ message, created }) => [message, created])).toEqual(written);
  });

  test('are led through by cursors once, and back the same way', async () => {
    const forth: WireLogPage[] = [];
    for (let address: string | null = '/v6/logs/?page_size=1'; address !== null; address = forth.at(-1)?.next ?? null) {
      forth.push(await page(address));
    }
    const messages = (pages: readonly WireLogPage[]): string[] =>
      pages.flatMap(({ results }) => results.map(({ message }) => message));
    expect(messages(forth)).toEqual(written.map(([time]) => time));

    const back: WireLogPage[] = [];
    for (let address = forth.at(-1)?.previous ?? null; address !== null; address = back.at(-1)?.previous ?? null) {
      back.push(await page(address));
    }
    expect(messages(back.reverse())).toEqual(messages(forth.slice(0, -1)));
  });
});

(databaseKinds.includes('postgres') ? describe : describe.skip)('A cursor to what is no time on PostgreSQL', () => {
  test('is 400', async () => {
    const host = await startLogHost('fastify', 'postgres');
    try {
      for (const created of NO_TIMES) {
        const cursor = writeCursor({ towards: 'older', from: { created, id: 1 } });
        await host.read(`/v6/logs/?cursor=${cursor}`, 400);
      }
    } finally {
      await host.close();
    }
  });
});
