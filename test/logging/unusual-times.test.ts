import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { databaseKinds } from '../support/databases.js';
import { writeEntries } from '../support/log-databases.js';
import { type LogHost, startLogHost } from '../support/log-host.js';

interface WireLogPage {
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

  test('stand in a page, as null where nothing can show them', async () => {
    const { results } = await host.read<WireLogPage>('/v6/logs/');
    expect(results.map(({ message, created }) => [message, created])).toEqual(written);
  });
});
