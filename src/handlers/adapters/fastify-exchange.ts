import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { FindHandler } from '../controller-routes.js';
import { isTakenBackBy, setHeaders } from './entity-headers.js';
import { type Exchange, type RenderedError, requestIdOf, type TakenRoute, traceIdOf } from '../error-request.js';

/** Fastify's request, as far as it is used here. */
export interface FastifyRequestLike {
  readonly method: string;
  readonly originalUrl: string;
  readonly headers: IncomingHttpHeaders;
  readonly protocol: string;
  readonly host: string | undefined;
  readonly id: unknown;
  readonly is404: boolean;
  readonly raw: IncomingMessage;
  readonly routeOptions: { readonly url?: string | undefined; readonly handler?: unknown };
}

/** Fastify's reply, as far as it is used here. */
export interface FastifyReplyLike {
  readonly request: FastifyRequestLike;
  readonly raw: ServerResponse;
  readonly sent: boolean;
  /** All that are set, by their names in lower case. */
  getHeaders(): Readonly<Record<string, unknown>>;
  removeHeader(name: string): unknown;
  header(name: string, value: unknown): unknown;
  code(status: number): unknown;
  serializer(write: (body: string) => string): unknown;
  send(body?: string): unknown;
}

/** An exchange by Fastify's request and reply. */
export class FastifyExchange implements Exchange {
  /** Fastify's router has no next route. */
  readonly passOn = null;

  constructor(
    readonly raw: FastifyRequestLike,
    private readonly reply: FastifyReplyLike,
    private readonly findHandler: FindHandler,
  ) {}

  get method(): string {
    return this.raw.method;
  }

  get url(): string {
    return this.raw.originalUrl;
  }

  get headers(): IncomingHttpHeaders {
    return this.raw.headers;
  }

  get origin(): string {
    return `${this.raw.protocol}://${this.raw.host ?? ''}`;
  }

  get requestId(): string | undefined {
    return requestIdOf(this.raw.id, this.headers);
  }

  get traceId(): string | undefined {
    return traceIdOf(this.headers);
  }

  get route(): TakenRoute | null {
    if (this.raw.is404) return null;
    const { url, handler } = this.raw.routeOptions;
    return url === undefined ? null : { method: this.method, path: url, handler: this.findHandler(handler, url) };
  }

  get isBegun(): boolean {
    return this.reply.raw.headersSent;
  }

  get isOver(): boolean {
    return this.reply.raw.writableEnded;
  }

  get isGone(): boolean {
    return this.reply.raw.destroyed || this.reply.raw.socket?.destroyed === true;
  }

  get readingFailure(): Error | null {
    return this.raw.raw.errored;
  }

  send({ status, headers, body }: RenderedError): void {
    const { reply } = this;
    const before = reply.getHeaders();
    for (const name in before) if (isTakenBackBy(status, name, before[name])) reply.removeHeader(name);
    setHeaders(headers, before['vary'], (name, value) => reply.header(LOWER_CASE[name] ?? name, value));
    reply.code(status);
    // The body is written already: neither a serializer of the application's nor a charset belongs to it.
    reply.serializer(asItIs);
    reply.send(status === 204 ? undefined : body);
  }

  destroy(): void {
    this.reply.raw.destroy();
  }
}

/** Fastify would make the same text of such a name for each answer, and look it up among all names anew. */
const LOWER_CASE: Readonly<Record<string, string>> = {
  'Cache-Control': 'cache-control',
  'Content-Type': 'content-type',
  'X-Content-Type-Options': 'x-content-type-options',
  Vary: 'vary',
};

function asItIs(body: string): string {
  return body;
}
