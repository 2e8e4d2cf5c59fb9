import type { IncomingMessage, ServerResponse } from 'node:http';
import { type FindHandler, nameless } from '../controller-routes.js';
import { isTakenBackBy, setHeaders } from './entity-headers.js';
import { type Exchange, type RenderedError, requestIdOf, type TakenRoute, traceIdOf } from '../error-request.js';

/** Express's request, as far as it is one: what comes before Express, or is Fastify's middleware, is Node's own. */
interface Request extends IncomingMessage {
  readonly originalUrl?: string;
  readonly protocol?: string;
  readonly host?: string;
  readonly id?: unknown;
  readonly route?: { readonly path?: unknown; readonly stack?: readonly { readonly handle?: unknown }[] };
}

/** An exchange by Node's own request and response, which Express's are as well. */
export class ExpressExchange implements Exchange {
  constructor(
    readonly raw: Request,
    private readonly response: ServerResponse,
    readonly passOn: (() => void) | null,
    private readonly findHandler: FindHandler = nameless,
  ) {}

  get method(): string {
    return this.raw.method ?? 'GET';
  }

  get url(): string {
    return this.raw.originalUrl ?? this.raw.url ?? '/';
  }

  get headers(): IncomingMessage['headers'] {
    return this.raw.headers;
  }

  get origin(): string {
    const protocol = this.raw.protocol ?? ('encrypted' in this.raw.socket ? 'https' : 'http');
    return `${protocol}://${this.raw.host ?? this.headers.host ?? ''}`;
  }

  get requestId(): string | undefined {
    return requestIdOf(this.raw.id, this.headers);
  }

  get traceId(): string | undefined {
    return traceIdOf(this.headers);
  }

  get route(): TakenRoute | null {
    const { route } = this.raw;
    if (route === undefined) return null;
    const path = String(route.path);
    return { method: this.method, path, handler: this.findHandler(route.stack?.at(-1)?.handle, path) };
  }

  get isBegun(): boolean {
    return this.response.headersSent;
  }

  get isOver(): boolean {
    return this.response.writableEnded;
  }

  get isGone(): boolean {
    return this.response.destroyed || this.response.socket?.destroyed === true;
  }

  get readingFailure(): Error | null {
    return this.raw.errored;
  }

  /** Past Express's own `send`, which would add an entity tag to the error and a charset to JSON. */
  send({ status, headers, body }: RenderedError): void {
    const { response } = this;
    for (const name of response.getHeaderNames())
      if (isTakenBackBy(status, name, response.getHeader(name))) response.removeHeader(name);
    setHeaders(headers, response.getHeader('vary'), (name, value) => response.setHeader(name, value));
    response.statusCode = status;
    if (status !== 204) response.setHeader('Content-Length', Buffer.byteLength(body));
    response.end(body);
  }

  destroy(): void {
    this.response.destroy();
  }
}
