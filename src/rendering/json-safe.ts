import { HttpError } from '../exceptions/http-error.js';

/** How deep a structure is shown, and how many values of it. */
const MAX_DEPTH = 12;
const MAX_VALUES = 10_000;

const CIRCULAR = '[circular]';
const TRUNCATED = '[truncated]';
const UNREADABLE = '[unreadable]';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/**
 * Makes any value into one that JSON can say, without ever throwing: cycles are named, big integers become texts, times ISO
 * 8601, maps objects, sets arrays; errors say nothing, unless they are HTTP errors; what a getter or a proxy refuses to give is named unreadable.
 */
export function jsonSafe(value: unknown): Json {
  let values = 0;
  const path = new Set<object>();

  const visit = (current: unknown): Json => {
    if (++values > MAX_VALUES) return TRUNCATED;
    switch (typeof current) {
      case 'string':
        return current.toWellFormed();
      case 'boolean':
        return current;
      case 'number':
        return Number.isFinite(current) ? current : String(current);
      case 'bigint':
        return current.toString();
      case 'object':
        return current === null ? null : enter(current);
      case 'symbol':
        return current.toString();
      default:
        return null;
    }
  };

  const enter = (object: object): Json => {
    if (path.has(object)) return CIRCULAR;
    if (path.size >= MAX_DEPTH) return TRUNCATED;
    path.add(object);
    try {
      return structure(object, { visit, isFull: () => values >= MAX_VALUES });
    } catch {
      return UNREADABLE;
    } finally {
      path.delete(object);
    }
  };

  return visit(value);
}

interface Walk {
  readonly visit: (value: unknown) => Json;
  /** Whether so much has been seen that the rest is left out. */
  readonly isFull: () => boolean;
}

function structure(object: object, walk: Walk): Json {
  if (Array.isArray(object) || object instanceof Set) return list(object, walk);
  if (object instanceof Date) return Number.isNaN(object.getTime()) ? String(object) : object.toISOString();
  if (object instanceof Map) return fromEntries(object, walk);
  if (ArrayBuffer.isView(object)) return `[${object.byteLength} bytes]`;
  // What an error says was said to nobody outside, unless it was made for clients.
  if (object instanceof Error && !(object instanceof HttpError)) return {};
  const { toJSON } = object as { toJSON?: unknown };
  if (typeof toJSON === 'function') return walk.visit(Reflect.apply(toJSON, object, []));
  return fromEntries(
    Object.keys(object).map((name): [string, unknown] => [name, read(object, name)]),
    walk,
  );
}

function read(object: object, name: string): unknown {
  try {
    return (object as Record<string, unknown>)[name];
  } catch {
    return UNREADABLE;
  }
}

function list(values: Iterable<unknown>, { visit, isFull }: Walk): Json {
  const items: Json[] = [];
  for (const value of values) {
    if (isFull()) return [...items, TRUNCATED];
    items.push(visit(value));
  }
  return items;
}

function fromEntries(entries: Iterable<readonly [unknown, unknown]>, { visit, isFull }: Walk): Json {
  const members: [string, Json][] = [];
  for (const [name, value] of entries) {
    if (isFull()) break;
    if (value !== undefined && typeof value !== 'function') members.push([String(name).toWellFormed(), visit(value)]);
  }
  // Not by assignment: a member may be called __proto__.
  return Object.fromEntries(members);
}
