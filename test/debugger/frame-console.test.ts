import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CapturedConsole } from '../../src/debugger/captured-console.js';
import { FrameConsole, MAX_INPUT, type Outcome } from '../../src/debugger/frame-console.js';
import type { LiveFrame } from '../../src/debugger/live-frame.js';
import { liveFrame, sloppyFrame, Vault } from '../support/live-frames.js';

const output = new CapturedConsole();
beforeEach(() => output.start());
afterEach(() => output.stop());

const consoleIn = (frame: LiveFrame): FrameConsole => new FrameConsole(frame, output);

/** The text of the value, or the first line of what went wrong. */
async function said(console: FrameConsole, input: string): Promise<string | undefined> {
  const { value, error } = await console.run(input);
  return value?.text ?? error?.split('\n')[0];
}

describe.each<[kind: string, frame: () => LiveFrame]>([
  ['sloppy code', () => sloppyFrame()],
  ['strict code', () => new Vault().frame(3)],
])('A console in a frame of %s', (_kind, frame) => {
  test('keeps what is declared, and closures over it, and lets it be declared anew', async () => {
    const console = consoleIn(frame());
    expect(await said(console, 'const a = 1, { b } = { b: 2 }')).toBe('undefined');
    expect(await said(console, 'function sum() { return a + b }')).toBe('undefined');
    expect(await said(console, 'class Box { held = sum() }')).toBe('undefined');
    expect(await said(console, 'let a = 40')).toBe('undefined');
    expect(await said(console, 'new Box().held')).toBe('42');
    expect(await said(console, 'b = 3; sum()')).toBe('43');
  });

  test('keeps what is declared to itself', async () => {
    const of = frame();
    await consoleIn(of).run('let mine = 1');
    expect(await said(consoleIn(of), 'mine')).toBe('ReferenceError: mine is not defined');
    expect('mine' in globalThis).toBe(false);
  });

  test('has the last result as _, and not what failed', async () => {
    const console = consoleIn(frame());
    await console.run('20 + 1');
    await console.run('nothing.here');
    expect(await said(console, '_ * 2')).toBe('42');
    expect(await said(console, '_')).toBe('42');
  });

  test('awaits where it is asked to, and shows a promise as one where it is not', async () => {
    const console = consoleIn(frame());
    expect(await said(console, 'const a = await Promise.resolve(7); a + 1')).toBe('8');
    expect(await said(console, 'Promise.resolve(7)')).toBe('[Promise]');
    expect(await said(console, 'await _')).toBe('7');
    expect(await said(console, 'await Promise.reject(new TypeError("late"))')).toBe('TypeError: late');
  });

  test('stops what does not give way, and goes on', async () => {
    const console = consoleIn(frame());
    const outcome = await console.run('let turns = 0; (() => { while (true) turns++ })()');
    expect(outcome).toMatchObject({ isOk: false, value: null });
    expect(outcome.error).toMatch(/timed out after 3000ms/);
    expect(await said(console, 'turns > 1000')).toBe('true');
  });

  test.each([
    ['while', 'let sum = 0; while (sum < 6) sum++; sum', '6'],
    ['do', 'let sum = 6; do { sum -= 1 } while (sum > 2)\nsum', '2'],
    [
      'for',
      'let first, all = []; for (let i = 0; i < 3; i++) all.push(() => i); all.map((each) => each())',
      '[ 0, 1, 2 ]',
    ],
    ['for of', 'let sum = 0; { for (const each of [1, 2, 3]) { if (each === 2) continue; sum += each } } sum', '4'],
    ['for in', 'let keys = ""; out: for (const key in { a: 1, b: 2 }) for (;;) { keys += key; break out } keys', '"a"'],
    ['for await', 'let all = []; for await (const each of [1, Promise.resolve(2)]) all.push(each); all', '[ 1, 2 ]'],
    ['in a function', 'function f(n) { let sum = 0; for (let i = 1; i <= n; i++) sum += i; return sum } f(4)', '10'],
    ['without a body', 'let left = 3; while (left-- > 0); left', '-1'],
    ['in a loop', 'let sum = 0; for (const a of [1, 2]) for (const b of [10, 20]) sum += a * b; sum', '90'],
  ])('runs a loop: %s', async (_kind, input, expected) => {
    expect(await said(consoleIn(frame()), input)).toBe(expected);
  });
});

describe('A console in a frame', () => {
  test('lets others have their turn while a loop goes on, and ends it', async () => {
    const console = consoleIn(sloppyFrame());
    let others = 0;
    const timer = setInterval(() => others++, 1);
    const outcome = await console.run('let turns = 0; while (true) turns++');
    clearInterval(timer);
    expect(outcome.error).toMatch(
      /^Error: The loop timed out: it ran for 3 s, and is ended\.(\n\s+at .*\(eval:\d+:\d+\))*$/,
    );
    expect(others).toBeGreaterThan(50);
    expect(await said(console, 'turns > 1000')).toBe('true');
  });

  test.each([
    ['in a loop', 'let n = 0; const f = () => { while (n > 4e5); }; while (true) { n++; f(); }'],
    ['after a loop', 'let m = 0; while (m < 4e5) m++; (() => { while (true); })()'],
  ])('stops what is called and never ends, %s that gave way to nobody', async (_kind, input) => {
    expect((await consoleIn(sloppyFrame()).run(input)).error).toMatch(/timed out after 3000ms/);
  });

  test('does not hold the time against a loop over what comes slowly', async () => {
    const source =
      'async function* slow() { for (let i = 0; i < 4; i++) { await new Promise((r) => setTimeout(r, 900)); yield i } }';
    const console = consoleIn(sloppyFrame());
    expect(await said(console, `${source}; let sum = 0; for await (const each of slow()) sum += each; sum`)).toBe('6');
  });

  test('does not hold the time against a loop that it waits for something', async () => {
    const console = consoleIn(sloppyFrame());
    const input = 'let n = 0; for (; n < 40; n++) await new Promise((resolve) => setTimeout(resolve, 100)); n';
    expect(await said(console, input)).toBe('40');
  });

  test('sees and changes its variables', async () => {
    const console = consoleIn(sloppyFrame());
    expect(await said(console, 'user.name + doubled')).toBe('"Ada42"');
    expect(await said(console, 'limit = 5; [limit, doubled]')).toBe('[ 5, 42 ]');
    expect(await said(console, 'arguments[1]')).toBe('5');
  });

  test('sees this, private fields and closures in a method', async () => {
    const console = consoleIn(new Vault().frame(3));
    expect(await said(console, 'this.#pin')).toBe('4711');
    expect(await said(console, '#pin in this && this.label')).toBe('"vault"');
    expect(await said(console, 'opened.map((each) => each + depth + this.#pin)')).toBe('[ 4717, 9425 ]');
    expect(await said(console, 'await null; this.#pin')).toBe('4711');
    expect(await said(console, 'arguments[0]')).toBe('3');
  });

  test('leaves a _ of the program alone', async () => {
    const _ = { chunk: 'lodash' };
    const console = consoleIn(liveFrame((code) => eval(code) as unknown, '_'));
    await console.run('1 + 1');
    expect(await said(console, '_.chunk')).toBe('"lodash"');
    expect(_.chunk).toBe('lodash');
  });

  test('does not run a thenable that it only shows, as queries are', async () => {
    const query = {
      ran: 0,
      then(done: () => void) {
        query.ran++;
        done();
      },
    };
    const console = consoleIn(sloppyFrame(query));
    expect(await said(console, 'user')).toContain('ran: 0');
    expect(query.ran).toBe(0);
  });

  test('outlives a promise that fails and that nobody handles', async () => {
    const failures: unknown[] = [];
    const listener = (failure: unknown): void => void failures.push(failure);
    process.on('unhandledRejection', listener);
    try {
      expect(await said(consoleIn(sloppyFrame()), 'Promise.reject(new Error("nobody"))')).toBe('[Promise]');
      await new Promise((resolve) => setImmediate(resolve));
      expect(failures).toEqual([]);
    } finally {
      process.off('unhandledRejection', listener);
    }
  });

  test('tells what it can do, unless help is something of the program', async () => {
    const { isOk, lines } = await consoleIn(sloppyFrame()).run(' help ');
    expect([isOk, lines[0]]).toEqual([true, expect.stringContaining('_ is the last result')]);
    const help = 'mine';
    expect(await said(consoleIn(liveFrame((code) => eval(code) as unknown, 'help')), 'help')).toBe(`"${help}"`);
  });

  test('shows what is thrown as a trace without its own frames', async () => {
    const console = consoleIn(sloppyFrame());
    await console.run('function inner() { throw new RangeError("too far", { cause: new Error("why") }) }');
    const { isOk, value, error } = await console.run('inner()');
    expect([isOk, value]).toEqual([false, null]);
    expect(error?.split('\n').map((line) => line.trim())).toEqual([
      'RangeError: too far',
      expect.stringMatching(/^at inner \(eval:1:\d+\)$/),
      expect.stringMatching(/^at eval \(eval:1:\d+\)$/),
      'Caused by: Error: why',
      expect.stringMatching(/^at inner \(eval:1:\d+\)$/),
      expect.stringMatching(/^at eval \(eval:1:\d+\)$/),
    ]);
  });

  test.each([
    ['throw null', 'null'],
    ['throw "a text"', 'a text'],
    ['throw { code: 5 }', '5'],
    ['throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 1 } })', ''],
    ['foo(]', 'SyntaxError'],
    ['let eval = 1', 'SyntaxError'],
  ])('takes whatever is thrown: %s', async (input, expected) => {
    const { isOk, error } = await consoleIn(sloppyFrame()).run(input);
    expect([isOk, error]).toEqual([false, expect.stringContaining(expected)]);
  });

  test('bounds what it takes and what it gives', async () => {
    const console = consoleIn(sloppyFrame());
    expect(await said(console, '1'.repeat(MAX_INPUT + 1))).toMatch(/^The input has 65537 characters/);
    const { lines } = await console.run('for (let i = 0; i < 1000; i++) console.log("x".repeat(1e5))');
    expect([lines.length, lines[0]?.length]).toEqual([200, 10_000]);
    expect((await console.run('"x".repeat(1e6)')).value?.text.length).toBeLessThan(3_000);
    expect((await console.run('throw new Error("x".repeat(1e6))')).error?.length).toBeLessThanOrEqual(20_000);
  });

  test('takes one input at a time', async () => {
    const user: { release?: (value: string) => void } = {};
    const console = consoleIn(sloppyFrame(user));
    const first = said(console, 'await new Promise((resolve) => { user.release = resolve })');
    expect(await said(console, '1')).toMatch(/^This frame is still busy/);
    expect(console.complete('user.rel')).toEqual(['release']);
    expect(await said(consoleIn(sloppyFrame()), '1')).toBe('1');
    user.release?.('done');
    expect(await first).toBe('"done"');
    expect(await said(console, '1')).toBe('1');
  });

  test('runs in the context of the request that failed', async () => {
    const requests = new AsyncLocalStorage<string>();
    const within = requests.run('request 7', () => AsyncLocalStorage.snapshot());
    const frame = { ...liveFrame((code) => eval(code) as unknown, 'requests'), within: within as LiveFrame['within'] };
    const console = consoleIn(frame);
    expect(await said(console, 'requests.getStore()')).toBe('"request 7"');
    expect(await said(console, 'await null; requests.getStore()')).toBe('"request 7"');
  });
});

describe('What is written to the console', () => {
  test('is caught when an input writes it, now or later, and only then', async () => {
    const log = jest.spyOn(console, 'log').mockImplementation(() => {});
    output.stop();
    output.start();
    try {
      const running = consoleIn(sloppyFrame()).run(
        'console.log("a %d", 1); console.error({ b: 2 }); await new Promise((resolve) => setTimeout(resolve)); console.warn("late")',
      );
      console.log('of the program');
      const outcome: Outcome = await running;
      console.log('of the program, later');
      expect(outcome.lines).toEqual(['a 1', '{ b: 2 }', 'late']);
      expect(log.mock.calls).toEqual([['of the program'], ['of the program, later']]);
    } finally {
      output.stop();
      log.mockRestore();
    }
  });

  test('is left alone once nobody listens', () => {
    const before = Reflect.get(console, 'log') as unknown;
    const other = new CapturedConsole();
    other.start();
    expect(Reflect.get(console, 'log')).not.toBe(before);
    other.stop();
    expect(Reflect.get(console, 'log')).toBe(before);
  });
});
