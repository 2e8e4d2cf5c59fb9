import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import type { HttpError } from '../exceptions/http-error.js';
import { renderers } from '../rendering/representations.js';
import { type DocumentedHeader, headersOf } from './error-headers.js';

/** A schema, or where it stands in the document. */
type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** An error that is documented: what it is in words, and one as it goes out. */
export interface DocumentedError {
  readonly name: string;
  readonly description: string;
  readonly error: HttpError;
}

interface Example {
  readonly summary: string;
  readonly value: unknown;
}

/** An OpenAPI response that is an error, in every representation. */
export interface ErrorResponse {
  readonly description: string;
  readonly headers?: Record<string, DocumentedHeader>;
  readonly content: Record<string, { readonly schema: Schema; readonly examples: Record<string, Example> }>;
}

const PROBLEM = { $ref: getSchemaPath('Problem') };
const HTTP_ERROR = { $ref: getSchemaPath('HttpError') };

/** The representations that have more to their form than being text. The root of an XML document has a name. */
const SCHEMAS: Readonly<Record<string, Schema>> = {
  'application/problem+json': PROBLEM,
  'application/json': HTTP_ERROR,
  'application/problem+xml': { allOf: [PROBLEM], xml: { name: 'problem', namespace: 'urn:ietf:rfc:7807' } },
  'application/xml': { allOf: [HTTP_ERROR], xml: { name: 'http_error' } },
};

/** The response that is any of these errors, which have one status: each is an example in each representation. */
export function errorResponse(errors: readonly DocumentedError[]): ErrorResponse {
  const headers = Object.assign({}, ...errors.map(({ error }) => headersOf(error))) as Record<string, DocumentedHeader>;
  return {
    description: [...new Set(errors.map(({ description }) => description))].join('\n\n'),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    content: Object.fromEntries(
      renderers.map(({ mediaType }) => [
        mediaType,
        { schema: structuredClone(SCHEMAS[mediaType] ?? { type: 'string' }), examples: examples(errors, mediaType) },
      ]),
    ),
  };
}

/** Whether a response of a document is one of ours. */
export function isErrorResponse(response: object): response is ErrorResponse {
  const { content } = response as Partial<ErrorResponse>;
  if (content === undefined || Object.keys(content).length !== renderers.length) return false;
  return renderers.every(({ mediaType }) => content[mediaType]?.examples !== undefined);
}

function examples(errors: readonly DocumentedError[], mediaType: string): Record<string, Example> {
  const found: Record<string, Example> = {};
  for (const { name, error } of errors) {
    found[freeName(found, name)] = { summary: error.message, value: valueOf(error, mediaType) };
  }
  return found;
}

/** JSON as the value that it says; everything else is text to OpenAPI, too. */
function valueOf(error: HttpError, mediaType: string): unknown {
  const { body } = error.adapt(mediaType);
  return mediaType.endsWith('json') ? (JSON.parse(body) as unknown) : body;
}

/** The name, or with a number behind it where it is taken. */
export function freeName(taken: object, name: string): string {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name}${count}`;
    if (!Object.hasOwn(taken, candidate)) return candidate;
  }
}
