import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { type ErrorHeaders, HttpError, type HttpErrorOptions, withoutStack } from '../exceptions/http-error.js';
import { errorOfStatus } from '../exceptions/http-errors.js';
import { isSchemaError, type SchemaError, schemaErrors } from './schema-validation.js';
import { isValidationErrors, refusalOf, validationErrorFactory } from './validation-errors.js';

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
  readonly headers?: unknown;
}

/**
 * Makes an `HttpError` of an error that says by itself which HTTP status it stands for: Nest's exceptions, those of
 * http-errors, Fastify's. Errors that merely carry a `status`, as HTTP clients' do, say nothing about this answer.
 * @returns null for an error that nobody made for a client.
 */
export function adopt(thrown: unknown): HttpError | null {
  if (thrown instanceof HttpError) return thrown;
  if (thrown instanceof HttpException) return fromNest(thrown);
  if (!(thrown instanceof Error)) return null;
  if (isSchemaError(thrown)) return fromSchemaError(thrown);
  return isStatusError(thrown) ? fromStatusError(thrown) : null;
}

/** Whether it is no error at all, such as a redirection: Nest answers with whatever an `HttpException` says. */
export function isNoError(thrown: unknown): thrown is HttpException {
  try {
    if (!(thrown instanceof HttpException) || thrown instanceof HttpError) return false;
    const status = statusOf(thrown);
    return Number.isInteger(status) && status >= 200 && status < 400;
  } catch {
    // It defends itself against being looked at, which no redirection does.
    return false;
  }
}

/** Without types it may be a text. */
function statusOf(exception: HttpException): number {
  const status: unknown = exception.getStatus();
  return Number(status);
}

function fromNest(exception: HttpException): HttpError {
  const status = statusOf(exception);
  const body: unknown = exception.getResponse();
  const options = {
    cause: exception,
    ...headersOfMapped(exception, status),
    ...(typeof exception.errorCode === 'string' ? { errorType: exception.errorCode } : {}),
  };
  // What is said about a fault of the server's is for its log, and so is an error that was given for a body.
  if (!isClientStatus(status) || body instanceof Error || isStandardBody(body, status))
    return make(status, undefined, options);
  if (!isNestBody(body)) return make(status, body, options);
  const { message } = body;
  return Array.isArray(message) ? fromMessages(status, message, options) : make(status, message, options);
}

/** Texts, failures of class-validator, or whatever a factory of the host's made of them. */
function fromMessages(status: number, messages: readonly unknown[], options: HttpErrorOptions): HttpError {
  if (messages.length === 0) return make(status, undefined, options);
  if (isValidationErrors(messages)) {
    const { detail, errors } = validationErrorFactory(messages);
    return make(status, detail, { ...options, errors });
  }
  if (!messages.every((message) => typeof message === 'string')) return make(status, messages, options);
  return make(status, refusalOf(messages.length), { ...options, errors: messages.map((detail) => ({ detail })) });
}

function fromSchemaError(error: SchemaError): HttpError {
  const errors = schemaErrors(error);
  const status = isClientStatus(error.statusCode) ? error.statusCode : 400;
  return make(status, errors.length === 0 ? error.message : refusalOf(errors.length), { cause: error, errors });
}

function isClientStatus(status: unknown): status is number {
  return Number.isInteger(status) && Number(status) >= 400 && Number(status) < 500;
}

/** Nothing but the phrase of the status, which our classes say better; Nest has some in another case, or shorter. */
function isStandardBody(body: unknown, status: number): boolean {
  if (!isNestBody(body) || 'error' in body || typeof body.message !== 'string' || !('statusCode' in body)) return false;
  return (STATUS_CODES[status] ?? '').toLowerCase().startsWith(body.message.toLowerCase());
}

function isNestBody(body: unknown): body is NestBody {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const { message } = body as NestBody;
  return (
    Object.keys(body).every((name) => ['statusCode', 'message', 'error', 'errorCode'].includes(name)) &&
    (typeof message === 'string' || Array.isArray(message))
  );
}

function isStatusError(thrown: Error): thrown is StatusError {
  const { statusCode, status, expose, code, name } = thrown as StatusError;
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode > 599) return false;
  // Fastify's plugins make theirs with @fastify/error, too, and may give them another name.
  const isFastifys = typeof code === 'string' && (name === 'FastifyError' || code.startsWith('FST_'));
  return isFastifys || (typeof expose === 'boolean' && status === statusCode);
}

function fromStatusError(error: StatusError): HttpError {
  const status = error.statusCode as number;
  // Nothing but the phrase of the status is said better by our classes.
  const isForClients = isClientStatus(status) && error.expose !== false && error.message !== STATUS_CODES[status];
  return make(status, isForClients ? error.message : undefined, { cause: error, ...headersOf(error) });
}

/** Nest makes an exception of an error that the adapter brings it, with that as its cause and without its headers. */
function headersOfMapped({ cause }: HttpException, status: number): { headers?: ErrorHeaders } {
  return cause instanceof Error && isStatusError(cause) && cause.statusCode === status ? headersOf(cause) : {};
}

/** The headers that an error has for its answer, such as `Retry-After`. */
function headersOf({ headers }: StatusError): { headers?: ErrorHeaders } {
  if (typeof headers !== 'object' || headers === null) return {};
  const kept = Object.entries(headers).flatMap(([name, value]: [string, unknown]): [string, string | string[]][] => {
    if (typeof value === 'number') return [[name, String(value)]];
    return isHeaderValue(value) ? [[name, value]] : [];
  });
  return { headers: Object.fromEntries(kept) };
}

function isHeaderValue(value: unknown): value is string | string[] {
  return typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
}

function make(...[status, detail, options]: Parameters<typeof errorOfStatus>): HttpError {
  const isError = Number.isInteger(status) && status >= 400 && status <= 599;
  return withoutStack(() => errorOfStatus(isError ? status : 500, detail, options));
}
