import { MAX_TEXT_BYTES } from './log-limits.js';

/** Stands for what no database can hold. */
const REPLACEMENT = '\uFFFD';

/** What JSON text holds of NUL bytes and halves of surrogate pairs: JSON.stringify leaves no pair escaped. */
const ESCAPE = /\\(?:u(?:0000|d[89a-f][\da-f]{2})|[^])/g;

/** A text without NUL bytes and halves of surrogate pairs, which no database takes. */
export function mended(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', REPLACEMENT) : whole;
}

/** The same for JSON text, where they may be escaped. */
export function mendedJson(json: string): string {
  if (!json.includes('\\u')) return json;
  return json.replace(ESCAPE, (escape) => (escape === '\\u0000' || escape.startsWith('\\ud') ? '\\ufffd' : escape));
}

/** A mended text of up to so many characters. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return mended(text);
  // A pair that the end would cut through stays away as a whole.
  const end = isHighSurrogate(text.charCodeAt(length - 1)) ? length - 1 : length;
  return mended(text.slice(0, end));
}

/**
 * A mended text of up to 64 KB; one that is cut says so at its end.
 * @param length how long it was to begin with, in characters.
 */
export function withinBounds(text: string, length = text.length): string {
  const whole = mended(text);
  const isWithin = whole.length * 3 <= MAX_TEXT_BYTES || Buffer.byteLength(whole) <= MAX_TEXT_BYTES;
  if (isWithin && length === text.length) return whole;
  const mark = `… (cut: it had ${length} characters)`;
  return cutTo(whole, MAX_TEXT_BYTES - Buffer.byteLength(mark)) + mark;
}

/**
 * The start of a long text, as a string of its own: one that V8 slices off keeps the whole of it in memory. It is longer
 * than what is stored, so that it is still told from one that ends there.
 */
export function startOf(text: string): string {
  return Buffer.from(text.slice(0, MAX_TEXT_BYTES), 'utf16le').toString('utf16le');
}

/** The longest start of a text that takes up so many bytes of UTF-8. */
function cutTo(text: string, bytes: number): string {
  const encoded = Buffer.from(text.slice(0, bytes));
  if (encoded.length <= bytes) return encoded.toString();
  let end = bytes;
  // Back to the first byte of the character that the end would cut through.
  while (((encoded[end] ?? 0) & 0xc0) === 0x80) end--;
  return encoded.toString('utf8', 0, end);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
