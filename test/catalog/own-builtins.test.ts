import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { type BuiltinError, ErrorsService } from '../../src/catalog.js';
import { adapters, type Host, startHost } from '../support/host.js';
import { HeaderGuard } from '../support/log-host.js';
import { memoryDatabase } from '../support/memory-database.js';

const OWN: BuiltinError = {
  ...{ name: 'disk-full', title: 'Disk Full', description: 'There is no room.', category: 'SYSTEM' },
  shouldBeRetried: true,
};

const startWith = (builtins: readonly BuiltinError[], adapter = adapters[0] ?? 'express'): Promise<Host> =>
  startHost(adapter, {
    imports: [memoryDatabase()],
    options: { catalog: { builtins, controllers: true, adminGuards: [HeaderGuard] } },
  });

describe('A host’s own list of built-in errors', () => {
  test.each(adapters)('is completed by those that verdicts need, on %s', async (adapter) => {
    const host = await startWith([OWN], adapter);
    try {
      const builtins = await host.app.get(ErrorsService).getErrors({ isBuiltin: true, order: ['name'] });
      expect(builtins.map(({ name }) => name)).toEqual(['algorithm-unknown', 'disk-full', 'unknown']);
      const verdictOn = async (failure: object): Promise<unknown> => {
        const answer = await host.ask('/v6/errors/resolve', {
          ...{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(failure) },
        });
        const { error } = JSON.parse(answer.body) as { error?: { name: string } };
        return [answer.status, error?.name];
      };
      expect(await verdictOn({ exit_code: 199 })).toEqual([200, 'unknown']);
      expect(await verdictOn({ exit_code: 199, job_type_name: 'job' })).toEqual([200, 'algorithm-unknown']);
      expect(await verdictOn({ exception: { name: 'NoSuchName' } })).toEqual([200, 'unknown']);
    } finally {
      await host.close();
    }
  });

  test('has the first word on those', async () => {
    const unknown = { ...OWN, name: 'unknown', title: 'Riddle', shouldBeRetried: false };
    const host = await startWith([unknown]);
    try {
      const errors = host.app.get(ErrorsService);
      expect(errors.getUnknownError()).toMatchObject({ title: 'Riddle', shouldBeRetried: false });
      expect(await errors.getErrors({ name: 'unknown' })).toHaveLength(1);
    } finally {
      await host.close();
    }
  });
});
