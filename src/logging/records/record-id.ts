import { randomFillSync } from 'node:crypto';

const ID_BYTES = 16;

/** Random bytes for so many ids are fetched at once: to ask for them costs more than to make an id of them. */
const random = Buffer.alloc(256 * ID_BYTES);
let next = random.length;

/** The digits of an id, and where its bytes stand in it: there are hyphens between. */
const text = Buffer.from('00000000-0000-0000-0000-000000000000', 'latin1');
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const DIGITS = Buffer.from('0123456789abcdef', 'latin1');

/**
 * A UUID that begins with the time (RFC 9562, version 7), so that what is written together lies together. It is put
 * together in bytes: as a text in parts it would take up twenty times as much, and there is one for each record.
 * @param time in milliseconds since 1970; one before that counts as 1970.
 */
export function newRecordId(time: number): string {
  if (next === random.length) {
    randomFillSync(random);
    next = 0;
  }
  let left = Math.max(time, 0);
  for (let place = 5; place >= 0; place--) {
    random[next + place] = left % 256;
    left = Math.floor(left / 256);
  }
  random[next + 6] = 0x70 | ((random[next + 6] ?? 0) & 0x0f);
  random[next + 8] = 0x80 | ((random[next + 8] ?? 0) & 0x3f);
  for (const place of PLACES) {
    const byte = random[next++] ?? 0;
    text[place] = DIGITS[byte >> 4] ?? 0;
    text[place + 1] = DIGITS[byte & 15] ?? 0;
  }
  return text.toString('latin1');
}
