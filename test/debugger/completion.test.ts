import { describe, expect, test } from '@jest/globals';
import { CapturedConsole } from '../../src/debugger/captured-console.js';
import { FrameConsole } from '../../src/debugger/frame-console.js';
import { sloppyFrame } from '../support/live-frames.js';

const consoleOf = (user?: unknown): FrameConsole => new FrameConsole(sloppyFrame(user), new CapturedConsole());

describe('Completion', () => {
  const ran: string[] = [];
  const trap = new Proxy(
    {},
    {
      get: () => ran.push('get'),
      ownKeys: () => (ran.push('ownKeys'), []),
      getPrototypeOf: () => (ran.push('getPrototypeOf'), null),
      getOwnPropertyDescriptor: () => (ran.push('getOwnPropertyDescriptor'), undefined),
    },
  );
  class Account {
    name = 'Ada';
    list = [1, 2];
    trap = trap;
    under = Object.create(trap) as object;
    'not-a-name' = 1;
    get balance(): object {
      ran.push('balance');
      return { hidden: 1 };
    }
    transfer(): void {
      ran.push('transfer');
    }
  }
  const console = consoleOf(new Account());

  test.each<[input: string, names: readonly string[]]>([
    ['us', ['user']],
    ['doub', ['doubled']],
    ['th', ['this']],
    ['JSO', ['JSON']],
    ['user.', ['balance', 'constructor', 'list', 'name', 'transfer', 'trap', 'under']],
    ['f(user.na', ['name']],
    ['user?.na', ['name']],
    ['user.list.', expect.arrayContaining(['length', 'map']) as unknown as string[]],
    ['user.name.toUpp', ['toUpperCase']],
    ['user.name', []],
    ['user.balance.', []],
    ['user.#', []],
    ['user.#na', []],
    ['user.trap.', []],
    ['user.under.', []],
    ['user.transfer().', []],
    ['nothing.', []],
    ['throw.', []],
    ['user.nothing.more.', []],
    ['zzz', []],
  ])('of “%s” runs nothing', (input, names) => {
    expect(console.complete(input)).toEqual(names);
    expect(ran).toEqual([]);
  });

  test('lists the variables where nothing is typed, and what was declared', async () => {
    await console.run('const limited = { deep: 1 }');
    expect(console.complete('f(')).toEqual(expect.arrayContaining(['doubled', 'limit', 'limited', 'this', 'user']));
    expect(console.complete('f(')).not.toContain('JSON');
    expect(console.complete('lim')).toEqual(['limit', 'limited']);
    expect(console.complete('limited.')).toEqual(['deep']);
  });

  test('of many names gives a bounded list', () => {
    const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`name${index}`, index]));
    expect(consoleOf(many).complete('user.')).toHaveLength(500);
    expect(consoleOf(new Float64Array(1e7)).complete('user.len')).toEqual(['length']);
  });
});
