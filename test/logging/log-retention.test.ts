import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { LogUpkeep } from '../../src/logging/upkeep/log-upkeep.js';
import { databaseKinds } from '../support/databases.js';
import { writeEntries } from '../support/log-databases.js';
import { type LogHost, startLogHost } from '../support/log-host.js';
import type { RetentionOptions } from '../../src/logging/upkeep/retention.js';

const DAY = 86_400_000;
const ago = (milliseconds: number): string =>
  new Date(Date.now() - milliseconds).toISOString().slice(0, -1).replace('T', ' ');

describe.each(databaseKinds)('A log in bounds on %s', (kind) => {
  let host: LogHost | undefined;

  beforeEach(() => (host = undefined));
  afterEach(() => host?.close());

  const start = async (retention: RetentionOptions): Promise<LogHost> =>
    (host = await startLogHost('fastify', kind, { retention }));
  const kept = async ({ dataSource }: LogHost): Promise<string[]> => {
    const rows = await dataSource.query<{ message: string }[]>('SELECT message FROM logentry ORDER BY created, id');
    return rows.map(({ message }) => message);
  };

  test('has the entries of as many days as it should', async () => {
    const running = await start({ days: 3 });
    await writeEntries(running.dataSource, [
      { created: ago(5 * DAY), message: 'five days old' },
      { created: ago(4 * DAY), message: 'four days old' },
      { created: ago(3 * DAY), message: 'three days old' },
      { message: 'new' },
    ]);
    while (!(await running.app.get(LogUpkeep).run()));
    expect(await kept(running)).toEqual(['three days old', 'new']);
  });

  test('has as many entries as it should, the newest ones, also where they are of one time', async () => {
    const running = await start({ rows: 4 });
    const created = ago(1_000);
    const numbers = Array.from({ length: 2_500 }, (_, number) => number);
    await running.dataSource.transaction(async (manager) => {
      for (const number of numbers) {
        await manager.query(
          `INSERT INTO logentry (level, message, created) VALUES ('info', '${number}', '${created}')`,
        );
      }
    });
    while (!(await running.app.get(LogUpkeep).run()));
    expect(await kept(running)).toEqual(['2496', '2497', '2498', '2499']);
  });

  test('is looked after by itself from the start on', async () => {
    const running = await start({ rows: 1 });
    await writeEntries(running.dataSource, [{ message: 'old' }, { message: 'new' }]);
    running.app.get(LogUpkeep).onApplicationBootstrap();
    while ((await kept(running)).length > 1) await turn();
    expect(await kept(running)).toEqual(['new']);
  });

  test.each([{ days: 0 }, { days: 1.5 }, { rows: -1 }, { rows: '5' as unknown as number }])(
    'is refused when its bounds are %j',
    async (retention) => {
      const [name] = Object.keys(retention);
      await expect(start(retention)).rejects.toThrow(`logging.retention.${name}`);
    },
  );
});
