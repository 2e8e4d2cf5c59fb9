import { types } from 'node:util';
import { Redaction } from '../inspection/redaction.js';
import { ValuePreview } from '../inspection/value-preview.js';

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
const MAX_VALUES = 2_000;

/** Shows values that are opened step by step, by descriptors alone: no getter is run. */
export class ValueTree {
  private readonly values: unknown[] = [];
  private readonly preview = new ValuePreview(new Redaction(), { isOver: false });

  show(value: unknown): ShownValue {
    return { text: this.preview.of(value), id: this.keep(value) };
  }

  /** The members of a value that was shown. @throws RangeError for an id that was never given. */
  open(id: number): ShownMember[] {
    const value = this.values[id];
    if (!isObject(value)) throw new RangeError('This value is no longer kept. Evaluate it again.');
    if (types.isProxy(value)) return [];
    const members = membersOf(value);
    const shown = members.slice(0, MAX_MEMBERS).map(([name, member]) => ({ name, ...this.show(member) }));
    const more = members.length - shown.length;
    return more > 0 ? [...shown, { name: '…', text: `${more} more`, id: null }] : shown;
  }

  private keep(value: unknown): number | null {
    if (!isObject(value) || this.values.length >= MAX_VALUES) return null;
    return this.values.push(value) - 1;
  }
}

/** A getter stands for what it would give if it were run, which it is not. */
const GETTER = Symbol('getter, which is not run');

function membersOf(value: object): [name: string, member: unknown][] {
  const own = Reflect.ownKeys(value).map((key): [string, unknown] => {
    const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
    const member: unknown = descriptor?.get === undefined ? descriptor?.value : GETTER;
    return [typeof key === 'symbol' ? `[${String(key)}]` : key, member];
  });
  const prototype = Object.getPrototypeOf(value) as object | null;
  return [
    ...entriesOf(value),
    ...own,
    ...(prototype === null ? [] : [['[[Prototype]]', prototype] as [string, unknown]]),
  ];
}

/** What is in a collection, by the iterators of its own prototype. */
function entriesOf(value: object): [name: string, member: unknown][] {
  if (types.isMap(value)) {
    const entries: IterableIterator<[unknown, unknown]> = Map.prototype.entries.call(value);
    return [...entries].map(([key, member], index) => [String(index), { key, value: member }]);
  }
  if (!types.isSet(value)) return [];
  const members: IterableIterator<unknown> = Set.prototype.values.call(value);
  return [...members].map((member, index) => [String(index), member]);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
