import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { negotiate } from '../../src/rendering/negotiate.js';
import { renderers } from '../../src/rendering/representations.js';

const offered = renderers.map(({ mediaType }) => mediaType);
const problem = 'application/problem+json';

describe('The representation', () => {
  test.each([
    [undefined, problem],
    ['', problem],
    ['  ', problem],
    ['*/*', problem],
    ['*', problem],
    ['application/json', 'application/json'],
    ['APPLICATION/JSON', 'application/json'],
    ['text/html', 'text/html'],
    ['text/plain', 'text/plain'],
    ['application/xml', 'application/xml'],
    ['application/problem+xml', 'application/problem+xml'],
    ['application/json;q=0.5, text/html;q=0.9', 'text/html'],
    ['text/plain, application/json', 'text/plain'],
    ['application/json, text/plain', 'application/json'],
    ['*/*, text/plain', 'text/plain'],
    ['application/*, application/xml', 'application/xml'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8', 'text/html'],
    ['application/*', problem],
    ['text/*', 'text/html'],
    ['application/vnd.api+json', problem],
    ['image/svg+xml', 'application/problem+xml'],
    ['text/xml', 'application/xml'],
    ['application/xhtml+xml', 'text/html'],
    ['image/png', 'text/plain'],
    ['garbage', 'text/plain'],
    ['image/*', 'text/plain'],
    ['application/json; charset=utf-8', 'application/json'],
    ['application/json;version=1', 'application/json'],
    ['text/html;level="1,2;q=0";q=0.2, application/xml;q=0.3', 'application/xml'],
    ['application/json;q=abc, text/html;q=0.9', 'application/json'],
    ['application/json;q=7, text/html;q=0.9', 'application/json'],
    ['application/json;q=-1', 'application/json'],
    ['application/json;q=', 'application/json'],
    ['text/html;q=0, */*', problem],
    ['application/problem+json;q=0, */*', 'application/json'],
    ['*/*;q=0', 'text/plain'],
    ['application/json;q=0', 'text/plain'],
    ['application/foo+json;q=0, application/problem+json', problem],
    ['application/json;q=0.5;q=1', 'application/json'],
    [',,, ,;;', 'text/plain'],
    ['/', 'text/plain'],
    ['*/json', 'text/plain'],
  ])('for Accept: %s is %s', (accept, expected) => {
    expect(negotiate(accept, offered)).toBe(expected);
  });

  test('is one of ours for every header there can be', () => {
    const name = fc.constantFrom(
      ...offered,
      '*/*',
      'text/*',
      'image/png',
      'text/xml',
      'a+json',
      '*',
      '',
      '"',
      'x/y;z="',
    );
    const quality = fc.oneof(fc.constantFrom(';q=0', ';q=1', ';q=0.5', ';q=abc', ';q=', ';Q=.1', ''), fc.string());
    const range = fc.tuple(name, quality).map((parts) => parts.join(''));
    const header = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(range).map((ranges) => ranges.join(',')),
    );
    fc.assert(
      fc.property(header, (accept) => {
        expect(offered).toContain(negotiate(accept, offered));
      }),
      { numRuns: 2_000 },
    );
  });

  test('may be one that a host brings', () => {
    expect(negotiate('application/yaml', [...offered, 'application/yaml'])).toBe('application/yaml');
    expect(negotiate('*/*', [...offered, 'application/yaml'])).toBe(problem);
  });
});
