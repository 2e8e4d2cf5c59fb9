import { errorRegistry } from '../exceptions/error-registry.js';
import { type HttpError, type HttpErrorOptions, withoutStack } from '../exceptions/http-error.js';
import type { HttpErrorClass } from '../exceptions/http-errors.js';
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
  if (registered === null)
    return withoutStack(
      () => new (serverErrorType as typeof ServiceUnavailable)(undefined, { ...options, cause: thrown }),
    );
  const errorType = registered === null ? {} : { errorType: registered.errorName };
  const isOutOfReach = registered instanceof ScaleOperationalError;
  const type = isOutOfReach ? ServiceUnavailable : (serverErrorType as typeof ServiceUnavailable);
  const headers = isOutOfReach ? { headers: { 'Retry-After': RETRY_AFTER } } : {};
  // What was thrown knows where; this one comes from here, which is of no interest.
  return withoutStack(() => new type(undefined, { ...options, ...errorType, ...headers, cause: thrown }));
}
