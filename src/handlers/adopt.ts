import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { HttpError, withoutStack } from '../exceptions/http-error.js';
import { errorOfStatus } from '../exceptions/http-errors.js';

/** The answer of Nest's own exceptions, as their constructors put it together. */
interface NestBody {
  readonly statusCode?: unknown;
  readonly message?: unknown;
  readonly error?: unknown;
  readonly errorCode?: unknown;
}

/** What an error by `http-errors`, as body-parser throws them, or by Fastify has beside its message. */
interface StatusError extends Error {
  readonly statusCode?: unknown;
  readonly status?: unknown;
  readonly expose?: unknown;
  readonly code?: unknown;
}

/**
 * Makes an `HttpError` of an error that says by itself which HTTP status it stands for: Nest's exceptions, those of
 * http-errors, Fastify's. Errors that merely carry a `status`, as HTTP clients' do, say nothing about this answer.
 * @returns null for an error that nobody made for a client.
 */
export function adopt(thrown: unknown): HttpError | null {
  if (thrown instanceof HttpError) return thrown;
  if (thrown instanceof HttpException) return fromNest(thrown);
  return isStatusError(thrown) ? fromStatusError(thrown) : null;
}

function fromNest(exception: HttpException): HttpError {
  const status = exception.getStatus();
  const body: unknown = exception.getResponse();
  const options = {
    cause: exception,
    ...(typeof exception.errorCode === 'string' ? { errorType: exception.errorCode } : {}),
  };
  // What is said about a fault of the server's is for its log, and so is an error that was given for a body.
  if (!isClientStatus(status) || body instanceof Error || isStandardBody(body)) return make(status, undefined, options);
  if (!isNestBody(body)) return make(status, body, options);
  const { message } = body;
  if (!Array.isArray(message)) return make(status, message, options);
  return make(status, refusalOf(message.length), {
    ...options,
    errors: message.map((detail) => ({ detail: String(detail) })),
  });
}

/** A sentence for an answer that says one by one what is wrong. */
export function refusalOf(count: number): string {
  return count === 1
    ? 'One thing in the request cannot be used; “errors” says which.'
    : `${count} things in the request cannot be used; “errors” says which.`;
}

function isClientStatus(status: number): boolean {
  return status >= 400 && status < 500;
}

/** Nothing but the phrase of the status, which our classes say better. */
function isStandardBody(body: unknown): boolean {
  return isNestBody(body) && !('error' in body) && typeof body.message === 'string' && 'statusCode' in body;
}

function isNestBody(body: unknown): body is NestBody {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const { message } = body as NestBody;
  return (
    Object.keys(body).every((name) => ['statusCode', 'message', 'error', 'errorCode'].includes(name)) &&
    (typeof message === 'string' || Array.isArray(message))
  );
}

function isStatusError(thrown: unknown): thrown is StatusError {
  if (!(thrown instanceof Error)) return false;
  const { statusCode, status, expose, code, name } = thrown as StatusError;
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode > 599) return false;
  const isFastifys = name === 'FastifyError' && typeof code === 'string';
  return isFastifys || (typeof expose === 'boolean' && status === statusCode);
}

function fromStatusError(error: StatusError): HttpError {
  const status = error.statusCode as number;
  // Nothing but the phrase of the status is said better by our classes.
  const isForClients = isClientStatus(status) && error.expose !== false && error.message !== STATUS_CODES[status];
  return make(status, isForClients ? error.message : undefined, { cause: error });
}

function make(...[status, detail, options]: Parameters<typeof errorOfStatus>): HttpError {
  const isError = Number.isInteger(status) && status >= 400 && status <= 599;
  return withoutStack(() => errorOfStatus(isError ? status : 500, detail, options));
}
