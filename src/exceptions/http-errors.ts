import * as additionalErrors from './additional-errors.js';
import * as clientErrors from './client-errors.js';
import { type ErrorDefaults, HttpError, type HttpErrorOptions } from './http-error.js';
import { MethodNotAllowed } from './method-not-allowed.js';
import * as serverErrors from './server-errors.js';
import * as webdavErrors from './webdav-errors.js';

/** A class of HTTP errors. */
export type HttpErrorClass =
  | ((new (detail?: unknown, options?: HttpErrorOptions) => HttpError) & { readonly defaults: ErrorDefaults })
  | typeof MethodNotAllowed;

const { ClientError: _client, ...clientClasses } = clientErrors;
const { ServerError: _server, ...serverClasses } = serverErrors;

/** The class of each status, by its number. */
export const httpErrors: ReadonlyMap<number, HttpErrorClass> = new Map(
  [clientClasses, serverClasses, webdavErrors, additionalErrors]
    .flatMap((classes): HttpErrorClass[] => Object.values(classes))
    .concat(MethodNotAllowed)
    .map((type): [number, HttpErrorClass] => [type.defaults.code, type])
    .sort(([a], [b]) => a - b),
);

/** Makes an error of the class of this status, or one without a class of its own where the register has none. */
export function errorOfStatus(status: number, detail?: unknown, options: HttpErrorOptions = {}): HttpError {
  const type = httpErrors.get(status);
  if (type === undefined) return new HttpError(detail, { code: status, ...options });
  return isMethodNotAllowed(type) ? new MethodNotAllowed([], detail, options) : new type(detail, options);
}

function isMethodNotAllowed(type: HttpErrorClass): type is typeof MethodNotAllowed {
  return type === MethodNotAllowed;
}
