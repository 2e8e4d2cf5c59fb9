import type { ErrorDefaults, HttpError, HttpErrorOptions } from '../exceptions/http-error.js';
import type { HttpErrorClass } from '../exceptions/http-errors.js';
import { MethodNotAllowed } from '../exceptions/method-not-allowed.js';

/** A class of errors, whatever its errors are made of. */
export type DocumentedClass = (new (...args: never[]) => HttpError) & { readonly defaults: ErrorDefaults };

/** How the error that a class is documented with is made. */
export interface ExampleOptions extends Pick<HttpErrorOptions, 'errorType' | 'errors' | 'headers' | 'message'> {
  /** What happened, as this error says it. @default the sentence of the class */
  readonly detail?: unknown;
  /** Makes the error, for a class whose errors are not made of a detail and options. */
  readonly example?: () => HttpError;
}

/** Nobody's occurrence: an example must not differ from one start of an application to the next. */
const OCCURRENCE = '00000000-0000-4000-8000-000000000000';

/** The methods of an address that is no address. */
const SOME_METHODS = ['GET', 'HEAD'];

/**
 * Makes the error that documents a class.
 * @throws Error for a class that makes none of a detail and options.
 */
export function exampleError(type: DocumentedClass, { example, detail, ...options }: ExampleOptions): HttpError {
  const error = example === undefined ? construct(type, detail, options) : example();
  return Object.defineProperty(error, 'occurrence', { value: OCCURRENCE });
}

function construct(type: DocumentedClass, detail: unknown, options: HttpErrorOptions): HttpError {
  try {
    if (namesMethods(type)) return new type(SOME_METHODS, detail, options);
    return new (type as unknown as Exclude<HttpErrorClass, typeof MethodNotAllowed>)(detail, options);
  } catch (cause) {
    throw new Error(
      `${type.name} cannot be documented, because none of its errors could be made of a detail and options. ` +
        `Make one yourself: ApiErrorResponse(${type.name}, { example: () => new ${type.name}(…) }).`,
      { cause },
    );
  }
}

function namesMethods(type: DocumentedClass): type is typeof MethodNotAllowed {
  return type === MethodNotAllowed || type.prototype instanceof MethodNotAllowed;
}
