import { hostname } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { DatabaseLogHandler, type FinishedRecord } from '../../src/logging.js';
import { fullName, machineName, type NameResolver } from '../../src/logging/machine-name.js';

const ADDRESS = '192.0.2.7';

/** A resolver that knows one machine; what it knows may be an error. */
function resolver(name: string, full: string | Error): NameResolver {
  return {
    lookup: (asked) =>
      asked === name ? Promise.resolve({ address: ADDRESS }) : Promise.reject(new Error('ENOTFOUND')),
    lookupService: (address, port) => {
      if (full instanceof Error || address !== ADDRESS) return Promise.reject(new Error('ENOTFOUND'));
      return Promise.resolve({ hostname: port === 0 ? full : '' });
    },
  };
}

describe('The name of the machine in the log', () => {
  test.each([
    ['node-7', 'node-7.example.org', 'node-7.example.org'],
    ['node-7', 'ip-192-0-2-7.internal', 'ip-192-0-2-7.internal'],
    ['node-7', 'node-7', 'node-7'],
    ['node-7', 'localhost', 'node-7'],
    ['node-7', 'localhost.localdomain', 'node-7'],
    ['node-7', ADDRESS, 'node-7'],
    ['node-7', new Error('SERVFAIL'), 'node-7'],
    ['node-7.example.org', 'another.example.org', 'node-7.example.org'],
  ])('%s, which the resolver calls %s, is %s', async (name, full, expected) => {
    expect(await fullName(name, resolver(name, full))).toBe(expected);
  });

  test('a name that the resolver does not know stays as it is', async () => {
    expect(await fullName('unknown', resolver('node-7', 'node-7.example.org'))).toBe('unknown');
  });

  test('a resolver that throws at once is no failure', async () => {
    const broken = { lookup: (): never => fail(), lookupService: (): never => fail() };
    expect(await fullName('node-7', broken)).toBe('node-7');
  });

  test('records carry it, the short one until it is known, and the host that is set instead', async () => {
    const kept: FinishedRecord[] = [];
    const store = (records: readonly FinishedRecord[]): Promise<void> => Promise.resolve(void kept.push(...records));
    const targets = { memory: { store, close: () => Promise.resolve() } };
    const named = new DatabaseLogHandler({ table: false, targets, spool: false });
    named.emit({ level: 'info', message: 'at once' });
    await machineName();
    named.emit({ level: 'info', message: 'later' });
    await named.close();
    const told = new DatabaseLogHandler({ table: false, targets, spool: false, host: 'h'.repeat(200) });
    await machineName();
    told.emit({ level: 'info', message: 'told' });
    await told.close();
    expect(kept.map(({ host }) => host)).toEqual([hostname(), await machineName(), 'h'.repeat(128)]);
  });
});

function fail(): never {
  throw new TypeError('No such thing');
}
