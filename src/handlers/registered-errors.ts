import { errorRegistry } from '../exceptions/error-registry.js';
import { type HttpError, type HttpErrorOptions, withoutStack } from '../exceptions/http-error.js';
import type { HttpErrorClass } from '../exceptions/http-errors.js';
import type { ScaleError } from '../exceptions/scale-error.js';
import { ScaleOperationalError } from '../exceptions/scale-errors.js';
import { ServiceUnavailable } from '../exceptions/server-errors.js';

/** When a client may try again what a database could not be had for, in seconds. */
const RETRY_AFTER = '5';

/**
 * Makes an error for the client of one that nobody made for it. One that is registered leads to its page in the catalogue;
 * that a job with it is to be repeated says nothing to a client, who is told to come back only where the database is out of
 * reach.
 * @param serverErrorType what the handler answers with.
 */
export function answerTo(thrown: unknown, serverErrorType: HttpErrorClass, options: HttpErrorOptions = {}): HttpError {
  const registered = errorRegistry.byException(thrown);
  const isOutOfReach = registered instanceof ScaleOperationalError;
  const type = isOutOfReach ? ServiceUnavailable : (serverErrorType as typeof ServiceUnavailable);
  const known = registered === null ? options : { ...options, ...knownOf(registered) };
  // What was thrown knows where; this one comes from here, which is of no interest.
  return withoutStack(() => new type(undefined, { ...known, cause: thrown }));
}

function knownOf(error: ScaleError): HttpErrorOptions {
  const headers = error instanceof ScaleOperationalError ? { headers: { 'Retry-After': RETRY_AFTER } } : {};
  return { errorType: error.errorName, ...headers };
}
