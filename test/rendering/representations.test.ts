import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { BadRequest, HttpError, InternalServerError, NotFound } from '../../src/index.js';
import { assertProblem } from '../support/problem-schema.js';
import { assertProblemXml } from '../support/problem-xml.js';
import { jsonSafe } from '../../src/rendering/json-safe.js';

const hostile = '<script>alert("1")</script> & ]]> \u0000\u0008 \ud800 \uffff {{x}} “”';

function xml(text: string): ReturnType<DOMParser['parseFromString']> {
  const complaints: string[] = [];
  const parser = new DOMParser({
    onError(level, message) {
      // It wonders about the character that stands for those that cannot be said.
      if (level !== 'warning') complaints.push(`${level}: ${message}`);
    },
  });
  const document = parser.parseFromString(text, 'application/xml');
  expect(complaints).toEqual([]);
  return document;
}

type Node = DefaultTreeAdapterMap['node'];

/** Every element of a page, by a real HTML parser that names what it had to mend. */
function elements(text: string): { name: string; text: string; attributes: Record<string, string> }[] {
  const mended: string[] = [];
  const document = parse(text, { onParseError: ({ code }) => mended.push(code) });
  expect(mended).toEqual([]);
  const found: { name: string; text: string; attributes: Record<string, string> }[] = [];
  const textOf = (node: Node): string =>
    'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
  const visit = (node: Node): void => {
    if ('tagName' in node) {
      found.push({
        name: node.tagName,
        text: textOf(node),
        attributes: Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])),
      });
    }
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(document);
  return found;
}

describe('As application/json an error', () => {
  test('has four members in their order', () => {
    const text = new NotFound('No such job.', { errorType: 'missing-file' }).toJson();
    expect(text).toBe('{"code":404,"message":"Not found","detail":"No such job.","error_type":"missing-file"}');
    expect(JSON.parse(new NotFound().toJson())).toMatchObject({ error_type: null });
  });

  test('keeps a structured detail', () => {
    const detail = {
      when: new Date(0),
      big: 2n ** 70n,
      map: new Map([['a', 1]]),
      set: new Set([1]),
      list: [undefined, NaN],
    };
    expect(JSON.parse(new BadRequest(detail).toJson())).toMatchObject({
      detail: {
        when: '1970-01-01T00:00:00.000Z',
        big: '1180591620717411303424',
        map: { a: 1 },
        set: [1],
        list: [null, 'NaN'],
      },
    });
  });
});

describe('As a problem an error', () => {
  test('is about:blank with the standard phrase, unless it has a type', () => {
    const error = new NotFound('No such job.');
    expect(error.toProblem()).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'No such job.',
      instance: `urn:uuid:${error.occurrence}`,
      message: 'Not found',
    });
  });

  test('has the URI of its type, and then its message as title', () => {
    const problem = new NotFound('x', { errorType: 'https://errors.example/missing' }).toProblem();
    expect(problem).toMatchObject({ type: 'https://errors.example/missing', title: 'Not found' });
    expect(problem).not.toHaveProperty('error_type');
    expect(problem).not.toHaveProperty('message');
  });

  test('says a type that is a name, which no catalogue has', () => {
    expect(new NotFound('x', { errorType: 'bad-input' }).toProblem()).toMatchObject({
      type: 'about:blank',
      error_type: 'bad-input',
    });
  });

  test('carries what is known of the request, and what is wrong with it', () => {
    const errors = [{ pointer: '#/title', detail: 'This is missing.' }];
    const problem = new BadRequest('x', { errors }).toProblem({ requestId: 'r-1', traceId: 't-1' });
    expect(problem).toMatchObject({ request_id: 'r-1', trace_id: 't-1', errors });
  });

  test('has a sentence where the detail is a structure', () => {
    const error = new BadRequest({ a: 1 });
    expect(error.toProblem()).toMatchObject({ detail: error.sentence, detail_data: { a: 1 } });
  });

  test('never has a code', () => expect(new NotFound().toProblem()).not.toHaveProperty('code'));
});

describe('As text an error', () => {
  test('is its status and message, its detail, its type', () => {
    expect(new NotFound('No such job.', { errorType: 'bad-input' }).toText()).toBe(
      '404 - Not found\n\nNo such job.\n\nError type: bad-input\n',
    );
    expect(new NotFound('').toText()).toBe('404 - Not found\n');
    expect(new NotFound({ a: 1 }).toText()).toBe('404 - Not found\n\n{\n  "a": 1\n}\n');
  });
});

describe('As XML an error', () => {
  test('has its members as elements', () => {
    const root = xml(new NotFound('No such job.').toXml()).documentElement;
    const children = Array.from(root?.childNodes ?? []).map((node) => [node.nodeName, node.textContent]);
    expect(root?.nodeName).toBe('http_error');
    expect(children).toEqual([
      ['code', '404'],
      ['message', 'Not found'],
      ['detail', 'No such job.'],
      ['error_type', ''],
    ]);
  });

  test('is a problem of RFC 9457, arrays as i', () => {
    const errors = [{ pointer: '#/a', detail: 'Wrong.' }];
    const root = xml(new BadRequest('x', { errors }).adapt('application/problem+xml').body).documentElement;
    expect([root?.nodeName, root?.namespaceURI]).toEqual(['problem', 'urn:ietf:rfc:7807']);
    expect(root?.getElementsByTagName('status')[0]?.textContent).toBe('400');
    const items = Array.from(root?.getElementsByTagName('errors')[0]?.childNodes ?? []);
    expect(items.map(({ nodeName }) => nodeName)).toEqual(['i']);
    expect(items[0]?.firstChild?.nextSibling?.textContent).toBe('Wrong.');
  });

  test('says what looks like a reference as it was said', () => {
    const said = '&A; &amp; &#65; &#x41; &lt;b> ]]>';
    const root = xml(new BadRequest({ [said]: said }, { message: said }).toXml()).documentElement;
    const member = root?.getElementsByTagName('member')[0];
    expect([member?.getAttribute('name'), member?.textContent]).toEqual([said, said]);
    expect(root?.getElementsByTagName('message')[0]?.textContent).toBe(said);
  });

  test('takes members of any name', () => {
    const root = xml(new BadRequest({ '1 < 2': 'yes', 'xml:a': 'b' }).toXml()).documentElement;
    const member = root?.getElementsByTagName('member')[0];
    expect([member?.getAttribute('name'), member?.textContent]).toEqual(['1 < 2', 'yes']);
  });
});

describe('As HTML an error', () => {
  const page = (error: HttpError): ReturnType<typeof elements> => elements(error.toHtml());

  test('has its title, its heading and its detail', () => {
    const found = page(new NotFound('No such job.'));
    expect(found.find(({ name }) => name === 'title')?.text).toBe('404 - Not found');
    expect(found.find(({ name }) => name === 'h1')?.text).toBe('Not found');
    expect(found.some(({ name, text }) => name === 'p' && text === 'No such job.')).toBe(true);
  });

  test('holds the problem for tools', () => {
    const error = new NotFound('</script><b>', { errorType: 'bad-input' });
    const data = page(error).find(({ name }) => name === 'script');
    expect(data?.attributes['type']).toBe('application/problem+json');
    expect(JSON.parse(data?.text ?? '')).toEqual(error.toProblem());
  });

  test('links a type that leads to a page, and no other', () => {
    const links = (errorType: string): (string | undefined)[] =>
      page(new NotFound('x', { errorType })).flatMap(({ name, attributes }) =>
        name === 'a' ? [attributes['href']] : [],
      );
    expect(links('https://errors.example/a?b=%22c%22&d')).toEqual(['https://errors.example/a?b=%22c%22&d']);
    for (const type of ['javascript:alert(1)', 'data:text/html,x', 'bad-input', ' https://x', '//x', 'https://x/"y'])
      expect(links(type)).toEqual([]);
  });

  test('runs nothing: its policy allows its own style alone', () => {
    const { headers } = new NotFound().adapt('text/html');
    expect(headers?.['Content-Security-Policy']).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; /);
  });
});

describe('Whatever is in an error', () => {
  const types = [
    'application/json',
    'application/problem+json',
    'application/xml',
    'application/problem+xml',
    'text/html',
    'text/plain',
  ];

  test('every representation is well-formed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }),
          fc.constant(hostile),
        ),
        fc.string({ unit: 'binary' }),
        (detail, text) => {
          const error = new BadRequest(detail, {
            message: text,
            errorType: text,
            errors: [{ pointer: '#', detail: text }],
          });
          expect(typeof JSON.parse(error.toJson())).toBe('object');
          const problem: unknown = JSON.parse(error.adapt('application/problem+json').body);
          assertProblem(problem);
          assertProblemXml(error.adapt('application/problem+xml').body, problem);
          xml(error.toXml());
          expect(error.toText()).toMatch(/^400 - /);
          expect(error.toHtml()).toMatch(/^<!doctype html>/);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('markup in it stays text', () => {
    const error = new NotFound(hostile, { message: hostile, errorType: hostile });
    const scripts = parse(error.toHtml());
    expect(JSON.stringify(error.toHtml())).not.toContain('<script>alert');
    expect(scripts).toBeDefined();
    for (const type of types) expect(error.adapt(type).body).not.toMatch(/[\ud800-\udfff](?![\udc00-\udfff])/);
  });

  test('a cause never leaves', () => {
    const error = new InternalServerError(undefined, { cause: new Error('s3cret in the cause') });
    for (const type of types) expect(error.adapt(type).body).not.toContain('s3cret');
  });

  test('a media type that there is not gives text', () => {
    expect(new NotFound().adapt('image/png').contentType).toBe('text/plain; charset=utf-8');
    expect(new NotFound().adapt('application/json; charset=utf-16').contentType).toBe(
      'application/json; charset=utf-8',
    );
  });
});

describe('A value made safe for JSON', () => {
  const circular: Record<string, unknown> = { a: 1 };
  circular['self'] = circular;

  test.each([
    [circular, { a: 1, self: '[circular]' }],
    [
      {
        get bad() {
          throw new Error('no');
        },
      },
      { bad: '[unreadable]' },
    ],
    [
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
      '[unreadable]',
    ],
    [
      {
        toJSON: () => {
          throw new Error('no');
        },
      },
      '[unreadable]',
    ],
    [{ toJSON: () => ({ b: 1n }) }, { b: '1' }],
    [new Uint8Array(3), '[3 bytes]'],
    [new Date(NaN), 'Invalid Date'],
    [{ f: () => 1, u: undefined, s: Symbol('s') }, { s: 'Symbol(s)' }],
    ['\ud800', '\ufffd'],
    [new Error('said'), {}],
    [JSON.parse('{"__proto__":{"x":1}}'), JSON.parse('{"__proto__":{"x":1}}')],
  ])('%# is what it should be', (value, expected) => {
    expect(jsonSafe(value)).toEqual(expected);
  });

  test('is cut where it is too deep or too wide', () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 1_000; level++) deep = [deep];
    expect(JSON.stringify(jsonSafe(deep))).toBe(`${'['.repeat(12)}"[truncated]"${']'.repeat(12)}`);
    expect((jsonSafe(Array(1e6).fill('x')) as unknown[]).length).toBeLessThan(10_010);
  });
});
