import { types } from 'node:util';
import { isNothing, REDACTED, type Redaction } from './redaction.js';

/** How much of a value is shown. */
export interface PreviewLimits {
  /** How deep structures are entered. */
  readonly depth: number;
  /** How many members of a structure are shown. */
  readonly members: number;
  /** How many characters of a text are shown. */
  readonly text: number;
  /** How many characters a whole preview has. */
  readonly total: number;
}

export const PREVIEW_LIMITS: PreviewLimits = { depth: 3, members: 20, text: 200, total: 2_000 };

/** How much more of a text is looked at than is shown. */
const MARGIN = 200;

/** Decides what is hidden in a preview. */
export type PreviewRedaction = Pick<Redaction, 'isSecret' | 'remember' | 'text'>;

/** Ends a preview early, once its time is up. */
export interface Deadline {
  readonly isOver: boolean;
}

/** One that is over after some milliseconds. */
export function deadlineIn(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds;
  return {
    get isOver(): boolean {
      return performance.now() > end;
    },
  };
}

/**
 * Shows values as texts and runs nothing of theirs: no getter, no proxy's trap, no `toString`, no `toJSON`. Structures are
 * read by their property descriptors alone.
 */
export class ValuePreview {
  private left = 0;
  private readonly path = new Set<object>();

  constructor(
    private readonly redaction: PreviewRedaction,
    private readonly deadline: Deadline,
    private readonly limits: PreviewLimits = PREVIEW_LIMITS,
  ) {}

  /** The value under a name, which decides whether it may be seen. */
  ofNamed(name: string, value: unknown): string {
    return this.hides(name, value) ? REDACTED : this.of(value);
  }

  /** Whether a value is a secret, which is remembered. That there is none is what a developer has to see. */
  private hides(name: string, value: unknown): boolean {
    if (isNothing(value) || !this.redaction.isSecret(name)) return false;
    this.redaction.remember(value);
    return true;
  }

  of(value: unknown): string {
    this.left = this.limits.total;
    this.path.clear();
    try {
      const shown = this.show(value);
      return shown.length > this.limits.total ? `${shown.slice(0, this.limits.total)}…` : shown;
    } catch {
      // Few things refuse to be described, such as a module that is still being loaded.
      return '[unreadable]';
    }
  }

  private show(value: unknown): string {
    if (this.left <= 0) return '…';
    const shown = typeof value === 'object' && value !== null ? this.enter(value) : this.plain(value);
    this.left -= shown.length;
    return shown;
  }

  private plain(value: unknown): string {
    switch (typeof value) {
      case 'string':
        return this.quoted(value);
      case 'function':
        return functionName(value);
      case 'bigint':
        return `${value.toString().slice(0, this.limits.text)}n`;
      case 'number':
        return Object.is(value, -0) ? '-0' : String(value);
      default:
        return String(value);
    }
  }

  private quoted(text: string): string {
    const { text: limit } = this.limits;
    // A secret is recognised by what stands around it, and so before the text is cut and its quotes are escaped.
    const clean = this.redaction.text(text.slice(0, limit + MARGIN).toWellFormed());
    const start = text.length > limit ? `${clean.slice(0, limit)}…` : clean;
    const more = text.length > limit ? ` (${text.length} characters)` : '';
    return `${JSON.stringify(start.toWellFormed())}${more}`;
  }

  private enter(object: object): string {
    // What is no structure takes no time.
    if (this.deadline.isOver) return '…';
    if (types.isProxy(object)) return '[Proxy]';
    if (this.path.has(object)) return '[circular]';
    const special = this.special(object);
    if (special !== null) return special;
    const name = nameOf(object);
    if (this.path.size >= this.limits.depth) return Array.isArray(object) ? `[${name}(${object.length})]` : `[${name}]`;
    this.path.add(object);
    try {
      return Array.isArray(object) || types.isTypedArray(object)
        ? this.list(object, name)
        : this.structure(object, name);
    } finally {
      this.path.delete(object);
    }
  }

  /** Values whose contents are no properties. */
  private special(object: object): string | null {
    if (types.isDate(object)) {
      const time = Date.prototype.getTime.call(object);
      return Number.isNaN(time) ? '[Invalid Date]' : new Date(time).toISOString();
    }
    if (types.isRegExp(object)) return '[RegExp]';
    if (types.isPromise(object)) return '[Promise]';
    if (types.isAnyArrayBuffer(object)) return `[ArrayBuffer(${byteLengthOf(object)})]`;
    if (types.isNativeError(object)) return this.error(object);
    if (types.isMap(object) || types.isSet(object)) return this.collection(object);
    return types.isBoxedPrimitive(object) ? '[boxed primitive]' : null;
  }

  private error(object: Error): string {
    const message: unknown = Reflect.getOwnPropertyDescriptor(object, 'message')?.value;
    return `[${nameOf(object)}${typeof message === 'string' && message !== '' ? `: ${this.quoted(message)}` : ''}]`;
  }

  private collection(object: Map<unknown, unknown> | Set<unknown>): string {
    const isMap = types.isMap(object);
    const size = sizeOf(isMap ? Map.prototype : Set.prototype, object);
    if (this.path.size >= this.limits.depth) return `[${isMap ? 'Map' : 'Set'}(${size})]`;
    this.path.add(object);
    const shown: string[] = [];
    // The prototype's own iterator, which nobody's subclass has overridden.
    const entries = isMap ? Map.prototype.entries.call(object) : Set.prototype.entries.call(object);
    for (let step = entries.next(); step.done !== true; step = entries.next()) {
      if (shown.length >= this.limits.members || this.left <= 0 || this.deadline.isOver) break;
      const [key, value] = step.value as [unknown, unknown];
      shown.push(isMap ? `${this.show(key)} => ${this.underKey(key, value)}` : this.show(value));
    }
    this.path.delete(object);
    if (size > shown.length) shown.push(`… ${size - shown.length} more`);
    return `${isMap ? 'Map' : 'Set'}(${size}) {${shown.length === 0 ? '' : ` ${shown.join(', ')} `}}`;
  }

  private underKey(key: unknown, value: unknown): string {
    return typeof key === 'string' ? this.member(key, { value }) : this.show(value);
  }

  private list(items: ArrayLike<unknown> & object, name: string): string {
    const shown: string[] = [];
    const length = lengthOf(items);
    // `[name, value]`, as the entries of an object are.
    const key: unknown = length === 2 ? Reflect.getOwnPropertyDescriptor(items, '0')?.value : undefined;
    const count = Math.min(length, this.limits.members);
    for (let index = 0; index < count && this.left > 0 && !this.deadline.isOver; index++) {
      const descriptor = Reflect.getOwnPropertyDescriptor(items, String(index));
      const label = index === 1 && typeof key === 'string' ? key : String(index);
      shown.push(descriptor === undefined ? '<empty>' : this.member(label, descriptor));
    }
    const more = length - shown.length;
    if (more > 0) shown.push(`… ${more} more`);
    return `${name === 'Array' ? '' : `${name} `}[${shown.length === 0 ? '' : ` ${shown.join(', ')} `}]`;
  }

  private structure(object: object, name: string): string {
    const keys = Reflect.ownKeys(object);
    const shown: string[] = [];
    for (const key of keys.slice(0, this.limits.members)) {
      if (this.left <= 0 || this.deadline.isOver) break;
      const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
      if (descriptor !== undefined) shown.push(`${labelOf(key)}: ${this.member(String(key), descriptor)}`);
    }
    const more = keys.length - shown.length;
    if (more > 0) shown.push(`… ${more} more`);
    return `${name === 'Object' ? '' : `${name} `}{${shown.length === 0 ? '' : ` ${shown.join(', ')} `}}`;
  }

  private member(name: string, descriptor: PropertyDescriptor): string {
    if (descriptor.get !== undefined || descriptor.set !== undefined)
      return descriptor.get === undefined ? '[Setter]' : '[Getter]';
    return this.hides(name, descriptor.value) ? REDACTED : this.show(descriptor.value);
  }
}

const TYPED_ARRAY = Reflect.getPrototypeOf(Uint8Array.prototype) as object;

/** A typed array's class may have a `length` of its own, which runs; that of an array is plain data. */
function lengthOf(items: ArrayLike<unknown> & object): number {
  return Array.isArray(items) ? items.length : Number(Reflect.get(TYPED_ARRAY, 'length', items));
}

function byteLengthOf(buffer: ArrayBufferLike): number {
  const prototype = types.isSharedArrayBuffer(buffer) ? SharedArrayBuffer.prototype : ArrayBuffer.prototype;
  return Reflect.get(prototype, 'byteLength', buffer);
}

/** The name of the class, by descriptors alone: `constructor` may be a getter. */
function nameOf(object: object): string {
  for (let proto: object | null = Object.getPrototypeOf(object) as object | null; proto !== null;) {
    if (types.isProxy(proto)) return 'Object';
    const made: unknown = Reflect.getOwnPropertyDescriptor(proto, 'constructor')?.value;
    if (typeof made === 'function' && !types.isProxy(made)) {
      const name: unknown = Reflect.getOwnPropertyDescriptor(made, 'name')?.value;
      if (typeof name === 'string' && name !== '') return name.slice(0, 100);
    }
    proto = Object.getPrototypeOf(proto) as object | null;
  }
  return '[Object: null prototype]';
}

function functionName(code: object): string {
  if (types.isProxy(code)) return '[Proxy]';
  const name: unknown = Reflect.getOwnPropertyDescriptor(code, 'name')?.value;
  return `[Function${typeof name === 'string' && name !== '' ? ` ${name.slice(0, 100)}` : ''}]`;
}

function sizeOf(prototype: object, collection: object): number {
  return Reflect.get(prototype, 'size', collection) as number;
}

function labelOf(key: string | symbol): string {
  if (typeof key === 'symbol') return `[${String(key)}]`;
  const label = key.length > 100 ? `${key.slice(0, 100)}…` : key;
  return /^[A-Za-z_$][\w$]*$/.test(label) ? label : JSON.stringify(label.toWellFormed());
}
