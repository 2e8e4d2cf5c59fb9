import type { ArgumentsHost } from '@nestjs/common';
import { throwError } from 'rxjs';
import type { HttpError } from '../exceptions/http-error.js';
import type { Problem } from '../exceptions/representer.js';

/** An error as it is told where there is no HTTP; in `extensions`, where GraphQL servers look for more than a message. */
export class FailureElsewhere extends Error {
  readonly extensions: { readonly code: string; readonly http: { readonly status: number }; readonly problem: Problem };

  /** @throws whatever the error throws that refuses to be looked at. */
  constructor(error: HttpError) {
    super(typeof error.detail === 'string' ? error.detail : error.sentence, { cause: error });
    this.name = error.name;
    this.extensions = { code: error.name, http: { status: error.code }, problem: error.toProblem() };
  }
}

/** Whether an error was made for the clients of such a context: a `GraphQLError`, an `RpcException`, a `WsException`. */
export function isAtHome(thrown: unknown, host: ArgumentsHost): thrown is Error {
  try {
    if (!(thrown instanceof Error)) return false;
    return host.getType<string>() === 'graphql' ? 'extensions' in thrown : hasGetError(thrown);
  } catch {
    // It defends itself against being looked at: whoever threw it made it for nobody.
    return false;
  }
}

/** Passes on what was made for the clients of its context, as Nest's own filters do. */
export function passOn(thrown: Error, host: ArgumentsHost): unknown {
  if (!hasGetError(thrown)) throw thrown;
  const given = thrown.getError();
  if (typeof given === 'object' && given !== null) return tell(given, host);
  return tell({ status: 'error', message: given, ...(host.getType() === 'ws' ? causeIn(host) : {}) }, host);
}

/** Tells of an error where there is no HTTP: in a GraphQL resolver, in a message handler, over a WebSocket. */
export function answerElsewhere(failure: FailureElsewhere, host: ArgumentsHost): unknown {
  if (host.getType<string>() === 'graphql') throw failure;
  return tell(failure.extensions.problem, host);
}

function tell(told: object, host: ArgumentsHost): unknown {
  if (host.getType() !== 'ws') return throwError(() => told);
  const client = host.switchToWs().getClient<WebSocketLike>();
  // A socket by the standard takes texts; one of socket.io's takes events.
  if (typeof client.readyState === 'number') client.send(JSON.stringify({ event: 'exception', data: told }));
  else client.emit('exception', told);
  return undefined;
}

/** By which the client of a WebSocket, where nothing ties an answer to a message, knows what went wrong. */
function causeIn(host: ArgumentsHost): object {
  const socket = host.switchToWs();
  return { cause: { pattern: socket.getPattern(), data: socket.getData<unknown>() } };
}

interface WebSocketLike {
  readonly readyState?: unknown;
  send(text: string): void;
  emit(event: string, data: object): void;
}

function hasGetError(thrown: object): thrown is { getError(): unknown } {
  return typeof (thrown as { getError?: unknown }).getError === 'function';
}
