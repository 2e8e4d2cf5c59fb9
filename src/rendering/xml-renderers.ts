import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import { jsonSafe } from './json-safe.js';
import type { Renderer } from './renderer.js';

/** The namespace of problems in XML (RFC 9457, appendix B). */
const PROBLEM_NAMESPACE = 'urn:ietf:rfc:7807';

const SETTINGS = { version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' } as const;

/** What may be the name of an element without a prefix. */
const NAME = /^[A-Za-z_][\w.-]*$/;

/** `application/xml`: the four members of an error. */
export const xmlRenderer: Renderer = {
  mediaType: 'application/xml',
  contentType: 'application/xml; charset=utf-8',
  render({ code, message, detail, errorType, errors, report }) {
    const root = create(SETTINGS).ele('http_error');
    append(root.ele('code'), code);
    append(root.ele('message'), message);
    append(root.ele('detail'), detail);
    append(root.ele('error_type'), errorType);
    if (errors.length > 0) append(root.ele('errors'), jsonSafe(errors));
    append(root, report?.report);
    return root.end();
  },
};

/** `application/problem+xml` (RFC 9457, appendix B). */
export const problemXmlRenderer: Renderer = {
  mediaType: 'application/problem+xml',
  contentType: 'application/problem+xml; charset=utf-8',
  render({ problem }) {
    const root = create(SETTINGS).ele(PROBLEM_NAMESPACE, 'problem');
    append(root, problem);
    return root.end();
  },
};

/**
 * Arrays as elements `i`; members whose names XML does not take as elements `member` with the name beside them, and then a
 * text as an element `value`: a problem's elements have attributes or a text.
 */
function append(element: XMLBuilder, value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) append(element.ele('i'), item);
  } else if (isStructure(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (NAME.test(name)) append(element.ele(name), member);
      else
        append(
          element.ele('member', { name: asReferences(name, /[&\t\n\r]/g) }),
          isStructure(member) ? member : { value: member },
        );
    }
  } else if (value !== null && value !== undefined && value !== '')
    element.txt(asReferences(`${value as string | number | boolean}`, /[&\r]/g));
}

function isStructure(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/**
 * The library takes for a reference whatever looks like one, `&nbsp;` say, which XML does not know: so every ampersand is made
 * one, and so is white space that readers would change.
 */
function asReferences(text: string, characters: RegExp): string {
  return text.replaceAll(characters, (found) => (found === '&' ? '&amp;' : `&#${found.charCodeAt(0)};`));
}
