import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CapturedConsole } from '../../src/debugger/captured-console.js';
import { Captures } from '../../src/debugger/captures.js';
import { FrameConsole } from '../../src/debugger/frame-console.js';
import { sloppyFrame } from '../support/live-frames.js';

const origin = 'http://localhost:3000';
const console = new FrameConsole(sloppyFrame(), new CapturedConsole());
const consoles = new Map([['0', console]]);

describe('Captured errors', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('are found by an id of 128 random bits and the number of the frame', () => {
    const captures = new Captures();
    const ids = Array.from({ length: 10 }, () => captures.add(consoles, origin));
    expect(new Set(ids).size).toBe(10);
    for (const id of ids) {
      expect(Buffer.from(id, 'base64url')).toHaveLength(16);
      expect(captures.console(id, '0')).toBe(console);
      expect(captures.originOf(id)).toBe(origin);
    }
    expect(captures.console(ids[0] ?? '', '1')).toBeUndefined();
    for (const other of ['', 'constructor', '__proto__']) {
      expect([captures.console(other, '0'), captures.originOf(other)]).toEqual([undefined, undefined]);
    }
  });

  test('are the last twenty', () => {
    const captures = new Captures();
    const ids = Array.from({ length: 25 }, () => captures.add(consoles, origin));
    expect(ids.map((id) => captures.console(id, '0') !== undefined)).toEqual([
      ...Array<boolean>(5).fill(false),
      ...Array<boolean>(20).fill(true),
    ]);
    expect(jest.getTimerCount()).toBe(20);
  });

  test('are kept for fifteen minutes each', () => {
    const captures = new Captures();
    const first = captures.add(consoles, origin);
    jest.advanceTimersByTime(10 * 60_000);
    const second = captures.add(consoles, origin);
    jest.advanceTimersByTime(5 * 60_000 - 1);
    expect(captures.console(first, '0')).toBe(console);
    jest.advanceTimersByTime(1);
    expect([captures.console(first, '0'), captures.console(second, '0')]).toEqual([undefined, console]);
    jest.advanceTimersByTime(10 * 60_000);
    expect([captures.console(second, '0'), jest.getTimerCount()]).toEqual([undefined, 0]);
  });

  test('are gone at once when they are cleared, and so are their timers', () => {
    const captures = new Captures();
    const id = captures.add(consoles, origin);
    captures.clear();
    expect([captures.console(id, '0'), captures.originOf(id), jest.getTimerCount()]).toEqual([undefined, undefined, 0]);
  });
});
