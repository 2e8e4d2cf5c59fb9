import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FindHandler } from '../controller-routes.js';
import type { Exchange } from '../error-request.js';
import { ExpressExchange } from './express-exchange.js';
import { FastifyExchange, type FastifyReplyLike, type FastifyRequestLike } from './fastify-exchange.js';

/** Makes one thing of the requests and responses of the adapters. */
export class ExchangeMaker {
  constructor(private readonly findHandler: FindHandler) {}

  /** @param next what Express calls for the routes after this one. */
  of(request: unknown, response: unknown, next?: unknown): Exchange {
    if (isFastifyReply(response)) return new FastifyExchange(request as FastifyRequestLike, response, this.findHandler);
    // Middleware on Fastify has a next one, too, which leads to the route that the middleware stands in front of.
    const passOn =
      isExpressResponse(response) && typeof next === 'function' ? () => void Reflect.apply(next, undefined, []) : null;
    return new ExpressExchange(request as IncomingMessage, response as ServerResponse, passOn, this.findHandler);
  }

  /** The exchange that a response belongs to. */
  ofResponse(response: unknown): Exchange {
    if (isFastifyReply(response)) return this.of(response.request, response);
    const { req } = response as ServerResponse & { req: IncomingMessage & { next?: unknown } };
    return this.of(req, response, req.next);
  }
}

function isExpressResponse(response: unknown): boolean {
  return 'app' in (response as object);
}

function isFastifyReply(response: unknown): response is FastifyReplyLike {
  return typeof (response as Partial<FastifyReplyLike>).code === 'function' && 'request' in (response as object);
}
