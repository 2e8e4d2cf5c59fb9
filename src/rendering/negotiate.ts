import Negotiator from 'negotiator';

/** What a client gets that takes nothing of what there is. */
export const FALLBACK = 'text/plain';

/** Types that stand for one of ours. */
const ALIASES = new Map([
  ['text/xml', 'application/xml'],
  ['application/xhtml+xml', 'text/html'],
]);

const RANGE = /^([\w!#$&^.+-]+|\*)\/([\w!#$&^.+-]+|\*)$/;
const QUALITY = /^(?:0?\.\d+|[01](?:\.\d*)?)$/;

/**
 * Chooses the media type to answer with (RFC 9110, section 12.5.1). Whatever the header says, one is chosen.
 * @param accept the `Accept` header.
 * @param offered what there is, in the order of preference for a client that is indifferent.
 */
export function negotiate(accept: string | undefined, offered: readonly string[]): string {
  if (accept === undefined || accept.trim() === '') return offered[0] ?? FALLBACK;
  const header = splitOutsideQuotes(accept, ',')
    .flatMap((range) => normalise(range, offered) ?? [])
    .join(', ');
  if (header === '') return FALLBACK;
  return new Negotiator({ headers: { accept: header } }).mediaTypes([...offered])[0] ?? FALLBACK;
}

/** A range in a form that the negotiator understands; null for one that names nothing we have. */
function normalise(range: string, offered: readonly string[]): string | null {
  const [name = '', ...parameters] = splitOutsideQuotes(range, ';').map((part) => part.trim().toLowerCase());
  // Old clients write the one for the other.
  const given = name === '*' ? '*/*' : name;
  if (!RANGE.test(given)) return null;
  const quality = qualityOf(parameters);
  const type = ours(given, offered);
  // A client that excludes a type which only stands for one of ours does not exclude ours.
  if (type === null || (quality === 0 && type !== given)) return null;
  return `${type};q=${quality}`;
}

function ours(type: string, offered: readonly string[]): string | null {
  if (offered.includes(type) || type.endsWith('/*')) return type;
  const alias = ALIASES.get(type);
  if (alias !== undefined) return alias;
  if (type.endsWith('+json')) return 'application/problem+json';
  return type.endsWith('+xml') ? 'application/problem+xml' : null;
}

/** A quality that cannot be read counts as none, which means 1. */
function qualityOf(parameters: readonly string[]): number {
  const text = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, '') ?? '';
  const quality = QUALITY.test(text) ? Number(text) : 1;
  return quality <= 1 ? quality : 1;
}

function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let part = '';
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (isQuoted && character === '\\') {
      part += character + text.charAt(++index);
      continue;
    }
    if (character === '"') isQuoted = !isQuoted;
    if (character === separator && !isQuoted) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part];
}
