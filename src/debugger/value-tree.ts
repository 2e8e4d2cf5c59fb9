import { types } from 'node:util';
import { type PreviewRedaction, ValuePreview } from '../inspection/value-preview.js';

/** A value as the console shows it; what has members can be opened. */
export interface ShownValue {
  readonly text: string;
  /** By which its members are asked for; null for a value without any. */
  readonly id: number | null;
}

/** A member of a value. */
export interface ShownMember extends ShownValue {
  readonly name: string;
}

const MAX_MEMBERS = 200;
const MAX_VALUES = 10_000;
const MAX_NAME = 200;

/** Who can evaluate can read everything, and a value that looks like another one only misleads. */
const NOTHING_HIDDEN: PreviewRedaction = { isSecret: () => false, remember: () => {}, text: (text) => text };

/** Shows values that are opened step by step, by descriptors alone: no getter is run. */
export class ValueTree {
  private readonly values = new Map<number, object>();
  private last = -1;
  private readonly preview = new ValuePreview(NOTHING_HIDDEN, { isOver: false });

  show(value: unknown): ShownValue {
    return { text: this.preview.of(value), id: this.keep(value) };
  }

  /** The members of a value that was shown. @throws RangeError for an id that was never given. */
  open(id: number): ShownMember[] {
    const value = this.values.get(id);
    if (value === undefined) throw new RangeError('This value is no longer kept. Evaluate it again.');
    if (types.isProxy(value)) return [];
    const keys = keysOf(value);
    const members = [...entriesOf(value), ...keys.slice(0, MAX_MEMBERS).map((key) => this.property(value, key))].slice(
      0,
      MAX_MEMBERS,
    );
    const more = countOf(value, keys) - members.length;
    const prototype = Object.getPrototypeOf(value) as object | null;
    return [
      ...members.map((member) => ('text' in member ? member : { name: member.name, ...this.show(member.value) })),
      ...(more > 0 ? [{ name: '…', text: `${more} more`, id: null }] : []),
      ...(prototype === null ? [] : [{ name: '[[Prototype]]', ...this.showPrototype(prototype) }]),
    ];
  }

  /** A prototype by the class that it is of: what else it holds is long, and seldom what is looked for. */
  private showPrototype(prototype: object): ShownValue {
    const maker = dataOf(prototype, 'constructor');
    const name = isObject(maker) ? dataOf(maker, 'name') : undefined;
    if (typeof name !== 'string' || name === '') return this.show(prototype);
    return { text: name.slice(0, MAX_NAME), id: this.keep(prototype) };
  }

  private property(value: object, key: string | symbol): Member | ShownMember {
    const name = typeof key === 'symbol' ? `[${String(key)}]` : key;
    const property: PropertyDescriptor = Reflect.getOwnPropertyDescriptor(value, key) ?? {};
    if (property.get === undefined && property.set === undefined) return { name, value: property.value as unknown };
    return { name, text: property.get === undefined ? '[Setter]' : '[Getter]', id: null };
  }

  /** Keeps a value to be opened later; the oldest goes when there are too many. */
  private keep(value: unknown): number | null {
    if (!isObject(value)) return null;
    this.values.set(++this.last, value);
    this.values.delete(this.last - MAX_VALUES);
    return this.last;
  }
}

/** What stands in a property of its own; nothing of what a getter or a proxy would say. */
function dataOf(holder: object, key: string): unknown {
  return types.isProxy(holder) ? undefined : (Reflect.getOwnPropertyDescriptor(holder, key)?.value as unknown);
}

interface Member {
  readonly name: string;
  readonly value: unknown;
}

/** What a map or a set holds, read by the prototypes' own iterators, as far as it is shown. */
function entriesOf(value: object): Member[] {
  const entries: Member[] = [];
  if (types.isMap(value)) {
    for (const [key, member] of Map.prototype.entries.call(value) as MapIterator<[unknown, unknown]>) {
      if (entries.push({ name: String(entries.length), value: { key, value: member } }) >= MAX_MEMBERS) break;
    }
  } else if (types.isSet(value)) {
    for (const member of Set.prototype.values.call(value)) {
      if (entries.push({ name: String(entries.length), value: member }) >= MAX_MEMBERS) break;
    }
  }
  return entries;
}

/** The keys of a value; of bytes and numbers only the first, since they may be millions. */
function keysOf(value: object): (string | symbol)[] {
  if (!types.isTypedArray(value)) return Reflect.ownKeys(value);
  return Array.from({ length: Math.min(lengthOf(value), MAX_MEMBERS) }, (_, index) => String(index));
}

function countOf(value: object, keys: readonly unknown[]): number {
  if (types.isTypedArray(value)) return lengthOf(value);
  const collection = types.isMap(value) ? Map.prototype : types.isSet(value) ? Set.prototype : null;
  const size: unknown = collection === null ? 0 : Reflect.get(collection, 'size', value);
  return Number(size) + keys.length;
}

function lengthOf(value: object): number {
  const length: unknown = Reflect.get(Object.getPrototypeOf(Uint8Array.prototype) as object, 'length', value);
  return Number(length);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
