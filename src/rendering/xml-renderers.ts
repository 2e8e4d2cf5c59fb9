import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
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
  render({ code, message, detail, errorType, report }) {
    const root = create(SETTINGS).ele('http_error');
    append(root.ele('code'), code);
    append(root.ele('message'), message);
    append(root.ele('detail'), detail);
    append(root.ele('error_type'), errorType);
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

/** Arrays as elements `i`; members whose names XML does not take as elements `member` with the name beside them. */
function append(element: XMLBuilder, value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) append(element.ele('i'), item);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      append(NAME.test(name) ? element.ele(name) : element.ele('member', { name: literal(name) }), member);
    }
  } else if (value !== null && value !== undefined && value !== '')
    element.txt(literal(`${value as string | number | boolean}`));
}

/** The library takes what looks like a reference for one, and would leave it as it is. */
function literal(text: string): string {
  return text.replace(/&(?=[A-Za-z]+;|#\d+;)/g, '&amp;');
}
