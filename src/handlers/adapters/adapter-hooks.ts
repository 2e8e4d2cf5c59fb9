import type { Server, ServerResponse } from 'node:http';
import { StreamableFile } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { ExpectationFailed } from '../../exceptions/client-errors.js';
import { HttpError } from '../../exceptions/http-error.js';
import type { ErrorAnswers } from '../error-answers.js';
import type { ExchangeMaker } from './exchanges.js';
import { answerHostless, answerUnreadable } from './unreadable-requests.js';

/** The handler that answers where there is no route, wherever the adapter puts it. */
export class NotFoundHandlers {
  private readonly handlers = new WeakSet<object>();

  /** Takes note of the handlers that an adapter is given. */
  watch(adapter: AbstractHttpAdapter): void {
    const set = adapter.setNotFoundHandler.bind(adapter) as (handler: object, ...rest: unknown[]) => unknown;
    Object.assign(adapter, {
      setNotFoundHandler: (handler: object, ...rest: unknown[]): unknown => {
        this.handlers.add(handler);
        return set(handler, ...rest);
      },
    });
  }

  has(code: unknown): boolean {
    return typeof code === 'function' && this.handlers.has(code);
  }
}

/**
 * Answers errors that a route returns, where the adapter replies: an interceptor that looked for them would cost every
 * request that succeeds. Files that cannot be read are answered there, too.
 */
export function answerReturned(adapter: AbstractHttpAdapter, answers: ErrorAnswers, exchanges: ExchangeMaker): void {
  const reply = adapter.reply.bind(adapter) as (response: unknown, body: unknown, status?: number) => unknown;
  const watchFile = (file: StreamableFile, response: unknown): void => {
    // Fastify asks no handler of a file's, and breaks the answer off by itself.
    if (adapter.getType() === 'fastify')
      file.getStream().once('error', (error) => answers.reportBegun(error, exchanges.ofResponse(response)));
    else if (hasDefaultHandler(file))
      file.setErrorHandler((error, failed) => answers.answer(error, exchanges.ofResponse(failed)));
  };
  Object.assign(adapter, {
    reply: (response: unknown, body: unknown, status?: number): unknown => {
      if (typeof body === 'object' && body !== null) {
        if (body instanceof Error && body instanceof HttpError) {
          answers.answer(body, exchanges.ofResponse(response));
          return undefined;
        }
        if (body instanceof StreamableFile) watchFile(body, response);
      }
      return reply(response, body, status);
    },
  });
}

/** A file that the host gave a handler of its own keeps it. */
function hasDefaultHandler(file: StreamableFile): boolean {
  return String(file.errorHandler) === DEFAULT_HANDLER;
}

const DEFAULT_HANDLER = String(new StreamableFile(new Uint8Array()).errorHandler);

/** Fastify's handler of errors, as Nest makes it: it asks the filters. */
type AskFilters = (error: unknown, request: object, reply: object) => Promise<unknown>;

/** Answers what a host's own filter throws on Fastify, which would send it, message and all. */
export function answerFailedFilters(
  adapter: AbstractHttpAdapter,
  answers: ErrorAnswers,
  exchanges: ExchangeMaker,
): void {
  const set = (adapter as unknown as { setErrorHandler(ask: AskFilters): unknown }).setErrorHandler.bind(adapter);
  Object.assign(adapter, {
    setErrorHandler: (ask: AskFilters): unknown =>
      set(async (error, request, reply) => {
        try {
          return await ask(error, request, reply);
        } catch (failure) {
          answers.answer(failure, exchanges.of(request, reply));
          return reply;
        }
      }),
  });
}

/** What Express does when nobody answers: a page of its own, in words of its own. */
interface ExpressApplication {
  handle(request: object, response: object, done?: (error?: unknown) => void): void;
}

/** Answers what falls out of all of Express's routes, such as addresses outside of Nest's global prefix. */
export function answerUnhandled(
  application: ExpressApplication,
  answer: (error: unknown, request: object, response: object) => void,
): void {
  const handle = application.handle.bind(application);
  Object.assign(application, {
    handle: (request: object, response: object, done?: (error?: unknown) => void): void =>
      handle(request, response, done ?? ((error) => answer(error, request, response))),
  });
}

/** Answers what reaches no adapter. A host that listens for what cannot be read answers it itself. */
export function answerUnrouted(server: Server, answers: ErrorAnswers, exchanges: ExchangeMaker): void {
  if (server.listenerCount('clientError') === 0) server.on('clientError', answerUnreadable);
  answerHostless(server);
  if (server.listenerCount('checkExpectation') > 0) return;
  server.on('checkExpectation', (_request: unknown, response: ServerResponse) =>
    answers.answer(new ExpectationFailed(), exchanges.ofResponse(response)),
  );
}
