import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isoTime } from '../../src/rest/iso-time.js';

describe('A time on the wire', () => {
  test('is what toISOString has, whatever the time', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        expect(isoTime(date)).toBe(date.toISOString());
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([0, -1, 1, 86_399_999, 86_400_000, 1_764_096_000_000, 8.64e15, -8.64e15])('of %d ms is right', (time) => {
    expect(isoTime(new Date(time))).toBe(new Date(time).toISOString());
  });

  test('is none for an invalid date', () => {
    expect(() => isoTime(new Date(Number.NaN))).toThrow(RangeError);
  });
});
