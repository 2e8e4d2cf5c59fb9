import { describe, expect, test } from '@jest/globals';
import { CapturedConsole } from '../../src/debugger/captured-console.js';
import { FrameConsole } from '../../src/debugger/frame-console.js';
import { sloppyFrame } from '../support/live-frames.js';

const consoleOf = (user?: unknown): FrameConsole => new FrameConsole(sloppyFrame(user), new CapturedConsole());

describe('A value that is shown', () => {
  async function opened(user: unknown, path: readonly string[] = []): Promise<Record<string, string>> {
    const console = consoleOf(user);
    let id = (await console.run('user')).value?.id ?? -1;
    for (const name of path) id = console.open(id).find((member) => member.name === name)?.id ?? -1;
    return Object.fromEntries(console.open(id).map(({ name, text }) => [name, text]));
  }

  test('opens step by step, by descriptors alone', async () => {
    const ran: string[] = [];
    const user = {
      a: { b: [1, 'two'] },
      get lazy() {
        ran.push('lazy');
        return 1;
      },
      set only(_value: unknown) {
        ran.push('only');
      },
      [Symbol('tag')]: true,
      password: 'hunter2',
    };
    expect(await opened(user)).toEqual({
      a: '{ b: [ 1, "two" ] }',
      lazy: '[Getter]',
      only: '[Setter]',
      '[Symbol(tag)]': 'true',
      // What is asked for here is shown as it is, as the page says.
      password: '"hunter2"',
      '[[Prototype]]': expect.any(String),
    });
    expect(await opened(user, ['a', 'b'])).toMatchObject({ 0: '1', 1: '"two"', length: '2' });
    expect(ran).toEqual([]);
  });

  test('shows what maps and sets hold', async () => {
    expect(await opened(new Map([['k', 1]]))).toMatchObject({ 0: '{ key: "k", value: 1 }' });
    expect(await opened(new Set(['s']))).toMatchObject({ 0: '"s"' });
  });

  test('is bounded, however many members it has', async () => {
    for (const many of [
      Array.from({ length: 100_000 }, (_, index) => index),
      new Map(Array.from({ length: 100_000 }, (_, index) => [index, index])),
      new Float64Array(1e7),
    ]) {
      const members = await opened(many);
      expect(Object.keys(members).length).toBe(202);
      expect(members['…']).toMatch(/^\d+ more$/);
      expect(members).toHaveProperty(['[[Prototype]]']);
    }
  });

  test('does not open a proxy, whose traps are code', async () => {
    const ran: string[] = [];
    const trap = (): never => {
      ran.push('trap');
      throw new Error('trap');
    };
    const proxy = new Proxy({}, { ownKeys: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap, get: trap });
    expect(await opened({ proxy })).toMatchObject({ proxy: '[Proxy]' });
    expect(await opened({ proxy }, ['proxy'])).toEqual({});
    expect(ran).toEqual([]);
  });

  test('of which there was none cannot be opened', async () => {
    const console = consoleOf();
    for (const id of [-1, 0, 1.5, NaN, 2 ** 40]) expect(() => console.open(id)).toThrow(RangeError);
    expect((await console.run('1')).value).toEqual({ text: '1', id: null });
  });

  test('is kept while others are opened after it', async () => {
    const console = consoleOf();
    const first = (await console.run('({ first: 1 })')).value?.id ?? -1;
    const wide = (await console.run('Array.from({ length: 200 }, () => ({}))')).value?.id ?? -1;
    for (let turn = 0; turn < 20; turn++) console.open(wide);
    expect(console.open(first)[0]).toEqual({ name: 'first', text: '1', id: null });
    expect((await console.run('({})')).value?.id).toEqual(expect.any(Number));
  });

  test('hides no secrets, as the page says', async () => {
    const { value } = await consoleOf({ password: 'hunter2', note: 'token=abc hunter2' }).run('user');
    expect(value?.text).toBe('{ password: "hunter2", note: "token=abc hunter2" }');
  });
});
