import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { ToldFrame } from '../support/awaiting-process.js';

const PROGRAM = resolve('dist/test/support/awaiting-process.js');
/** Later engines do not stop before a turn of `for await`. */
const STOPS_AT_TURNS = Number(process.versions.node.split('.')[0]) < 25;

type Locals = Readonly<Record<string, string>>;

describe('With awaited frames, of a call that waits', () => {
  let outcomes: Record<string, ToldFrame[][]>;
  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      PROGRAM,
      JSON.stringify(['this?.constructor.name', 'typeof id === "string" && id.length', 'this.#keys * 2']),
    ]);
    outcomes = JSON.parse(stdout) as typeof outcomes;
  });

  const frames = (failure: string, error = 0): readonly ToldFrame[] => outcomes[failure]?.[error] ?? [];
  /** The variables of the calls that wait, below the program that begins them. */
  const waiting = (failure: string, error = 0): (readonly [name: string | null, Locals | null])[] => {
    const calls = frames(failure, error).filter(({ isAsync }) => isAsync);
    return calls
      .slice(
        0,
        calls.findIndex(({ name }) => name === 'thrownBy'),
      )
      .map(({ name, locals }) => [name, locals] as const);
  };

  test('the variables are told, those alone that have a value, and no secrets', () => {
    const self = 'Shelf { password: [redacted] }';
    const found = {
      place: '"bottom"',
      label: '"bottom 5"',
      secret: '[redacted]',
      tries: '2',
      id: '"seven"',
      depth: '2',
    };
    expect(waiting('several')).toEqual([
      ['Shelf.find', { ...found, this: self }],
      ['several', { shelf: self, id: '"seven"' }],
    ]);
  });

  test('the source is that which was written', () => {
    expect(frames('several').map(({ line }) => line)).toEqual([
      'throw new Error(failing);',
      "if (place === 'bottom') return (await fail(id)) + label + secret;",
      'const found = await shelf.find(id);',
      'return await code();',
      'const thrown = await thrownBy(code);',
    ]);
  });

  test('the frame evaluates what is asked, with private fields and this', () => {
    const refused: unknown = expect.stringMatching(/^SyntaxError: /);
    expect(frames('several').map(({ answers }) => answers)).toEqual([
      [null, 5, refused],
      ['Shelf', 5, 6],
      [null, 5, refused],
      [null, false, refused],
      null,
    ]);
  });

  test('each of a recursion has its own', () => {
    const depth = (number: number): unknown => ['recursion', { mine: `"depth ${number}"`, depth: String(number) }];
    expect(waiting('recursion')).toEqual([depth(1), depth(2), depth(3)]);
  });

  test('those are told that lead to the failure, of many under Promise.all', () => {
    const branch = (path: string, depth: number): unknown => [
      'branch',
      { mine: `"${path}"`, path: `"${path}"`, depth: String(depth) },
    ];
    expect(waiting('all')).toEqual([branch('rba', 0), branch('rb', 1), branch('r', 2)]);
  });

  test('in a loop the variables are those of this turn', () => {
    expect(waiting('loop')).toEqual([['loop', { index: '2', sum: '3' }]]);
    expect(waiting('counted')).toEqual([['counted', { waits: '4' }]]);
  });

  test('an asynchronous generator and its reader are told of, but no yield*', () => {
    expect(waiting('generators')).toEqual([
      ['numbers', { given: '20', number: '2', count: '5' }],
      ['through', null],
      ['takes', STOPS_AT_TURNS ? { taken: '12' } : null],
    ]);
    expect(waiting('yields')).toEqual([
      ['failing', { held: '"held"' }],
      ['gives', STOPS_AT_TURNS ? { failing: '[Function failing]' } : null],
    ]);
  });

  test('a cause has those of its own throw', () => {
    expect(frames('wrapped')[0]?.locals).toMatchObject({ reason: '"second"', attempt: '"first"' });
    expect(waiting('wrapped')).toEqual([['passes', { via: '"caught"' }]]);
    expect(waiting('wrapped', 1)).toEqual([
      ['caught', { attempt: '"first"' }],
      ['passes', { via: '"caught"' }],
    ]);
  });

  test('it is the one that waits, not the one that began', () => {
    expect(waiting('handedOver')).toEqual([
      ['waiter', { waits: '"for another"', given: '[Promise]' }],
      ['handedOver', { begun: '[Promise]', waiter: '[Function waiter]' }],
    ]);
  });

  test('one that returned a promise is not taken for the one that waits', () => {
    expect(waiting('startsAnew')).toEqual([['startsAnew', { times: '0' }]]);
    expect(waiting('returns')).toEqual([
      ['returns', { depth: '1', below: '[Promise]' }],
      ['returns', { depth: '2', below: '[Promise]' }],
    ]);
  });

  test('an await in an await has a place of its own', () => {
    expect(waiting('nested')).toEqual([
      [null, { next: '[Promise]' }],
      ['nested', { first: '"one"', second: '"two"', pick: '[Function pick]' }],
    ]);
  });

  test('a script that is loaded later, and is no module, has them too', () => {
    expect(waiting('loadedLater')[0]).toEqual(['later', { given: '"later"', fail: '[Function fail]' }]);
  });

  test('nothing is told where a value without a stack was thrown, nor at the top of a module', () => {
    expect(frames('wordless').map(({ name, isAsync }) => [name, isAsync])).toEqual([['thrower', false]]);
    expect(frames('several').at(-1)).toMatchObject({ name: null, isAsync: true, locals: null, answers: null });
  });

  test('nothing is told any more when the recorder has stopped', () => {
    const told = frames('afterwards');
    expect(told.length).toBeGreaterThan(3);
    expect(told.filter(({ locals, answers }) => locals !== null || answers !== null)).toEqual([]);
  });
});
