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

/** A range that names the length of the whole alone (RFC 9110, section 14.4). */
const UNSATISFIED_RANGE = /^\S+ \*\/\d+$/;

/**
 * Whether an error with this status takes a header back that its route had set. One that has to say how long the whole is
 * keeps what says so (RFC 9110, section 15.5.17).
 * @param name in lower case.
 */
export function isTakenBackBy(status: number, name: string, value: unknown): boolean {
  if (!ENTITY_HEADERS.has(name)) return false;
  return !(status === 416 && name === 'content-range' && UNSATISFIED_RANGE.test(String(value)));
}

type HeaderValue = string | readonly string[];

/**
 * Sets the headers of an error's answer. `Vary` keeps what the answer depended on before.
 * @param vary what that was.
 */
export function setHeaders(
  headers: Readonly<Record<string, HeaderValue>>,
  vary: unknown,
  set: (name: string, value: HeaderValue) => unknown,
): void {
  let dependsOn = vary;
  for (const name of Object.keys(headers)) {
    const value = headers[name] ?? '';
    if (isVary(name)) dependsOn = [dependsOn, value].flat();
    else set(name, value);
  }
  set('Vary', varyWithAccept(dependsOn));
}

function isVary(name: string): boolean {
  return name.length === 'vary'.length && name.toLowerCase() === 'vary';
}

/** The `Vary` of an answer that depends on `Accept` and on what it depended on before (RFC 9110, section 12.5.5). */
function varyWithAccept(current: unknown): string {
  if (current === undefined) return 'Accept';
  const texts = [current].flat().filter((fields): fields is string => typeof fields === 'string' && fields !== '');
  const given = texts.join(', ');
  if (given === '') return 'Accept';
  const fields = given.split(',').map((field) => field.trim().toLowerCase());
  return fields.includes('*') || fields.includes('accept') ? given : `${given}, Accept`;
}
