import { hostname } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { DatabaseLogHandler, type FinishedRecord } from '../../src/logging.js';
import { fullName, machineName, type NameResolver } from '../../src/logging/records/machine-name.js';

const ADDRESS = '192.0.2.7';

/** Knows one machine by its address; nobody may have a name for that. */
function resolver(hosts: string, called: string | null): NameResolver {
  const unknown = (): Promise<never> => Promise.reject(new Error('ENOTFOUND'));
  return {
    hosts: () => Promise.resolve(hosts),
    lookup: (name) => (name === 'node-7' ? Promise.resolve({ address: ADDRESS }) : unknown()),
    reverse: (address) => (address === ADDRESS && called !== null ? Promise.resolve(['node-7', called]) : unknown()),
  };
}

const LOCAL = '127.0.0.1 localhost localhost.localdomain\n';

describe('The name of the machine in the log', () => {
  test.each([
    ['in the table of hosts', `${LOCAL}127.0.1.1\tnode-7.example.org node-7 # here\n`, 'node-7.example.org'],
    ['second in the table of hosts', `${LOCAL}${ADDRESS} node-7 node-7.example.org`, 'node-7.example.org'],
    ['in the table without a domain', `${LOCAL}${ADDRESS} node-7 # node-7.example.org`, 'node-7'],
    ['that of the loopback address', '127.0.0.1 localhost.localdomain node-7', 'node-7'],
    ['not in the table of hosts', `${LOCAL}${ADDRESS} node-77 node-77.example.org`, 'by-address.example.org'],
  ])('a name %s', async (_, hosts, expected) => {
    expect(await fullName('node-7', resolver(hosts, 'by-address.example.org'))).toBe(expected);
  });

  test.each([
    ['node-7', 'ip-192-0-2-7.internal', 'ip-192-0-2-7.internal'],
    ['node-7', 'localhost', 'node-7'],
    ['node-7', 'localhost.localdomain', 'node-7'],
    ['node-7', ADDRESS, 'node-7'],
    ['node-7', null, 'node-7'],
    ['unknown', 'node-7.example.org', 'unknown'],
    ['node-7.example.org', 'another.example.org', 'node-7.example.org'],
  ])('%s, whose address is called %s, is %s', async (name, called, expected) => {
    expect(await fullName(name, resolver(LOCAL, called))).toBe(expected);
  });

  test('a resolver that throws at once is no failure', async () => {
    expect(await fullName('node-7', { hosts: fail, lookup: fail, reverse: fail })).toBe('node-7');
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
