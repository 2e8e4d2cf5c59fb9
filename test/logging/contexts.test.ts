import { describe, expect, test } from '@jest/globals';
import { contextText } from '../../src/logging/records/context-text.js';
import { recordsOf } from '../../src/logging/records/logged-message.js';

const LIMIT = 65_536;
const read = (context: unknown): unknown => JSON.parse(contextText(context) ?? 'null');

describe('The context of a record', () => {
  test('is kept whole up to the limit, whatever it is made of', () => {
    expect(read({ sql: 's'.repeat(22_000), userId: 7 })).toEqual({ sql: 's'.repeat(22_000), userId: 7 });
    expect(read({ at: new Date(0), body: 'b'.repeat(9_000), big: 7n })).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      body: 'b'.repeat(9_000),
      big: '7',
    });
  });

  test('keeps what comes after a text that is too long', () => {
    const { sql, userId } = read({ sql: 's'.repeat(100_000), userId: 7 }) as { sql: string; userId: number };
    expect(sql).toMatch(/^s{20000,}… \(cut\)$/);
    expect(userId).toBe(7);
  });

  test.each(['\u0001', '\u20ac', '"', '\ud800'])(
    'stays within the limit where characters are dear: %j',
    (character) => {
      const text = contextText({ at: new Date(0), text: character.repeat(100_000), last: true }) ?? '';
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LIMIT);
      expect(JSON.parse(text)).toMatchObject({ last: true });
    },
  );
});

describe('What Nest’s logger is told', () => {
  test('is an error with its causes, and the errors that it holds', () => {
    const cause = new AggregateError([new Error('The first.'), new TypeError('The second.')], 'Both.');
    const [record] = recordsOf('error', new Error('Refused.', { cause }), ['Jobs']);
    expect(record).toMatchObject({ message: 'Error: Refused.', context: { logger: 'Jobs' } });
    expect(record?.stacktrace).toMatch(/^Error: Refused\.\n {4}at [^]*\nCaused by: AggregateError: Both\.\n/);
    expect(record?.stacktrace).toContain('[2 of 2] TypeError: The second.');
  });
});
