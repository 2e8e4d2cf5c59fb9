import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, DECORATORS } from '@nestjs/swagger';
import { type DocumentedError, type ErrorResponse, errorResponse } from './error-response.js';
import { errorModels } from './error-schemas.js';
import { type DocumentedClass, exampleError, type ExampleOptions } from './example-error.js';

/** How a class of errors is documented. */
export interface ErrorResponseOptions extends ExampleOptions {
  /** When this is answered. @default the message of the class and its sentence */
  readonly description?: string;
}

/** The errors that were documented on a route or a controller. */
const DOCUMENTED = Symbol.for('nestjs-errata.documented-errors');

/**
 * Documents that a route, or every route of a controller, may answer with an error of this class: its status, its headers,
 * and an example in every representation, made by the class itself. Several classes of one status become one response with
 * several examples. As with `ApiResponse`, a route that has any response documented is to document its success, too.
 * @throws Error for a class whose errors are not made of a detail and options, unless `example` makes one.
 */
export function ApiErrorResponse(
  type: DocumentedClass,
  options: ErrorResponseOptions = {},
): MethodDecorator & ClassDecorator {
  const documented = documentedError(type, options);
  return applyDecorators(
    (target: object, _key?: unknown, descriptor?: PropertyDescriptor): void => {
      add(documented, (descriptor?.value as object | undefined) ?? target);
    },
    ApiExtraModels(...errorModels),
  );
}

/** Documents that a route, or every route of a controller, may answer with an error of any of these classes. */
export function ApiErrorResponses(...types: readonly DocumentedClass[]): MethodDecorator & ClassDecorator {
  return applyDecorators(...types.map((type) => ApiErrorResponse(type)).reverse());
}

/** A class as it is documented. */
export function documentedError(type: DocumentedClass, options: ErrorResponseOptions = {}): DocumentedError {
  const { description = `${type.defaults.message.replace(/\.$/, '')}. ${type.defaults.detail}`, ...example } = options;
  return { name: type.name, description, error: exampleError(type, example) };
}

function add(documented: DocumentedError, holder: object): void {
  const { code } = documented.error;
  const before = (Reflect.getMetadata(DOCUMENTED, holder) ?? []) as DocumentedError[];
  // Decorators are applied from the last to the first, and read from the first to the last.
  const all = [documented, ...before];
  Reflect.defineMetadata(DOCUMENTED, all, holder);
  const responses = (Reflect.getMetadata(DECORATORS.API_RESPONSE, holder) ?? {}) as Record<number, ErrorResponse>;
  const response = errorResponse(all.filter(({ error }) => error.code === code));
  // Written here and not by `ApiResponse`, which would append to the description what is in it already.
  Reflect.defineMetadata(DECORATORS.API_RESPONSE, { ...responses, [code]: response }, holder);
}
