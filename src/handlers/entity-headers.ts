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

/** The `Vary` of an answer that depends on `Accept` and on what it depended on before (RFC 9110, section 12.5.5). */
export function varyWithAccept(current: unknown): string {
  const given = Array.isArray(current) ? current.join(', ') : typeof current === 'string' ? current : '';
  if (given === '') return 'Accept';
  const fields = given.split(',').map((field) => field.trim().toLowerCase());
  return fields.includes('*') || fields.includes('accept') ? given : `${given}, Accept`;
}
