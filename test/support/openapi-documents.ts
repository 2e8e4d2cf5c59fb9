import type { OpenAPIObject } from '@nestjs/swagger';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

/** The representations of every error. */
export const MEDIA_TYPES = [
  'application/problem+json',
  'application/json',
  'text/html',
  'application/problem+xml',
  'application/xml',
  'text/plain',
];

export interface Content {
  readonly schema?: object;
  readonly example?: unknown;
  readonly examples?: Record<string, { readonly summary?: string; readonly value: unknown }>;
}

export interface DocumentedResponse {
  readonly description: string;
  readonly headers?: Record<string, { readonly schema: object }>;
  readonly content?: Record<string, Content>;
}

/** A response of an operation, by the names of both. */
export interface FoundResponse {
  /** Such as `get /jobs/{id}`. */
  readonly operation: string;
  readonly status: string;
  readonly response: DocumentedResponse;
}

/** What is wrong with a document by the schema of OpenAPI, or undefined. */
export async function complaintsAbout(document: OpenAPIObject): Promise<unknown> {
  const { valid, errors } = await new Validator().validate(
    structuredClone(document) as unknown as Record<string, never>,
  );
  return valid ? undefined : errors;
}

/** Every response of every operation, wherever it is written. */
export function responsesIn({ paths, components }: OpenAPIObject): FoundResponse[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { responses: Record<string, object> }>).flatMap(([method, { responses }]) =>
      Object.entries(responses).map(([status, given]) => {
        const name = '$ref' in given ? String(given.$ref).replace('#/components/responses/', '') : undefined;
        const response = (name === undefined ? given : components?.responses?.[name]) as DocumentedResponse;
        return { operation: `${method} ${path}`, status, response };
      }),
    ),
  );
}

/** The statuses of each operation. */
export function statusesIn(document: OpenAPIObject): Record<string, string[]> {
  const statuses: Record<string, string[]> = {};
  for (const { operation, status } of responsesIn(document)) (statuses[operation] ??= []).push(status);
  return statuses;
}

/** The response of an operation for a status, in this document. */
export function responseIn(document: OpenAPIObject, operation: string, status: string): DocumentedResponse {
  const found = responsesIn(document).find((one) => one.operation === operation && one.status === status);
  if (found === undefined) throw new Error(`${operation} has no response ${status}.`);
  return found.response;
}

/** Judges values by the schemas of a document: null for one that is as its schema says. */
export function judge({ components }: OpenAPIObject): (schema: object, value: unknown) => string | null {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  return (schema, value) => {
    const isRight = ajv.compile({ ...schema, components });
    return isRight(value) ? null : ajv.errorsText(isRight.errors);
  };
}

/** The examples of JSON that are not what their schemas say, and how many examples there were. */
export function judgeExamples(document: OpenAPIObject): { count: number; wrong: unknown[] } {
  const complaint = judge(document);
  const found = responsesIn(document).flatMap(({ operation, status, response: { content = {} } }) =>
    Object.entries(content)
      .filter(([mediaType]) => mediaType.endsWith('json'))
      .flatMap(([mediaType, { schema = {}, example, examples = {} }]) =>
        [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)].map(
          (value) => [operation, status, mediaType, complaint(schema, value)],
        ),
      ),
  );
  return { count: found.length, wrong: found.filter(([, , , complaints]) => complaints !== null) };
}
