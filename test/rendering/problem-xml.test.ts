import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import * as entry from '../../src/index.js';
import { BadRequest, HttpError, MethodNotAllowed, NotFound } from '../../src/index.js';
import { everyClass } from '../support/http-error-register.js';
import { assertProblemXml } from '../support/problem-xml.js';

const classOf = (name: string): typeof NotFound =>
  (entry as unknown as Record<string, typeof NotFound>)[name] as typeof NotFound;

function check(error: HttpError): void {
  assertProblemXml(error.adapt('application/problem+xml').body, error.toProblem());
}

const structures: readonly (readonly [name: string, detail: unknown])[] = [
  ['an object', { reason: 'full', left: 0, isLast: false, by: null }],
  ['an array', ['a', ['b', ['c']], [], {}]],
  ['an array of objects', [{ a: 1 }, { b: [{ c: 2 }] }]],
  ['an empty array', []],
  ['an empty object', {}],
  ['a Map and a Set', { map: new Map([['a', 1]]), set: new Set([1, 2]) }],
  ['what only JSON can say', { big: 2n ** 70n, when: new Date(0), odd: NaN }],
  ['names that XML does not take', { '1 < 2': 'yes', 'xml:a': ['b'], '': { c: 1 }, 'a b': null, '-': '' }],
  ['names of the format', { type: 'x', status: 'none', title: ['y'], i: 1 }],
  ['characters that XML does not take', { text: 'a\u0000b\ud800c\uffff', '\u0001': 1 }],
  ['markup and white space', ['<b>&amp;]]></b>', '  ', '\t\n\r\n', '']],
  ['what looks like references', ['&nbsp;', '&#0;', '&#x1;', '&#65;', '&;', '&&amp;amp;', '%x;']],
  ['such names', { '&nbsp;': 1, 'a\r\n\tb': 2, '"<\'>': 3 }],
];

describe('By the schema of RFC 9457 for XML', () => {
  test.each(everyClass)('%s is a problem', (name) => {
    const make = (detail?: unknown, options?: entry.HttpErrorOptions): HttpError =>
      name === 'MethodNotAllowed'
        ? new MethodNotAllowed(['GET'], detail, options)
        : new (classOf(name))(detail, options);
    check(make());
    check(make('What happened.', { message: 'Own', errorType: 'bad-input' }));
    check(make({ any: ['structure'] }, { errorType: 'https://errors.example/a?b=c&d' }));
  });

  test.each(structures)('a problem with %s is one', (_name, detail) => check(new BadRequest(detail)));

  test('a problem with a list of what is wrong is one', () => {
    const errors = [
      { pointer: '#/steps/1/name', detail: 'A step has a name.' },
      { parameter: 'page_size', detail: 'A page is a whole number.' },
    ];
    check(new BadRequest('Two things.', { errors }));
    check(new BadRequest('One thing.', { errors: errors.slice(1) }));
  });

  test.each([
    ['another root', '<error xmlns="urn:ietf:rfc:7807"/>', /root is <error>/],
    ['no namespace', '<problem/>', /namespace null/],
    ['a status twice', '<status>400</status><status>400</status>', /there twice/],
    ['a status that is none', '<status>-1</status>', /<status> is “-1”/],
    ['a type that is no address', '<type>a b</type>', /<type> is “a b”/],
    ['an element in a title', '<title><b/></title>', /more than a text/],
    ['a known member after an extension', '<other/><status>400</status>', /after an extension/],
    ['an extension of another namespace', '<other xmlns="urn:other"/>', /namespace urn:other/],
    ['text beside elements', '<other>a<b/></other>', /text beside/],
    ['text beside an attribute', '<other name="a">b</other>', /text beside/],
    ['what is not well-formed', '<other>', /rror/],
  ])('%s would be seen', (_name, content, complaint) => {
    const isWhole = /^<(error|problem)/.test(content);
    const body = isWhole ? content : `<problem xmlns="urn:ietf:rfc:7807">${content}</problem>`;
    expect(() => assertProblemXml(body, {})).toThrow(complaint);
  });

  test('what says something else than the problem would be seen', () => {
    const body = new NotFound('a').adapt('application/problem+xml').body;
    expect(() => assertProblemXml(body, new NotFound('b').toProblem())).toThrow('problem.detail is “a”, and not “b”.');
  });
});
