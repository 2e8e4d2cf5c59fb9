import { describe, expect, test } from '@jest/globals';
import type { WrittenCall } from '../../src/inspection/call-sources.js';
import { joinFrames } from '../../src/inspection/joined-frames.js';

const called = (functionName: string | null, line = 1, more: Partial<WrittenCall> = {}): WrittenCall => ({
  functionName,
  file: '/srv/a.ts',
  line,
  column: 1,
  isAsync: false,
  isInternal: false,
  ...more,
});

type Recorded = Parameters<typeof joinFrames>[1][number];

const recorded = (functionName: string, line: number, of: string, file = '/srv/a.ts'): Recorded => ({
  functionName,
  file,
  line,
  column: 1,
  isInternal: false,
  locals: { of },
  live: null,
});

const localsOf = (stack: WrittenCall[], record: Recorded[]): (string | null)[] =>
  joinFrames(stack, record).map(({ locals }) => locals?.['of'] ?? null);

describe('The variables of a call are found', () => {
  test('by its place', () => {
    expect(localsOf([called('a', 3), called('b', 7)], [recorded('a', 3, 'A'), recorded('b', 7, 'B')])).toEqual([
      'A',
      'B',
    ]);
  });

  test.each([
    ['Jobs.read', 'read'],
    ['new Jobs', 'Jobs'],
    ['Jobs.read [as run]', 'read'],
    ['get state [as state]', 'get state'],
    ['Object.get state', 'get state'],
    ['Function.make', 'make'],
    ['read', 'Jobs.read'],
    [null, ''],
  ])('by its name, %s being %j, where the throw is on another line', (told, name) => {
    expect(localsOf([called(told, 3)], [recorded(name, 9, 'A')])).toEqual(['A']);
  });

  test('by its line, where a function without a name is told by that of the property that it was called by', () => {
    const stack = [called('Jobs.price', 3, { column: 40 }), called('Jobs.read', 7)];
    const record = [recorded('', 3, 'A'), recorded('read', 7, 'B')];
    expect(localsOf(stack, record)).toEqual(['A', 'B']);
    expect(localsOf(stack, [recorded('', 4, 'another'), recorded('read', 7, 'B')])).toEqual([null, 'B']);
  });

  test('for each call of a recursion in its turn', () => {
    const stack = [called('dive', 3), called('dive', 4), called('dive', 4)];
    expect(
      localsOf(stack, [recorded('dive', 3, 'third'), recorded('dive', 4, 'second'), recorded('dive', 4, 'first')]),
    ).toEqual(['third', 'second', 'first']);
  });

  test('beside calls of which nothing was recorded', () => {
    const stack = [
      called('check', 1, { file: 'node:url' }),
      called('a', 3),
      called('run', 9, { file: null }),
      called('b', 7),
    ];
    expect(localsOf(stack, [recorded('a', 3, 'A'), recorded('b', 7, 'B')])).toEqual([null, 'A', null, 'B']);
  });
});

describe('The variables of a call that was left at an await are found', () => {
  const awaited = (of: string, ...lines: number[]): NonNullable<Parameters<typeof joinFrames>[2]>[number] => ({
    places: lines.map((line) => ({ file: '/srv/a.ts', line, column: 1 })),
    locals: { of },
    live: { evaluate: () => of, names: () => ['of'] },
  });
  const left = (name: string, line: number, more?: Partial<WrittenCall>): WrittenCall =>
    called(name, line, { isAsync: true, ...more });
  const found = (stack: WrittenCall[], ...waiting: ReturnType<typeof awaited>[]): unknown[] =>
    joinFrames(stack, [recorded('a', 3, 'A')], waiting).map(({ live }) => live?.evaluate('of') ?? null);

  test('by any of the places of its statement, and by no name', () => {
    expect(found([left('b', 7)], awaited('B', 5, 7))).toEqual(['B']);
    expect(found([left('b', 8)], awaited('B', 5, 7))).toEqual([null]);
    expect(found([left('b', 7, { file: '/srv/b.ts' })], awaited('B', 7))).toEqual([null]);
    expect(found([left('b', 7, { column: 2 })], awaited('B', 7))).toEqual([null]);
  });

  test('in their order, beside calls that were not kept', () => {
    const stack = [called('a', 3), left('b', 7), left('package', 9), left('b', 7), left('c', 8)];
    expect(found(stack, awaited('inner', 7), awaited('outer', 7), awaited('C', 8))).toEqual([
      null,
      'inner',
      null,
      'outer',
      'C',
    ]);
  });

  test('for calls that wait alone', () => {
    expect(found([called('d', 7)], awaited('D', 7))).toEqual([null]);
  });
});

describe('There are no variables', () => {
  const MAIN = recorded('main', 20, 'M');
  const below = (name: string | null): WrittenCall[] => [called(name, 3), called('main', 20)];

  test('for a call that was left at an await', () => {
    expect(
      localsOf([called('a', 3), called('b', 7, { isAsync: true })], [recorded('a', 3, 'A'), recorded('b', 7, 'B')]),
    ).toEqual(['A', null]);
  });

  test('for a call of the same name in another file', () => {
    expect(localsOf(below('a'), [recorded('a', 3, 'A', '/srv/b.ts'), MAIN])).toEqual([null, 'M']);
  });

  test('for a call of another name', () => {
    expect(localsOf(below('a'), [recorded('b', 9, 'B'), MAIN])).toEqual([null, 'M']);
    expect(localsOf(below(null), [recorded('b', 9, 'B'), MAIN])).toEqual([null, 'M']);
    expect(localsOf(below('a'), [recorded('', 9, 'B'), MAIN])).toEqual([null, 'M']);
  });

  test('where nothing was recorded', () => {
    expect(localsOf([called('a')], [])).toEqual([null]);
  });
});

test('What was recorded stands in for the stack of another place', () => {
  const stack = [called('boot', 61), called('main', 70)];
  expect(joinFrames(stack, [recorded('read', 7, 'A')]).map(({ functionName, line }) => [functionName, line])).toEqual([
    ['read', 7],
  ]);
  expect(joinFrames(stack, [])).toHaveLength(2);
});

test('What was recorded stands in for a stack that is not there', () => {
  expect(joinFrames([], [recorded('a', 3, 'A'), recorded('', 7, 'B')])).toEqual([
    {
      functionName: 'a',
      file: '/srv/a.ts',
      line: 3,
      column: 1,
      locals: { of: 'A' },
      live: null,
      isAsync: false,
      isInternal: false,
    },
    {
      functionName: null,
      file: '/srv/a.ts',
      line: 7,
      column: 1,
      locals: { of: 'B' },
      live: null,
      isAsync: false,
      isInternal: false,
    },
  ]);
});
