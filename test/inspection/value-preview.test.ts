import { describe, expect, test } from '@jest/globals';
import { Redaction } from '../../src/inspection/redaction.js';
import { PREVIEW_LIMITS, type PreviewLimits, ValuePreview } from '../../src/inspection/value-preview.js';
import { cycle, refuse, revoked, TRAPS, trapped, withGetter } from '../support/hostile-objects.js';

const NEVER = { isOver: false };

const show = (value: unknown, limits: Partial<PreviewLimits> = {}): string =>
  new ValuePreview(new Redaction(), NEVER, { ...PREVIEW_LIMITS, ...limits }).of(value);

class Job {
  #hidden = 1;
  name = 'nightly';
  get hidden(): number {
    return this.#hidden;
  }
}

const values: readonly (readonly [name: string, value: unknown, shown: string])[] = [
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a boolean', true, 'true'],
  ['a number', 1.5, '1.5'],
  ['negative zero', -0, '-0'],
  ['no number', NaN, 'NaN'],
  ['a bigint', 12n, '12n'],
  ['a symbol', Symbol('s'), 'Symbol(s)'],
  ['a text', 'a "b"\n', '"a \\"b\\"\\n"'],
  ['half a character', 'a\ud800', '"a\ufffd"'],
  ['a function', refuse, '[Function refuse]'],
  [
    'a function without a name',
    (
      () => () =>
        1
    )(),
    '[Function]',
  ],
  ['a class', Job, '[Function Job]'],
  ['an instance', new Job(), 'Job { name: "nightly" }'],
  ['an object', { a: 1, 'b-c': { d: null } }, '{ a: 1, "b-c": { d: null } }'],
  ['an empty object', {}, '{}'],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), '[Object: null prototype] { a: 1 }'],
  ['a symbol for a name', { [Symbol('s')]: 1 }, '{ [Symbol(s)]: 1 }'],
  ['an array', [1, ['a']], '[ 1, [ "a" ] ]'],
  ['an empty array', [], '[]'],
  ['an array with holes', [1, , 3], '[ 1, <empty>, 3 ]'],
  [
    'a Map',
    new Map<unknown, unknown>([
      ['a', 1],
      [{ b: 2 }, [3]],
    ]),
    'Map(2) { "a" => 1, { b: 2 } => [ 3 ] }',
  ],
  ['an empty Map', new Map(), 'Map(0) {}'],
  ['a Set', new Set([1, 'a']), 'Set(2) { 1, "a" }'],
  ['a typed array', new Uint8Array([1, 2]), 'Uint8Array [ 1, 2 ]'],
  ['a buffer', Buffer.from('ab'), 'Buffer [ 97, 98 ]'],
  ['an array buffer', new ArrayBuffer(8), '[ArrayBuffer(8)]'],
  ['a shared one', new SharedArrayBuffer(8), '[ArrayBuffer(8)]'],
  ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['no date', new Date(NaN), '[Invalid Date]'],
  ['a regular expression', /a/g, '[RegExp]'],
  ['a promise', Promise.resolve(1), '[Promise]'],
  ['an error', new TypeError('Wrong.'), '[TypeError: "Wrong."]'],
  ['an error without a message', new RangeError(), '[RangeError]'],
  ['a boxed text', Object('a'), '[boxed primitive]'],
  ['a circle', cycle(), '{ a: 1, self: [circular] }'],
  ['the same thing twice', ((a) => [a, a])({ b: 1 }), '[ { b: 1 }, { b: 1 } ]'],
];

describe('A preview', () => {
  test.each(values)('shows %s', (_name, value, shown) => {
    expect(show(value)).toBe(shown);
  });

  test('shows a promise that is refused without hearing of it', () => {
    const refused = Promise.reject(new Error('Refused.'));
    refused.catch(() => {});
    expect(show(refused)).toBe('[Promise]');
  });
});

describe('It runs nothing:', () => {
  const bomb = (): never => {
    throw new Error('This was run.');
  };

  test.each<[string, unknown, string]>([
    ['a proxy', new Proxy({}, trapped(TRAPS)), '[Proxy]'],
    ['a proxy of a function', new Proxy(() => {}, trapped(TRAPS)), '[Proxy]'],
    ['a proxy of an array', [new Proxy([], trapped(TRAPS))], '[ [Proxy] ]'],
    ['a proxy that is revoked', revoked({}), '[Proxy]'],
    ['a prototype that is a proxy', Object.create(new Proxy({}, trapped(TRAPS))), '{}'],
    ['a getter', withGetter({}, 'a', bomb), '{ a: [Getter] }'],
    [
      'a getter that is enumerable',
      {
        get a() {
          return bomb();
        },
      },
      '{ a: [Getter] }',
    ],
    [
      'a setter',
      {
        set a(_value: unknown) {
          bomb();
        },
      },
      '{ a: [Setter] }',
    ],
    ['a constructor that is a getter', Object.create(withGetter({}, 'constructor', bomb)), '{}'],
    ['a tag', withGetter({}, Symbol.toStringTag, bomb), '{ [Symbol(Symbol.toStringTag)]: [Getter] }'],
    [
      'what shows itself',
      { toString: bomb, toJSON: bomb, [Symbol.toPrimitive]: bomb },
      '{ toString: [Function bomb], toJSON: [Function bomb], [Symbol(Symbol.toPrimitive)]: [Function bomb] }',
    ],
    ['a message that is a getter', withGetter(new Error('x'), 'message', bomb), '[Error]'],
  ])('%s', (_name, value, shown) => {
    expect(show(value)).toBe(shown);
  });

  test('a collection’s own iterator, and its own size', () => {
    class Loud extends Map<string, number> {
      override get size(): number {
        return bomb();
      }
      override entries(): never {
        return bomb();
      }
      override [Symbol.iterator](): never {
        return bomb();
      }
    }
    const loud = new Loud();
    Map.prototype.set.call(loud, 'a', 1);
    expect(show(loud)).toBe('Map(1) { "a" => 1 }');
  });

  test('the length of a typed array, and that of a buffer', () => {
    class Long extends Uint8Array {
      override get length(): number {
        return bomb();
      }
    }
    class Wide extends ArrayBuffer {
      override get byteLength(): number {
        return bomb();
      }
    }
    expect(show(new Long([1, 2]))).toBe('Long [ 1, 2 ]');
    expect(show(new Wide(3))).toBe('[ArrayBuffer(3)]');
  });
});

describe('It is bounded', () => {
  test('in depth', () => {
    expect(show({ a: { b: { c: { d: 1 } } } })).toBe('{ a: { b: { c: [Object] } } }');
    expect(show([[[[1, 2]]]])).toBe('[ [ [ [Array(2)] ] ] ]');
    expect(show({ a: { b: { c: new Map([[1, 2]]) } } })).toBe('{ a: { b: { c: [Map(1)] } } }');
  });

  test('in members', () => {
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`m${index}`, index]));
    expect(show(wide)).toMatch(/^\{ m0: 0, .*, m19: 19, … 4980 more \}$/);
    expect(show(Array.from({ length: 5_000 }, () => 0))).toMatch(/^\[ (0, ){20}… 4980 more \]$/);
    expect(show(new Set(Array.from({ length: 5_000 }, (_, index) => index)))).toMatch(
      /^Set\(5000\) \{ 0, .*… 4980 more \}$/,
    );
  });

  test('in a text', () => {
    expect(show('x'.repeat(200))).toBe(`"${'x'.repeat(200)}"`);
    expect(show('x'.repeat(201))).toBe(`"${'x'.repeat(200)}…" (201 characters)`);
    expect(show(2n ** 5_000n).length).toBeLessThan(210);
  });

  test('in names', () => {
    expect(show({ ['n'.repeat(500)]: 1 })).toBe(`{ "${'n'.repeat(100)}…": 1 }`);
  });

  test('in all', () => {
    const text = 'x'.repeat(150);
    const rows = Array.from({ length: 20 }, () => Array.from({ length: 20 }, () => ({ text, [text]: text })));
    expect(show(rows).length).toBeLessThanOrEqual(PREVIEW_LIMITS.total + 1);
  });

  test('in time', () => {
    const preview = new ValuePreview(new Redaction(), { isOver: true });
    expect(preview.of({ a: 1 })).toBe('…');
    // What is no structure takes none.
    expect([preview.of(1), preview.of('a')]).toEqual(['1', '"a"']);
  });
});

describe('Secrets are not shown', () => {
  test.each<[string, unknown, string]>([
    ['in an object', { user: 'a', password: 'canary-1' }, '{ user: "a", password: [redacted] }'],
    ['deep in one', { a: [{ apiKey: 'canary-1' }] }, '{ a: [ { apiKey: [redacted] } ] }'],
    ['in a Map', new Map([['token', 'canary-1']]), 'Map(1) { "token" => [redacted] }'],
    [
      'in an entry',
      [
        ['password', 'canary-1'],
        ['user', 'a'],
      ],
      '[ [ "password", [redacted] ], [ "user", "a" ] ]',
    ],
    ['in JSON', '{"password":"canary-1","user":"a"}', '"{\\"password\\":[redacted],\\"user\\":\\"a\\"}"'],
    [
      'in JSON that is cut',
      `{"password":"${'canary-1'.repeat(99)}"}`,
      '"{\\"password\\":[redacted]…" (807 characters)',
    ],
    ['in an address', 'redis://u:canary-1@h', '"redis://u:[redacted]@h"'],
  ])('%s', (_name, value, shown) => {
    expect(show(value)).toBe(shown);
  });

  test('by the name of the variable', () => {
    const redaction = new Redaction();
    const preview = new ValuePreview(redaction, NEVER);
    expect(preview.ofNamed('dbPassword', { value: 'canary-12345' })).toBe('[redacted]');
    expect(preview.ofNamed('tokenCount', 5)).toBe('5');
    // That there is none is the commonest mistake.
    expect(preview.ofNamed('token', undefined)).toBe('undefined');
    expect(preview.of({ password: null, secret: '' })).toBe('{ password: null, secret: "" }');
    expect(redaction.text('It was canary-12345.')).toBe('It was [redacted].');
  });
});
