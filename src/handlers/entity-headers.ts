/** What a route says of the body it was about to send, which says nothing of an error that is sent instead. */
const ENTITY_HEADERS: ReadonlySet<string> = new Set([
  'cache-control',
  'etag',
  'last-modified',
  'expires',
  'content-type',
  'content-length',
  'content-encoding',
  'content-disposition',
  'content-range',
  'accept-ranges',
]);

/** Those of these headers that an error must not carry. */
export function entityHeadersIn(names: readonly string[]): string[] {
  return names.filter((name) => ENTITY_HEADERS.has(name.toLowerCase()));
}

type HeaderValue = string | readonly string[];

/**
 * The headers of an error's answer, ready to be set one by one.
 * @param vary what the answer depended on before.
 */
export function headersToSet(headers: Readonly<Record<string, HeaderValue>>, vary: unknown): [string, HeaderValue][] {
  const isVary = ([name]: [string, unknown]): boolean => name.toLowerCase() === 'vary';
  const entries = Object.entries(headers);
  const own = entries.filter(isVary).map(([, value]) => value);
  return [...entries.filter((entry) => !isVary(entry)), ['Vary', varyWithAccept([vary, ...own].flat())]];
}

/** The `Vary` of an answer that depends on `Accept` and on what it depended on before (RFC 9110, section 12.5.5). */
function varyWithAccept(current: readonly unknown[]): string {
  const given = current.filter((fields) => typeof fields === 'string' && fields !== '').join(', ');
  if (given === '') return 'Accept';
  const fields = given.split(',').map((field) => field.trim().toLowerCase());
  return fields.includes('*') || fields.includes('accept') ? given : `${given}, Accept`;
}
