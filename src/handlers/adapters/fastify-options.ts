import type { Socket } from 'node:net';
import { adopt } from '../adopt.js';
import type { ErrorAnswers } from '../error-answers.js';
import { ErrorHandler } from '../error-handler.js';
import { FastifyExchange, type FastifyReplyLike, type FastifyRequestLike } from './fastify-exchange.js';
import { nameless } from '../controller-routes.js';
import { answerUnreadable } from './unreadable-requests.js';

/** The answers of the application that a Fastify instance, or one inside it, serves. */
const ANSWERS = Symbol.for('nestjs-errata.answers');

/** What `FastifyAdapter` takes that the module needs. */
export interface ErrataFastifyOptions {
  readonly routerOptions: { readonly ignoreTrailingSlash: true };
  readonly frameworkErrors: (error: Error, request: object, reply: object) => void;
  readonly clientErrorHandler: (error: Error & { code?: string }, socket: Socket) => void;
}

/**
 * Options for `new FastifyAdapter(…)`: paths answer with and without the trailing slash, and what never reaches Nest — a
 * malformed address, headers that are too large, what is no HTTP at all — is answered as every other error.
 */
export function errataFastifyOptions(): ErrataFastifyOptions {
  return {
    routerOptions: { ignoreTrailingSlash: true },
    frameworkErrors: (error, request, reply) =>
      answerFrameworkError(error, request as Request, reply as FastifyReplyLike),
    clientErrorHandler: answerUnreadable,
  };
}

type Request = FastifyRequestLike & { readonly server: { readonly [ANSWERS]?: ErrorAnswers } };

/** Tells a Fastify instance who answers. */
export function bindAnswers(fastify: object, answers: ErrorAnswers): void {
  Object.defineProperty(fastify, ANSWERS, { value: answers, configurable: true });
}

function answerFrameworkError(error: Error, request: Request, reply: FastifyReplyLike): void {
  const exchange = new FastifyExchange(request, reply, nameless);
  const answers = request.server[ANSWERS];
  if (answers !== undefined) answers.answer(error, exchange);
  else {
    // Before the module is there, or without it.
    const handler = new ErrorHandler();
    exchange.send(handler.renderError(exchange, adopt(error) ?? new handler.serverErrorType()));
  }
}
