export { ApiErrorResponse, ApiErrorResponses, type ErrorResponseOptions } from './openapi/api-error-response.js';
export { documentErrors, type DocumentErrorsOptions } from './openapi/document-errors.js';
export type { DocumentedClass, ExampleOptions } from './openapi/example-error.js';
