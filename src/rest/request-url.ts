import type { IncomingMessage } from 'node:http';

/** What Express's and Fastify's requests have in common; `protocol` and `host` heed the application's trust in proxies. */
export interface HttpRequest {
  readonly protocol: string;
  readonly host: string | undefined;
  readonly originalUrl: string;
  readonly headers: IncomingMessage['headers'];
  readonly socket: { readonly localAddress?: string | undefined; readonly localPort?: number | undefined };
}

/** The query string of a request, without the question mark. */
export function searchOf({ originalUrl }: HttpRequest): string {
  const mark = originalUrl.indexOf('?');
  return mark === -1 ? '' : originalUrl.slice(mark + 1);
}

/** The absolute address of another page of the list that was asked for, with every other parameter as it was. */
export function pageAddress(request: HttpRequest, page: number): string {
  return addressWith(request, 'page', String(page));
}

/** The absolute address of what was asked for with one parameter of another value, or without it. */
export function addressWith(request: HttpRequest, parameter: string, value: string | null): string {
  const given = new URLSearchParams(searchOf(request));
  if (value === null) given.delete(parameter);
  else given.set(parameter, value);
  const search = given.toString();
  return `${origin(request)}${pathOf(request)}${search === '' ? '' : `?${search}`}`;
}

/** The absolute address of a resource below the collection that was asked for. */
export function memberAddress(request: HttpRequest, id: number): string {
  return `${origin(request)}${pathOf(request).replace(/\/$/, '')}/${id}/`;
}

/** The path of a request, without the query string. */
export function pathOf({ originalUrl }: Pick<HttpRequest, 'originalUrl'>): string {
  const target = targetOf(originalUrl);
  if (target.startsWith('/')) return target;
  const path = target.replace(ABSOLUTE_FORM, '');
  return path === '' ? '/' : path;
}

/** What precedes the path where a client asks as it would ask a proxy, which every server accepts (RFC 9112, section 3.2.2). */
const ABSOLUTE_FORM = /^https?:\/\/(?:[^/]*@)?([^/]*)/i;

function targetOf(originalUrl: string): string {
  const mark = originalUrl.indexOf('?');
  return mark === -1 ? originalUrl : originalUrl.slice(0, mark);
}

function origin({ protocol, socket, headers, originalUrl, host: known }: HttpRequest): string {
  // A host in the target counts, and not the Host header; what a trusted proxy says of the client's host counts before both.
  const named = known === headers.host ? ABSOLUTE_FORM.exec(targetOf(originalUrl))?.[1] : undefined;
  const host = named || known;
  // HTTP/1.0 has no Host header: the address that was connected to is then all that is known.
  return `${protocol}://${host || `${socket.localAddress}:${socket.localPort}`}`;
}
