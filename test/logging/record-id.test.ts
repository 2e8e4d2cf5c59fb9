import { describe, expect, test } from '@jest/globals';
import { newRecordId } from '../../src/logging/records/record-id.js';

/** Version 7, variant 10 (RFC 9562, section 5.7). */
const UUID7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('The id of a record', () => {
  test.each([
    ['now', Date.now()],
    ['1970', 0],
    ['the year 9999', 253_402_300_799_999],
  ])('is a UUID that begins with the time: %s', (_, time) => {
    const id = newRecordId(time);
    expect(id).toMatch(UUID7);
    expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(time);
  });

  test('of a time before 1970 begins with 1970', () => {
    expect(newRecordId(-1)).toMatch(/^00000000-0000-7/);
  });

  test('is another one each time, also within a millisecond', () => {
    const ids = new Set(Array.from({ length: 100_000 }, () => newRecordId(1_764_000_000_000)));
    expect(ids.size).toBe(100_000);
  });

  test('of a later time comes later', () => {
    const ids = [1, 255, 256, 65_536, 4_294_967_296, 1_764_000_000_000].map(newRecordId);
    expect([...ids].sort()).toEqual(ids);
  });

  test('leaves nothing of one id in the next: every other digit takes on every value', () => {
    const ids = Array.from({ length: 2_000 }, () => newRecordId(0).replaceAll('-', ''));
    for (let place = 12; place < 32; place++) {
      const digits = new Set(ids.map((id) => id[place]));
      expect(digits.size).toBe(place === 12 ? 1 : place === 16 ? 4 : 16);
    }
  });
});
