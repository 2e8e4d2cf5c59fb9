import { MAX_TEXT_BYTES } from './log-limits.js';

/** How deep a context is followed: databases refuse JSON that is much deeper. */
const MAX_DEPTH = 8;

/**
 * What is left of a context that has to be cut, in characters: most need little more than a byte for one, and JSON may need
 * six characters.
 */
const CUT_BUDGETS = [(MAX_TEXT_BYTES * 3) / 4, MAX_TEXT_BYTES / 8];

const CUT = '… (cut)';

/**
 * A context as JSON, as it is now: the application may go on to change it. Null where there is none. It never throws, and
 * reads no more of a large context than what is kept of it.
 */
export function contextText(context: unknown): string | null {
  if (context === undefined || context === null) return null;
  try {
    if (weigh(context, MAX_TEXT_BYTES / 3, 0) > 0) {
      const text = JSON.stringify(context);
      // A character that has to be escaped takes up six.
      if (text.length <= MAX_TEXT_BYTES) return text;
    }
  } catch {
    // A getter throws, or what claims to be plain is not: the careful way finds out which.
  }
  try {
    return cutText(context);
  } catch {
    return JSON.stringify('This context cannot be read.');
  }
}

function cutText(context: unknown): string | null {
  let text: string | null = null;
  for (const budget of CUT_BUDGETS) {
    const copy = copyOf(context, { left: budget, longest: budget / 2, seen: [] });
    text = copy === undefined ? null : JSON.stringify(copy);
    if (text === null || Buffer.byteLength(text) <= MAX_TEXT_BYTES) break;
  }
  return text;
}

/** What is left of a budget in characters once a value is written; nothing for one that is too large or not plain JSON. */
function weigh(value: unknown, budget: number, depth: number): number {
  switch (typeof value) {
    case 'string':
      return budget - value.length - 3;
    case 'number':
    case 'boolean':
    case 'undefined':
      return budget - 8;
    case 'object':
      return value === null ? budget - 5 : weighObject(value, budget, depth);
    default:
      return 0;
  }
}

function weighObject(value: object, budget: number, depth: number): number {
  const isPlain = Array.isArray(value) || isPlainObject(value);
  if (!isPlain || depth >= MAX_DEPTH || 'toJSON' in value) return 0;
  // Not even the names of its members are looked at where they are too many.
  if (Array.isArray(value) && value.length > budget) return 0;
  let left = budget - 2;
  // Without a list of the names, which would be one for each record; what is inherited only makes it heavier.
  for (const key in value) {
    left = weigh((value as Record<string, unknown>)[key], left - key.length - 4, depth + 1);
    if (left <= 0) return 0;
  }
  return left;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

interface Copying {
  left: number;
  /** How much one text may take up, in characters, so that those after it have their share. */
  readonly longest: number;
  readonly seen: object[];
}

/** A copy in plain JSON values that is cut where it is too large or too deep, or leads back to itself. */
function copyOf(value: unknown, copying: Copying): unknown {
  copying.left -= 8;
  if (copying.left <= 0) return CUT;
  switch (typeof value) {
    case 'string':
      return copyOfText(value, copying);
    case 'bigint':
      return String(value);
    case 'function':
    case 'symbol':
      return undefined;
    case 'object':
      return value === null ? null : copyOfObject(value, copying);
    default:
      return value;
  }
}

function copyOfText(text: string, copying: Copying): string {
  const kept = text.slice(0, Math.min(copying.longest, copying.left));
  copying.left -= kept.length;
  return kept.length < text.length ? kept + CUT : kept;
}

function copyOfObject(value: object, copying: Copying): unknown {
  if (copying.seen.includes(value)) return '(circular)';
  if (copying.seen.length >= MAX_DEPTH) return CUT;
  copying.seen.push(value);
  try {
    return membersOf(value, copying);
  } catch {
    return '(cannot be read)';
  } finally {
    copying.seen.pop();
  }
}

function membersOf(value: object, copying: Copying): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return `(${value.byteLength} bytes)`;
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    return copyOf({ ...Object.fromEntries(namedMembers(value)), name, message, stack, cause }, copying);
  }
  if (value instanceof Map) return entriesOf(value.entries() as Iterable<[unknown, unknown]>, copying);
  if (Array.isArray(value) || value instanceof Set) return itemsOf(value as Iterable<unknown>, copying);
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') return copyOf(Reflect.apply(toJSON, value, []), copying);
  return entriesOf(namedMembers(value), copying);
}

function* namedMembers(value: object): Iterable<[string, unknown]> {
  for (const key in value) if (Object.hasOwn(value, key)) yield [key, (value as Record<string, unknown>)[key]];
}

function itemsOf(items: Iterable<unknown>, copying: Copying): unknown[] {
  const copies: unknown[] = [];
  for (const item of items) {
    copies.push(copyOf(item, copying));
    if (copying.left <= 0) break;
  }
  return copies;
}

function entriesOf(entries: Iterable<[unknown, unknown]>, copying: Copying): Record<string, unknown> {
  const copy: [string, unknown][] = [];
  for (const [key, member] of entries) {
    const name = typeof key === 'string' ? key : typeof key === 'number' ? String(key) : '(key)';
    copy.push([copyOfText(name, copying), copyOf(member, copying)]);
    if (copying.left <= 0) break;
  }
  return Object.fromEntries(copy);
}
