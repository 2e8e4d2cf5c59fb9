import type { ArgumentsHost } from '@nestjs/common';
import { throwError } from 'rxjs';
import type { HttpError } from '../exceptions/http-error.js';

/** Fails with the problem in `extensions`, where GraphQL servers look for what an error says beyond its message. */
class GraphQlFailure extends Error {
  readonly extensions: object;

  constructor(error: HttpError) {
    super(typeof error.detail === 'string' ? error.detail : error.sentence, { cause: error });
    this.name = error.name;
    this.extensions = { code: error.name, http: { status: error.code }, problem: error.toProblem() };
  }
}

/** Whether an error was made for the clients of such a context: a `GraphQLError`, an `RpcException`, a `WsException`. */
export function isAtHome(thrown: unknown, host: ArgumentsHost): boolean {
  if (!(thrown instanceof Error)) return false;
  return host.getType<string>() === 'graphql' ? 'extensions' in thrown : hasGetError(thrown);
}

/** Passes on what was made for the clients of its context. */
export function passOn(thrown: Error, host: ArgumentsHost): unknown {
  if (!hasGetError(thrown)) throw thrown;
  const given = thrown.getError();
  const told = typeof given === 'object' && given !== null ? given : { status: 'error', message: given };
  return tell(told, host);
}

/** Tells of an error where there is no HTTP: in a GraphQL resolver, in a message handler, over a WebSocket. */
export function answerElsewhere(error: HttpError, host: ArgumentsHost): unknown {
  if (host.getType<string>() === 'graphql') throw new GraphQlFailure(error);
  return tell(error.toProblem(), host);
}

function tell(told: object, host: ArgumentsHost): unknown {
  if (host.getType() !== 'ws') return throwError(() => told);
  const client = host.switchToWs().getClient<WebSocketLike>();
  // A socket by the standard takes texts; one of socket.io's takes events.
  if (typeof client.readyState === 'number') client.send(JSON.stringify({ event: 'exception', data: told }));
  else client.emit('exception', told);
  return undefined;
}

interface WebSocketLike {
  readonly readyState?: unknown;
  send(text: string): void;
  emit(event: string, data: object): void;
}

function hasGetError(thrown: object): thrown is { getError(): unknown } {
  return typeof (thrown as { getError?: unknown }).getError === 'function';
}
