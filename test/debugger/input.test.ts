import { describe, expect, test } from '@jest/globals';
import { compileInput, isUnfinished } from '../../src/debugger/input.js';

/** Runs an input as a console does: in a scope that has its names. */
function run(input: string): unknown {
  const { source, names } = compileInput(input);
  const declared = names.length === 0 ? '' : `let ${names.join(', ')};`;
  return eval(`${declared} (() => [(${source})()?.value, { ${names.join(', ')} }])()`) as unknown;
}

describe('An input', () => {
  test.each<[kind: string, input: string, value: unknown, declared: Record<string, unknown>]>([
    ['an expression', '1 + 2', 3, {}],
    ['an expression with a semicolon and a comment', '1 + 2; // three', 3, {}],
    ['several statements', 'const a = 2; a * 3', 6, { a: 2 }],
    ['a sequence', '1, 2', 2, {}],
    ['an object', '{ a: 1, "b": 2 }', { a: 1, b: 2 }, {}],
    ['an empty object', '{}', {}, {}],
    ['a block', '{ let hidden = 1; hidden; }', undefined, {}],
    ['an array', '[1, ...[2, 3]]', [1, 2, 3], {}],
    ['a declaration without a value', 'let a, b = 1', undefined, { a: undefined, b: 1 }],
    [
      'a destructuring declaration',
      'const { a, b: { c = 3 }, ...rest } = { a: 1, b: {}, d: 4 }, [e, , f = 6, ...g] = [5, 0, undefined, 7]; a + c',
      4,
      { a: 1, c: 3, rest: { d: 4 }, e: 5, f: 6, g: [7] },
    ],
    ['a declaration that is repeated', 'var a = 1; var a = 2; a', 2, { a: 2 }],
    ['a string with broken lines in it', '`a\nb` + "\\n" + `${`c\n`}`', 'a\nb\nc\n', {}],
    ['a directive', "'use strict'", 'use strict', {}],
    ['nothing', '', undefined, {}],
    ['a comment', '// nothing', undefined, {}],
  ])('that is %s gives its value and what it declares', (_kind, input, value, declared) => {
    expect(run(input)).toEqual([value, declared]);
  });

  test('declares functions, which can be called by what stands before them', () => {
    const [value, declared] = run('twice(2); function twice(n) { return n * 2 } twice(4)') as [unknown, object];
    expect(value).toBe(8);
    expect(declared).toEqual({ twice: expect.any(Function) });
  });

  test('declares classes, with private fields of their own', () => {
    const [value, declared] = run('class Box { #held = 7; get() { return this.#held } }\nnew Box().get()') as unknown[];
    expect(value).toBe(7);
    expect(declared).toEqual({ Box: expect.any(Function) });
  });

  test.each([
    ['await later', true],
    ['const a = await later', true],
    ['for await (const each of many) each', true],
    ['if (a) { await later }', true],
    ['later', false],
    ['async () => await later', false],
    ['async function f() { await later }', false],
    ['class A { async m() { await later } }', false],
    ['"await later"', false],
    ['while (a) b++', true],
    ['while (a) later()', false],
    ['while (a) b++; later()', false],
    ['for (const each of later) b++', false],
    ['const f = () => { while (a) later() }', false],
    ['class A { m() { for (;;) later() } }', false],
  ])('is asynchronous only when it awaits, or loops and calls nothing: %s', (input, isAsync) => {
    expect(compileInput(input).isAsync).toBe(isAsync);
    expect(compileInput(input).source.startsWith('async ')).toBe(isAsync);
  });

  test('may use private names, whose class is around the frame', () => {
    expect(compileInput('this.#pin + (#pin in this)').source).toContain('this.#pin + (#pin in this)');
  });

  test.each([
    'foo)',
    '}',
    'a b',
    'let let = 1',
    '1 +* 2',
    "'abc",
    '"abc',
    '/abc',
    'const 1 = 2',
    'return 1',
    '{ "a" b }',
  ])('that is wrong is a SyntaxError, and is not gone on with: %s', (input) => {
    expect(() => compileInput(input)).toThrow(SyntaxError);
    expect(isUnfinished(input)).toBe(false);
  });

  test.each([
    'foo(',
    'if (a)',
    'if (a) {',
    'a = ',
    'a.',
    '[1, 2',
    '{ a: 1,',
    '{ "a": 1,',
    '{ "a": [1, {',
    'function f() {',
    'class A { #p =',
    'async () => {',
    '`a',
    '`a ${b',
    '/* a',
    'foo( // comment',
    'foo(\n  1,\n',
    "'abc\\",
  ])('that wants more is gone on with: %s', (input) => {
    expect(isUnfinished(input)).toBe(true);
  });

  test.each([
    '',
    ' ',
    '1',
    'a;',
    '{}',
    '{ a: 1 }',
    '{ "a": 1 }',
    'if (a) { b }',
    '`a\nb`',
    'await a',
    'this.#p',
    '// (',
    "'('",
  ])('that is whole is not gone on with: %s', (input) => {
    expect(isUnfinished(input)).toBe(false);
  });
});
