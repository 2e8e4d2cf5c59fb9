import { sep } from 'node:path';
import { types } from 'node:util';

/** A secret shorter than this stands for anything: it is not looked for in other texts. */
const SHORTEST = 6;
/** What is found inside something secret is looked for only when nothing else is likely to be the same. */
const SHORTEST_PART = 10;
/** Nobody's key is longer than this; what is, is looked for by its beginning. */
const LONGEST = 8_192;
const MAX_VALUES = 500;
const MAX_DEPTH = 3;
/** By so many characters a secret is known, though the rest of it may have been cut off. */
const TELLING = 24;

/** The name of a scheme before the secret itself (RFC 9110, section 11.4). */
const SCHEME = /^(?:Bearer|Basic|Digest|Token|ApiKey)\s+(\S+)$/i;
const USER_AND_PASSWORD = /^[^:]*:(.+)$/s;
const URL_PASSWORD = /^[a-z][a-z\d+.-]{0,30}:\/\/[^\s/:@]*:([^\s/@]+)@/i;

/** Remembers secrets, and finds them in texts in whatever way they are written there. */
export class SecretValues {
  private readonly values = new Set<string>();

  /** Remembers a text, or those that a structure holds, which is read without running anything of its own. */
  add(value: unknown, depth = 0): void {
    if (typeof value === 'string') this.addText(value, depth === 0 ? SHORTEST : SHORTEST_PART);
    else if (typeof value === 'number' || typeof value === 'bigint') this.addText(String(value), SHORTEST_PART);
    else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH)
      for (const member of membersOf(value)) this.add(member, depth + 1);
  }

  /** Remembers the password in an address. */
  addPasswordOf(address: unknown): void {
    if (typeof address !== 'string') return;
    const password = URL_PASSWORD.exec(address.slice(0, LONGEST))?.[1];
    if (password === undefined) return;
    this.addText(password);
    this.addText(decoded(password));
  }

  addAll(others: SecretValues): void {
    for (const value of others.values) if (this.values.size < MAX_VALUES) this.values.add(value);
  }

  /** Whether a secret, or the beginning of one, may be in a text: a look that costs little where there is none. */
  mayBeIn(text: string): boolean {
    if (text.includes('…')) return this.values.size > 0;
    for (const value of this.values)
      if (text.includes(value.length > TELLING ? value.slice(0, TELLING) : value)) return true;
    return false;
  }

  /** The text with something else where secrets were, and where their beginnings were cut off. */
  replaceIn(text: string, replacement: string): string {
    let clean = text;
    const isCut = text.includes('…');
    for (const value of this.values) {
      if (clean.length >= value.length && clean.includes(value)) clean = clean.replaceAll(value, replacement);
      if (value.length > TELLING && clean.includes(value.slice(0, TELLING)))
        clean = withoutBeginnings(clean, value, replacement);
      if (isCut) clean = withoutCutOff(clean, value, replacement);
    }
    return clean;
  }

  private addText(text: string, shortest = SHORTEST): void {
    const value = text.slice(0, LONGEST);
    if (isAroundProgram(value)) return;
    if (value.length < shortest || this.values.size >= MAX_VALUES || this.values.has(value)) return;
    for (const written of [value, JSON.stringify(value).slice(1, -1), encoded(value)]) this.values.add(written);
    const credentials = SCHEME.exec(value)?.[1];
    if (credentials !== undefined) {
      this.addText(credentials);
      if (/^basic/i.test(value)) this.addBasic(credentials);
    }
    this.addPasswordOf(value);
    // `a, b` is a secret, and so may be each of them.
    const parts = value.split(/[\s=,;]+/, MAX_VALUES).filter((part) => part.length >= 2 * SHORTEST);
    if (parts.length > 1) for (const part of parts) this.addText(part);
  }

  private addBasic(credentials: string): void {
    const password = USER_AND_PASSWORD.exec(Buffer.from(credentials, 'base64').toString())?.[1];
    if (password !== undefined) this.addText(password);
  }
}

/** The directory that the program runs in, which `PWD` holds, or one around it: they stand in every path. */
function isAroundProgram(text: string): boolean {
  const directory = process.cwd();
  return directory === text || directory.startsWith(text.endsWith(sep) ? text : `${text}${sep}`);
}

/** The members of a structure by their descriptors, and those of a collection by nobody's iterator but the engine's. */
function membersOf(structure: object): unknown[] {
  if (types.isProxy(structure) || types.isTypedArray(structure)) return [];
  if (types.isMap(structure)) return first(Map.prototype.values.call(structure));
  if (types.isSet(structure)) return first(Set.prototype.values.call(structure));
  return Object.keys(structure)
    .slice(0, MAX_VALUES)
    .map((name): unknown => Reflect.getOwnPropertyDescriptor(structure, name)?.value);
}

function first(values: IterableIterator<unknown>): unknown[] {
  const taken: unknown[] = [];
  for (let step = values.next(); step.done !== true && taken.length < MAX_VALUES; step = values.next())
    taken.push(step.value);
  return taken;
}

function withoutBeginnings(text: string, value: string, replacement: string): string {
  const beginning = value.slice(0, TELLING);
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf(beginning); at !== -1; at = text.indexOf(beginning, from)) {
    let length = TELLING;
    while (length < value.length && text[at + length] === value[length]) length++;
    parts.push(text.slice(from, at), replacement);
    from = at + length;
  }
  return parts.join('') + text.slice(from);
}

/** A text that was cut in the middle of a secret ends with the beginning of one. */
function withoutCutOff(text: string, value: string, replacement: string): string {
  let clean = text;
  for (let at = clean.indexOf('…'); at !== -1; at = clean.indexOf('…', at + 1)) {
    for (let length = Math.min(value.length, TELLING, at); length >= SHORTEST; length--) {
      if (!clean.startsWith(value.slice(0, length), at - length)) continue;
      clean = `${clean.slice(0, at - length)}${replacement}${clean.slice(at)}`;
      at += replacement.length - length;
      break;
    }
  }
  return clean;
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
