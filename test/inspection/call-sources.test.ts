import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CallSources } from '../../src/inspection/call-sources.js';
import type { StackFrame } from '../../src/inspection/exception-info.js';

let own: string;

beforeEach(() => {
  own = mkdtempSync(join(tmpdir(), 'call-sources-'));
});

afterEach(() => rmSync(own, { recursive: true }));

const at = (file: string, line: number): StackFrame => ({
  functionName: 'read',
  file,
  line,
  column: 1,
  isAsync: false,
});

describe('The calls of a stack', () => {
  test('are looked for once, and again where another message may end elsewhere', () => {
    const sources = new CallSources();
    const stack = 'Error: one\n    at read (/srv/a.js:1:1)';
    let looks = 0;
    const look = (message: string): unknown =>
      sources.callsOf({ stack, message, frames: () => [at('/srv/a.js', ++looks)] })[0]?.line;
    expect([look('one'), look('one'), look('two'), look('one')]).toEqual([1, 1, 2, 1]);
    // What has megabytes is not kept.
    const long = 'x'.repeat(20_000);
    expect([look(long), look(long)]).toEqual([3, 4]);
  });

  test.each([
    ['/srv/a.js', false],
    ['file:///srv/a.js', false],
    ['/srv/node_modules/a/index.js', true],
    ['node:internal/timers', true],
    [null, true],
  ])('are internal, those of %s: %s', (file, isInternal) => {
    expect(new CallSources().written({ file, line: 1, column: 1 }).isInternal).toBe(isInternal);
  });
});

describe('The source of a call', () => {
  test('is its line with as many around it as are asked for', () => {
    const file = join(own, 'a.js');
    writeFileSync(file, 'one\ntwo\nthree\nfour\nfive');
    const sources = new CallSources();
    const two = { line: 'two', before: ['one'], after: ['three'] };
    expect(sources.excerpt(at(file, 2), 1)).toEqual(two);
    expect(sources.excerpt(at(file, 2), 0)).toEqual({ line: 'two', before: [], after: [] });
    expect(sources.excerpt(at(file, 4), 5)).toEqual({ line: 'four', before: ['one', 'two', 'three'], after: ['five'] });
    expect(sources.excerpt(at(file, 2), 1)).toEqual(two);
  });

  test('is cut where a line goes on and on, and is well formed wherever it is cut', () => {
    const file = join(own, 'a.js');
    writeFileSync(file, `${'a'.repeat(399)}😀${'b'.repeat(400)}`);
    expect(new CallSources().excerpt(at(file, 1), 0)?.line).toBe(`${'a'.repeat(399)}\ufffd…`);
  });

  test('is null where there is none', () => {
    const sources = new CallSources();
    expect(sources.excerpt(at(join(own, 'none.js'), 1), 5)).toBeNull();
    expect(sources.excerpt({ file: null, line: null, column: null }, 5)).toBeNull();
  });
});
