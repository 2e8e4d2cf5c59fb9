import { describe, expect, test } from '@jest/globals';
import type { ErrorRequest } from '../../src/handlers/error-request.js';
import { cookiesOf, learn, learnSecrets } from '../../src/handlers/contextual/request-secrets.js';
import { Redaction } from '../../src/inspection/redaction.js';

const requestWith = (parts: Partial<ErrorRequest>): ErrorRequest => ({
  method: 'GET',
  url: '/',
  headers: {},
  origin: 'http://127.0.0.1',
  requestId: undefined,
  traceId: undefined,
  route: null,
  raw: {},
  ...parts,
});

const knows = (parts: Partial<ErrorRequest>, text = 'canary-123'): boolean => {
  const redaction = new Redaction();
  learnSecrets(requestWith(parts), redaction);
  return redaction.text(text) !== text;
};

describe('A secret is learnt', () => {
  test.each<[string, Partial<ErrorRequest>]>([
    ['from a header', { headers: { 'x-api-key': 'canary-123' } }],
    ['from credentials', { headers: { authorization: 'Bearer canary-123' } }],
    ['from a password that goes with a name', { headers: { authorization: `Basic ${btoa('user:canary-123')}` } }],
    ['from a header that came twice', { headers: { 'x-api-key': ['a', 'canary-123'] } }],
    ['from a cookie', { headers: { cookie: 'a=b; connect.sid=canary-123' } }],
    ['from a cookie that is encoded', { headers: { cookie: 'session=%63anary-123' } }],
    ['from the query', { url: '/?a=b&token=canary-123' }],
    ['from the query, encoded', { url: '/?to%6ben=canary%2D123' }],
    ['from the parsed query', { raw: { query: { filter: { token: 'canary-123' } } } }],
    ['from the path', { raw: { params: { token: 'canary-123' } } }],
    ['from the body', { raw: { body: { list: [{ password: 'canary-123' }] } } }],
    ['from an address in the body', { raw: { body: { hook: 'https://u:canary-123@h/' } } }],
    ['from a structure under its name', { raw: { body: { credentials: { value: 'canary-123' } } } }],
    ['from parsed cookies', { raw: { cookies: { sid: 'canary-123' } } }],
  ])('%s', (_name, parts) => {
    expect(knows(parts)).toBe(true);
  });
});

test.each<[string, Partial<ErrorRequest>]>([
  ['a header', { headers: { 'x-colour': 'canary-123' } }],
  ['a cookie', { headers: { cookie: 'theme=canary-123; size=large' } }],
  ['the query', { url: '/?colour=canary-123' }],
  ['the body', { raw: { body: { name: 'canary-123' } } }],
])('What is no secret in %s is not learnt', (_name, parts) => {
  expect(knows(parts)).toBe(false);
});

test('A structure is learnt so deep and so far, and nothing in it is run', () => {
  const bomb = (): never => {
    throw new Error('This was run.');
  };
  const redaction = new Redaction();
  learn(
    {
      get token(): never {
        return bomb();
      },
      a: { b: { c: { d: { password: 'canary-123', e: { pin: 'canary-456' } } } } },
    },
    redaction,
  );
  expect(redaction.text('canary-123 canary-456')).toBe('[redacted] canary-456');
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  expect(() => learn(circular, redaction)).not.toThrow();
});

test.each<[string | undefined, [string, string][]]>([
  [undefined, []],
  ['', []],
  ['a=b', [['a', 'b']]],
  [
    'a=b; c=d=e;f=',
    [
      ['a', 'b'],
      ['c', 'd=e'],
      ['f', ''],
    ],
  ],
  ['a; =b', [['', 'b']]],
  [
    'a=%41; b=%',
    [
      ['a', 'A'],
      ['b', '%'],
    ],
  ],
])('The cookies in %j are told apart', (cookie, cookies) => {
  expect(cookiesOf(requestWith({ headers: cookie === undefined ? {} : { cookie } }))).toEqual(cookies);
});
