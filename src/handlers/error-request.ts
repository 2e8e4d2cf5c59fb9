import type { IncomingHttpHeaders } from 'node:http';
import type { ControllerRoute } from './controller-routes.js';

/** The request that an error answers, the same on every adapter. */
export interface ErrorRequest {
  readonly method: string;
  /** The path and the query, as the client sent them. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Such as `https://api.example`, as the client knows the application; trusted proxies are heeded. */
  readonly origin: string;
  /** What the application, or the adapter, calls the request. */
  readonly requestId: string | undefined;
  /** The trace that the request belongs to, from its `traceparent` (W3C Trace Context). */
  readonly traceId: string | undefined;
  /** The route that took the request: its method and path, and who answers it; null when none did, or not yet. */
  readonly route: TakenRoute | null;
  /** Express's or Fastify's own request, or Node's where none was made yet. */
  readonly raw: unknown;
}

/** A route that took a request. */
export interface TakenRoute {
  readonly method: string;
  /** The path with its parameters, as `/v6/errors/:id`. */
  readonly path: string;
  /** The controller and its method; null for a route that no controller has. */
  readonly handler: ControllerRoute | null;
}

/** An answer, ready to be sent. */
export interface RenderedError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** A request together with the means to answer it. */
export interface Exchange extends ErrorRequest {
  /** Whether headers have gone out already. */
  readonly isBegun: boolean;
  /** Whether a whole answer has gone out already. */
  readonly isOver: boolean;
  /** Whether there is nobody left who could be answered. */
  readonly isGone: boolean;
  /** What the reading of the request's body failed with; null while it did not. */
  readonly readingFailure: Error | null;
  /** Gives the request to the routes after this one; null where there are none. */
  readonly passOn: (() => void) | null;
  /** Answers. Headers that the route had set for its success are taken back, all others stay. */
  send(answer: RenderedError): void;
  /** Breaks the connection off, so that the client can tell that the answer is not whole. */
  destroy(): void;
}

const TRACE_PARENT = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/;

/** The trace of a `traceparent` header (W3C Trace Context, section 3.2). */
export function traceIdOf(headers: IncomingHttpHeaders): string | undefined {
  const given = headers['traceparent'];
  return typeof given === 'string' ? TRACE_PARENT.exec(given)?.[1] : undefined;
}

/** What may stand in an answer as the id of a request, whoever chose it. */
const REQUEST_ID = /^[\w.:+/=@-]{1,128}$/;

/** The id of a request: the one that the application gave it, or else the one it came with. */
export function requestIdOf(own: unknown, headers: IncomingHttpHeaders): string | undefined {
  const id = typeof own === 'string' || typeof own === 'number' ? String(own) : headers['x-request-id'];
  return typeof id === 'string' && REQUEST_ID.test(id) ? id : undefined;
}
