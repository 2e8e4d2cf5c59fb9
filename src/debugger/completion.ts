import { types } from 'node:util';

/** The longest list of names that is given. */
const MAX_NAMES = 500;
/** How much of the end of an input is looked at, since looking takes the square of it. */
const MAX_TYPED = 1_000;

const TYPED = /((?:[\p{ID_Continue}$.#]|\?\.)*)$/u;
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** What completing needs of a frame. */
export interface Names {
  /** The names that can be written in the frame. */
  readonly known: readonly string[];
  /** The value of one of them. It may throw. */
  valueOf(name: string): unknown;
}

/** What the end of an input can be completed to. Everything is read by descriptors, so that completing runs nothing. */
export function completions(input: string, names: Names): readonly string[] {
  const typed = (TYPED.exec(input.slice(-MAX_TYPED))?.[1] ?? '').replaceAll('?.', '.');
  const path = typed.split('.');
  const start = path.pop() ?? '';
  const candidates = path.length > 0 ? namesIn(reach(path, names)) : [...names.known, ...globals(start)];
  return [...new Set(candidates)]
    .filter((name) => name.startsWith(start) && name !== start && NAME.test(name))
    .sort()
    .slice(0, MAX_NAMES);
}

/** The globals are many, and shown only where somebody began to write one. */
function globals(start: string): string[] {
  return start === '' ? [] : Object.getOwnPropertyNames(globalThis);
}

function reach([first = '', ...rest]: readonly string[], names: Names): unknown {
  if (!NAME.test(first)) return undefined;
  // Some globals are getters, which load what they stand for.
  const isGetter = Reflect.getOwnPropertyDescriptor(globalThis, first)?.get !== undefined;
  if (isGetter && !names.known.includes(first)) return undefined;
  try {
    return rest.reduce(dataIn, names.valueOf(first));
  } catch {
    return undefined;
  }
}

function dataIn(value: unknown, name: string): unknown {
  for (const holder of chainOf(value)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(holder, name);
    if (descriptor !== undefined) return descriptor.value;
  }
  return undefined;
}

function namesIn(value: unknown): string[] {
  return chainOf(value)
    .filter((holder) => holder !== Object.prototype)
    .flatMap((holder) => (isList(holder) ? ['length'] : Object.getOwnPropertyNames(holder)));
}

/** A value and its prototypes, up to the first proxy: asking that one runs code. */
function chainOf(value: unknown): object[] {
  const chain: object[] = [];
  let holder: unknown = isObject(value) ? value : value == null ? null : Object.getPrototypeOf(value);
  while (isObject(holder) && !types.isProxy(holder)) {
    chain.push(holder);
    holder = Object.getPrototypeOf(holder);
  }
  return chain;
}

/** Of lists only the numbers would be many, and those are no names. */
function isList(value: object): boolean {
  return value !== Array.prototype && (Array.isArray(value) || types.isTypedArray(value));
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
