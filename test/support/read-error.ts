import { DOMParser, type Document } from '@xmldom/xmldom';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { assertProblem } from './problem-schema.js';

/** What a client can read in an error, whichever way it is written. */
export interface ReadError {
  readonly code: number;
  readonly message: string;
  readonly detail: string;
}

/**
 * Reads an error with a parser for its media type.
 * @throws Error for a body that is not well-formed, or lacks something.
 */
export function readError(contentType: string | undefined, body: string): ReadError {
  const mediaType = contentType?.split(';', 1)[0] ?? '';
  const read = READERS[mediaType];
  if (read === undefined) throw new Error(`There is no reader for “${String(contentType)}”.`);
  return read(body);
}

/** Whether a body of this type can be read at all. */
export function isReadable(contentType: string | undefined): contentType is string {
  return (contentType?.split(';', 1)[0] ?? '') in READERS;
}

const READERS: Readonly<Record<string, (body: string) => ReadError>> = {
  'application/json': (body) => {
    const members = JSON.parse(body) as Record<string, unknown>;
    const names = Object.keys(members).join();
    if (names !== 'code,message,detail,error_type') throw new Error(`The members are ${names}.`);
    return members as unknown as ReadError;
  },
  'application/problem+json': (body) => fromProblem(JSON.parse(body)),
  'application/xml': (body) => {
    const document = xml(body);
    if (document.documentElement?.nodeName !== 'http_error') throw new Error('The root is no http_error.');
    return {
      code: Number(text(document, 'code')),
      message: text(document, 'message'),
      detail: text(document, 'detail'),
    };
  },
  'application/problem+xml': (body) => {
    const document = xml(body);
    if (document.documentElement?.namespaceURI !== 'urn:ietf:rfc:7807') throw new Error('The root is no problem.');
    return {
      code: Number(text(document, 'status')),
      message: text(document, 'message') || text(document, 'title'),
      detail: text(document, 'detail'),
    };
  },
  'text/html': (body) => fromProblem(JSON.parse(problemIn(body))),
  'text/plain': (body) => {
    const [, code, message, detail = ''] = /^(\d{3}) - (.*)\n(?:\n([^]*)\n)?$/.exec(body) ?? [];
    if (code === undefined || message === undefined) throw new Error(`The text begins with “${body.slice(0, 80)}”.`);
    return { code: Number(code), message, detail };
  },
};

function fromProblem(problem: unknown): ReadError {
  assertProblem(problem);
  return {
    code: Number(problem['status']),
    message: String(problem['message'] ?? problem['title']),
    detail: String(problem['detail']),
  };
}

function xml(body: string): Document {
  const parser = new DOMParser({
    onError(level, complaint) {
      // It wonders about the character that stands for those that cannot be said.
      if (level !== 'warning') throw new Error(`${level}: ${complaint}`);
    },
  });
  return parser.parseFromString(body, 'application/xml');
}

function text(document: Document, name: string): string {
  return document.getElementsByTagName(name)[0]?.textContent ?? '';
}

/** The problem that a page holds for tools; its title has to say the same. */
function problemIn(page: string): string {
  const mended: string[] = [];
  const found = new Map<string, string>();
  const visit = (node: DefaultTreeAdapterMap['node']): void => {
    if ('tagName' in node) found.set(node.tagName, textOf(node));
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(page, { onParseError: ({ code }) => mended.push(code) }));
  if (mended.length > 0) throw new Error(`The page had to be mended: ${mended.join()}`);
  const [title, heading, problem] = ['title', 'h1', 'script'].map((name) => found.get(name) ?? '');
  if (title !== `${String(/^\d{3}/.exec(title ?? ''))} - ${heading}`) throw new Error(`The title is “${title}”.`);
  return problem ?? '';
}

function textOf(node: DefaultTreeAdapterMap['node']): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
