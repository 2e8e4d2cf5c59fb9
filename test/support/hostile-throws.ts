import { runInNewContext } from 'node:vm';
import { hostileExceptions } from './hostile-exceptions.js';
import { cycle, HUGE, refuse, revoked, TRAPS, trapped, withGetter } from './hostile-objects.js';

/** Something that nobody should throw, and the status that it is answered with. */
export interface HostileThrow {
  readonly name: string;
  readonly status: number;
  make(): unknown;
}

function chained(depth: number): Error {
  let error = new Error('The first.');
  for (let level = 0; level < depth; level++) error = new Error(`Level ${level}.`, { cause: error });
  return error;
}

function circular(length: number): Error {
  const errors = Array.from({ length }, (_, index) => new Error(`Link ${index}.`));
  errors.forEach((error, index) => (error.cause = errors[(index + 1) % length]));
  return errors[0] as Error;
}

const PRIMITIVES = [
  ...[
    undefined,
    null,
    true,
    false,
    0,
    -0,
    NaN,
    Infinity,
    404,
    200,
    2n ** 100n,
    '',
    'text',
    HUGE,
    '\ud800\u0000\r\nA: b',
  ],
  ...[Symbol('s'), Symbol.iterator, Symbol.for('nestjs-errata.brands')],
];

const OBJECTS: Readonly<Record<string, () => unknown>> = {
  'an empty object': () => ({}),
  'an object without a prototype': () => Object.create(null) as unknown,
  'an array': () => [1, [2]],
  'a function': () => () => refuse(),
  'a class': () => AggregateError,
  'a fulfilled promise': () => Promise.resolve(1),
  'a thenable that refuses': () => withGetter({}, 'then'),
  'a Map': () => new Map([[{}, 1]]),
  'a WeakMap': () => new WeakMap(),
  'a Date that is none': () => new Date(NaN),
  'a regular expression': () => /x/g,
  'a typed array': () => new Uint8Array(1e6),
  'a generator': () => (function* () {})(),
  'a global': () => globalThis,
  'a frozen object': () => Object.freeze({}),
  'an object whose JSON refuses': () => ({ toJSON: refuse }),
  'an instance whose JSON refuses': () =>
    new (class Thrown {
      toJSON = refuse;
    })(),
  'an object that is no text': () => ({ toString: refuse, valueOf: refuse, [Symbol.toPrimitive]: refuse }),
  'an object whose inspection refuses': () => ({ [Symbol.for('nodejs.util.inspect.custom')]: refuse }),
  'an object whose tag refuses': () => withGetter({}, Symbol.toStringTag),
  'an object that lies about its constructor': () => ({ constructor: { name: 7 } }),
};

const ERRORS: Readonly<Record<string, () => unknown>> = {
  'an error without a stack': () => Object.assign(new Error('x'), { stack: undefined }),
  'an error with a numeric stack': () => Object.assign(new Error('x'), { stack: 7 }),
  'an error with a stack of garbage': () => Object.assign(new Error('x'), { stack: `${'at ('.repeat(50_000)}\n` }),
  'an error with a symbol for a name': () => Object.assign(new Error('x'), { name: Symbol('n') }),
  'an error with a bigint for a name': () => Object.assign(new Error('x'), { name: 7n }),
  'an error with a symbol for a message': () => Object.assign(new Error('x'), { message: Symbol('m') }),
  'an error with an object for a message': () => Object.assign(new Error('x'), { message: { toString: refuse } }),
  'an error with a huge message': () => new Error(HUGE),
  'a frozen error': () => Object.freeze(new Error('x')),
  'a sealed error': () => Object.seal(new TypeError('x')),
  'an error of another realm': () => runInNewContext('new TypeError("x")') as unknown,
  'a thenable of another realm': () => runInNewContext('({ then() { throw 1 } })') as unknown,
  'a syntax error of another realm': () => {
    try {
      return runInNewContext('(') as unknown;
    } catch (error) {
      return error;
    }
  },
  'an error without a prototype': () => Object.setPrototypeOf(new Error('x'), null) as unknown,
  'an aggregate': () => new AggregateError([new Error('a'), null, Symbol('b')], 'several'),
  'an aggregate of itself': () => {
    const errors: unknown[] = [];
    const all = new AggregateError(errors);
    all.errors = [all];
    return all;
  },
  'an error whose cause is undefined': () => new Error('x', { cause: undefined }),
  'an error whose cause refuses': () => new Error('x', { cause: new Proxy({}, trapped(TRAPS)) }),
  'an error whose cause is revoked': () => new Error('x', { cause: revoked({}) }),
  'an error with its own reflection': () => new Error('x', { cause: new Proxy(new Error('y'), {}) }),
  'the shape of an error': () => ({ name: 'Error', message: 'x', stack: 'Error: x\n    at y' }),
  'an abort': () => AbortSignal.abort().reason as unknown,
  'an error of a subclass that refuses': () =>
    new (class Thrown extends Error {
      override get message(): string {
        return refuse();
      }
    })(),
  'an exhausted stack': () => {
    const dive = (): number => 1 + dive();
    try {
      return dive();
    } catch (error) {
      return error;
    }
  },
};

const NAMES = [
  'message',
  'stack',
  'name',
  'cause',
  'toString',
  'constructor',
  'code',
  'status',
  'statusCode',
  'errors',
];

/** Objects that claim a status, which only errors made for clients may. */
const LIES: readonly (() => unknown)[] = [200, 204, 302, 404, 418, 503, 0, -1, NaN, 'abc', 1e9].flatMap((status) => [
  () => ({ status }),
  () => Object.assign(new Error('x'), { status }),
  () => ({ statusCode: status, message: 'x' }),
  () => ({ getStatus: () => status, getResponse: () => ({ statusCode: status, message: 'A lie.' }) }),
  () => Object.assign(new Error('x'), { getStatus: () => status, getResponse: refuse }),
]);

/** Everything that was ever seen to break an error handler, and more. */
export const hostileThrows: readonly HostileThrow[] = [
  ...PRIMITIVES.map((value) => ({ name: `a ${typeof value}: ${String(value).slice(0, 20)}`, make: () => value })),
  ...Object.entries({ ...OBJECTS, ...ERRORS }).map(([name, make]) => ({ name, make })),
  ...TRAPS.map((trap) => ({ name: `a Proxy that refuses ${trap}`, make: () => new Proxy(() => {}, trapped([trap])) })),
  { name: 'a Proxy that refuses everything', make: () => new Proxy({}, trapped(TRAPS)) },
  { name: 'a Proxy around an error that refuses everything', make: () => new Proxy(new Error('x'), trapped(TRAPS)) },
  { name: 'a revoked Proxy', make: () => revoked({}) },
  { name: 'a revoked function', make: () => revoked(() => {}) },
  ...NAMES.flatMap((name) => [
    { name: `an error whose ${name} refuses`, make: () => withGetter(new Error('x'), name) },
    { name: `an object whose ${name} refuses`, make: () => withGetter({}, name) },
    { name: `an error whose ${name} is circular`, make: () => withGetter(new Error('x'), name, cycle) },
  ]),
  ...[1, 9, 10, 11, 100, 10_000].map((depth) => ({ name: `a chain of ${depth} causes`, make: () => chained(depth) })),
  ...[1, 2, 11, 1_000].map((length) => ({ name: `a circle of ${length} causes`, make: () => circular(length) })),
  ...LIES.map((make, index) => ({ name: `lie ${index}`, make })),
]
  .map((hostile): HostileThrow => ({ status: 500, ...hostile }))
  .concat(hostileExceptions.map(([name, status, make]) => ({ name, status, make })));
