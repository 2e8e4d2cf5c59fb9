import type { OpenAPIObject } from '@nestjs/swagger';
import { BadRequest, Forbidden, Unauthorized, UnprocessableEntity } from '../exceptions/client-errors.js';
import { HttpError } from '../exceptions/http-error.js';
import { httpErrors } from '../exceptions/http-errors.js';
import { InternalServerError } from '../exceptions/server-errors.js';
import { documentedError } from './api-error-response.js';
import { type ErrorResponse, errorResponse, isErrorResponse } from './error-response.js';
import { errorSchemas } from './error-schemas.js';
import type { DocumentedClass } from './example-error.js';
import { SharedResponses } from './shared-responses.js';

/** How the errors of an application are documented. */
export interface DocumentErrorsOptions {
  /** The status of requests whose fields are wrong: what `ErrorModule` was told. @default 400 */
  readonly validationStatus?: 400 | 422;
}

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const;

const ANY_ERROR = 'Any other error. Every error is answered in the representation that the client accepts.';

/**
 * Documents the errors that every application has, on a document that is otherwise finished: a `default` response and 500
 * for each operation, 400 where there are parameters or a body, 401 and 403 where credentials are required. Responses that
 * are documented already stay as they are; those that several operations share stand once in the components. Doing it
 * again changes nothing.
 * @returns the document that was given.
 */
export function documentErrors(document: OpenAPIObject, options: DocumentErrorsOptions = {}): OpenAPIObject {
  const components = (document.components ??= {});
  components.schemas = { ...errorSchemas(document.openapi), ...components.schemas };
  const shared = new SharedResponses((components.responses ??= {}));
  for (const item of Object.values(document.paths)) {
    for (const operation of METHODS.flatMap((method) => item[method] ?? [])) {
      const types = errorsOf(operation, item, document.security, options);
      addResponses(operation, types, shared);
    }
  }
  return document;
}

/** The classes of the errors that an operation may answer with for what it is made of, by status. */
function errorsOf(
  { parameters = [], requestBody, security: own }: Operation,
  item: PathItem,
  security: OpenAPIObject['security'],
  { validationStatus = 400 }: DocumentErrorsOptions,
): DocumentedClass[] {
  const canBeWrong = parameters.length > 0 || (item.parameters ?? []).length > 0 || requestBody !== undefined;
  const needsCredentials = (own ?? security ?? []).some((requirement) => Object.keys(requirement).length > 0);
  return [
    ...(canBeWrong ? [BadRequest, ...(validationStatus === 422 ? [UnprocessableEntity] : [])] : []),
    ...(needsCredentials ? [Unauthorized, Forbidden] : []),
    InternalServerError,
  ];
}

function addResponses(operation: Operation, types: readonly DocumentedClass[], shared: SharedResponses): void {
  const responses = (operation.responses as Operation['responses'] | undefined) ?? {};
  operation.responses = responses;
  for (const [status, response] of Object.entries(responses)) {
    if (response !== undefined && isErrorResponse(response)) {
      responses[status] = shared.refer(response, httpErrors.get(Number(status))?.name ?? 'HttpError');
    }
  }
  for (const type of types) responses[type.defaults.code] ??= shared.refer(responseOf(type), type.name);
  responses.default ??= shared.refer(responseOf(HttpError, ANY_ERROR), HttpError.name);
}

function responseOf(type: DocumentedClass, description?: string): ErrorResponse {
  return errorResponse([documentedError(type, description === undefined ? {} : { description })]);
}
