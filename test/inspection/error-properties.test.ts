import { describe, expect, test } from '@jest/globals';
import { errorProperties } from '../../src/inspection/error-properties.js';
import { Redaction } from '../../src/inspection/redaction.js';
import { ValuePreview } from '../../src/inspection/value-preview.js';

const propertiesOf = (thrown: unknown, redaction = new Redaction()): Record<string, string> =>
  errorProperties(thrown, new ValuePreview(redaction, { isOver: false }));

describe('The properties of an error', () => {
  test('are what it carries beside its name and message', () => {
    const error = Object.assign(new Error('Refused.', { cause: 1 }), {
      code: '23505',
      table: undefined,
      retries: [1, 2],
    });
    error.name = 'DatabaseError';
    expect(propertiesOf(error)).toEqual({ code: '"23505"', retries: '[ 1, 2 ]' });
  });

  test('keep their secrets, which are known from then on', () => {
    const redaction = new Redaction();
    const error = Object.assign(new Error('Refused.'), {
      password: 'the-word-of-mouth',
      config: { headers: { Authorization: 'Bearer of-good-news-7' } },
      token: null,
    });
    const shown = propertiesOf(error, redaction);
    expect(shown).toEqual({
      password: '[redacted]',
      config: '{ headers: { Authorization: [redacted] } }',
      token: 'null',
    });
    expect(redaction.text('It was the-word-of-mouth.')).toBe('It was [redacted].');
  });

  test('run nothing', () => {
    let runs = 0;
    const error = new Error('Refused.');
    const run = (): number => (runs += 1);
    Object.defineProperty(error, 'lazy', { enumerable: true, get: run });
    Object.assign(error, { inner: { toString: run, toJSON: run } });
    expect(propertiesOf(error)).toEqual({ inner: '{ toString: [Function run], toJSON: [Function run] }' });
    expect(propertiesOf(new Proxy(error, { ownKeys: () => [String(run())] }))).toEqual({});
    expect(runs).toBe(0);
  });

  test('are so many at most', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`p${index}`, index]));
    const shown = propertiesOf(Object.assign(new Error('Refused.'), many));
    expect(Object.keys(shown)).toHaveLength(41);
    expect(shown['…']).toBe('10 more');
  });

  test.each([undefined, null, 'a text', { code: 1 }])('are an error’s alone, not those of %p', (thrown) => {
    expect(propertiesOf(thrown)).toEqual({});
  });
});
