import { DOMParser, type Element } from '@xmldom/xmldom';
import { isUriReference } from './problem-schema.js';

type Json = string | number | boolean | null | Json[] | { readonly [name: string]: Json };

const NAMESPACE = 'urn:ietf:rfc:7807';

/** The members that the format knows, each with what its datatype takes. */
const KNOWN: Readonly<Record<string, (text: string) => boolean>> = {
  type: isUriReference,
  title: () => true,
  detail: () => true,
  status: (text) => /^\s*\+?0*[1-9]\d*\s*$/.test(text),
  instance: isUriReference,
};

/**
 * Reads a problem in XML by the schema of RFC 9457, appendix B: the known members first, each at most once, and then
 * extensions, which are elements of the namespace with elements and attributes in them, or else with text.
 * @param problem the same problem as JSON has it, which has to say the same: members by their names, arrays as `i`.
 * @throws Error for what is no problem.
 */
export function assertProblemXml(body: string, problem: Readonly<Record<string, unknown>>): void {
  const root = parsed(body);
  if (root.localName !== 'problem') throw new Error(`The root is <${root.nodeName}>.`);
  const children = elementsIn(root);
  const names = children.map(({ localName }) => localName ?? '');
  const firstOther = names.findIndex((name) => !Object.hasOwn(KNOWN, name));
  for (const [index, child] of children.entries()) {
    const name = names[index] ?? '';
    const takes = KNOWN[name];
    if (takes === undefined) continue;
    if (names.indexOf(name) !== index) throw new Error(`<${name}> is there twice.`);
    if (firstOther >= 0 && index > firstOther) throw new Error(`<${name}> comes after an extension.`);
    if (elementsIn(child).length > 0 || child.attributes.length > 0) throw new Error(`<${name}> is more than a text.`);
    if (!takes(child.textContent ?? '')) throw new Error(`<${name}> is “${child.textContent ?? ''}”.`);
  }
  checkAnyNsElement(root);
  compare(root, problem as Json, 'problem');
}

function parsed(body: string): Element {
  const parser = new DOMParser({
    onError(level, complaint) {
      // It wonders about the character that stands for those that cannot be said.
      if (level !== 'warning') throw new Error(`${level}: ${complaint}`);
    },
  });
  const root = parser.parseFromString(body, 'application/xml').documentElement;
  if (root === null) throw new Error('There is no root.');
  return root;
}

function elementsIn(parent: Element): Element[] {
  return Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);
}

/** The pattern `anyNsElement | text` of the schema: what has elements or attributes has no text of its own. */
function checkAnyNsElement(element: Element): void {
  const where = `<${element.nodeName}>`;
  if (element.namespaceURI !== NAMESPACE)
    throw new Error(`${where} is in the namespace ${String(element.namespaceURI)}.`);
  const children = elementsIn(element);
  const attributes = Array.from(element.attributes).filter(({ nodeName }) => nodeName !== 'xmlns');
  const own = Array.from(element.childNodes).filter((node) => node.nodeType !== node.ELEMENT_NODE);
  const isText = own.some(({ nodeValue }) => (nodeValue ?? '').trim() !== '');
  if (isText && children.length + attributes.length > 0) throw new Error(`${where} has text beside other things.`);
  children.forEach(checkAnyNsElement);
}

/** Whether an element says what a value of JSON says. */
function compare(element: Element, value: Json, path: string): void {
  const children = elementsIn(element);
  if (typeof value !== 'object' || value === null) {
    const said = value === null ? '' : sayable(String(value));
    if (element.textContent !== said) throw new Error(`${path} is “${element.textContent ?? ''}”, and not “${said}”.`);
    return;
  }
  const members = Array.isArray(value) ? value.map((item): [string, Json] => ['i', item]) : Object.entries(value);
  if (members.length !== children.length) throw new Error(`${path} has ${children.length} members.`);
  for (const [index, [name, member]] of members.entries()) {
    const child = children[index] as Element;
    const called = child.localName === 'member' ? (child.getAttribute('name') ?? 'member') : child.localName;
    if (called !== sayable(name)) throw new Error(`${path} has “${String(called)}”, and not “${name}”.`);
    compare(child, member, `${path}.${name}`);
  }
}

/** A text as XML can say it: other characters are replaced. */
function sayable(text: string): string {
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}
