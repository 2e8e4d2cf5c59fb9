import { describe, expect, test } from '@jest/globals';
import { awaitPlacesIn } from '../../src/inspection/await-places.js';

/** For each place where a function may wait what stands there, and the variables that are in reach. */
function found(source: string, isModule = true): unknown[] {
  const { places } = awaitPlacesIn(source, isModule);
  return places.map(({ start, names }) => [source.slice(start, start + 7), names]);
}

describe('An await knows the variables', () => {
  test.each([
    ['of its function, and no others', 'const a = 1; function f(b) { async (c) => { await 1; }; }', ['c']],
    [
      'of the blocks around it, the innermost first',
      'async (a) => { { const b = 1; { let c; await 1; } } }',
      ['c', 'b', 'a'],
    ],
    ['in patterns', 'async ({ a, b: [c, ...d] }, e = 1) => { await 1; }', ['a', 'c', 'd', 'e']],
    ['that are hoisted', 'async () => { await 1; { var a = 1; } function b() {} }', ['b', 'a']],
    ['of a loop and of a catch', 'async () => { for (const a of b) try {} catch (c) { await 1; } }', ['c', 'a']],
    ['that have a value by then', 'async () => { const a = 1, b = await 1, c = 2; class D {} }', ['a']],
    ['once, where a name is given anew', 'async (a) => { { const a = await 1; } }', []],
  ])('%s', (_, source, names) => {
    expect(found(source)).toEqual([['await 1', names]]);
  });
});

test.each([
  ['async () => { for await (const a of b) a; }', [['for awa', []]]],
  ['async function* f(a) { yield 1; yield* a; return a; }', ['yield 1', 'yield* ', 'return '].map((at) => [at, ['a']])],
  ['function* f(a) { yield 1; return a; } const b = async () => 1;', []],
  ['await 1; class A { [await 1] = async () => { await 2; }; }', [['await 2', []]]],
])('The places to wait at are found in %s', (source, places) => {
  expect(found(source)).toEqual(places);
});

test('Scripts are read as well as modules, and what is neither is refused', () => {
  expect(found('with (a) { async () => { await 1; } } return;', false)).toEqual([['await 1', []]]);
  expect(() => found('with (a) {}')).toThrow(SyntaxError);
});

test('A function is told that waits for what it disposes of', () => {
  const { codes } = awaitPlacesIn(
    'async () => { await using a = b; async () => {}; }; async () => { using c = d; }',
    true,
  );
  expect(codes.map(({ start, disposes }) => [start, disposes])).toEqual([
    [0, true],
    [33, false],
    [52, false],
  ]);
});
