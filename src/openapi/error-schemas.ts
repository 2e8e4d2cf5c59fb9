import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions, ApiSchema, getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';

/** A schema of an OpenAPI document. */
type Schema = Exclude<NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string], { $ref: string }>;

interface ObjectSchema extends Schema {
  readonly properties: Record<string, Schema>;
  readonly required: string[];
}

/** A structure: what a detail can be beside a text. */
const STRUCTURES: Schema[] = [{ type: 'object' }, { type: 'array', items: {} }];

/** One thing wrong with a request. */
const fieldError = (): ObjectSchema => ({
  type: 'object',
  description: 'One thing wrong with a request: where, and what.',
  required: ['detail'],
  properties: {
    pointer: { type: 'string', description: 'A JSON Pointer into the body, as a URI fragment (RFC 6901, section 6).' },
    parameter: { type: 'string', description: 'The name of a parameter of the query or of the path.' },
    detail: { type: 'string', description: 'What is wrong there, and what to do about it.' },
  },
});

/** All that is wrong with a request. */
const fieldErrors = (): Schema => ({
  type: 'array',
  description: 'What is wrong with the request, one by one.',
  items: { allOf: [{ $ref: getSchemaPath('FieldError') }], xml: { name: 'i' } },
  xml: { wrapped: true },
});

/** The problem of RFC 9457, with the members that it is extended by. */
const problem = (): ObjectSchema => ({
  type: 'object',
  description: 'An error as a problem (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: {
      type: 'string',
      format: 'uri-reference',
      default: 'about:blank',
      description: 'What kind of error this is: the address of a page that explains it, or “about:blank”.',
    },
    title: { type: 'string', description: 'The kind of error in words: the phrase of the status for “about:blank”.' },
    status: { type: 'integer', minimum: 400, maximum: 599, description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What happened and what to try.' },
    instance: { type: 'string', format: 'uri', description: 'This one occurrence, as the log has it, too.' },
    message: { type: 'string', description: 'The short name of the error, where it differs from the title.' },
    error_type: { type: 'string', description: 'The name of the kind of error, where it has one that is no URI.' },
    detail_data: { oneOf: [...STRUCTURES], description: 'What happened, where that is a structure.' },
    request_id: { type: 'string', description: 'The id of the request.' },
    trace_id: { type: 'string', pattern: '^[0-9a-f]{32}$', description: 'The trace that the request belongs to.' },
    errors: fieldErrors(),
  },
});

/** The members of `application/json`. */
const httpError = (): ObjectSchema => ({
  type: 'object',
  description: 'An error in four members, and in a fifth what is wrong with the request.',
  required: ['code', 'message', 'detail', 'error_type'],
  properties: {
    code: { type: 'integer', minimum: 400, maximum: 599, description: 'The HTTP status.' },
    message: { type: 'string', description: 'The short name of the error.' },
    detail: { oneOf: [{ type: 'string' }, ...STRUCTURES], description: 'What happened and what to try.' },
    error_type: { type: 'string', nullable: true, description: 'The kind of error; null when it has none.' },
    errors: fieldErrors(),
  },
});

const SCHEMAS: Readonly<Record<string, () => ObjectSchema>> = {
  Problem: problem,
  HttpError: httpError,
  FieldError: fieldError,
};

/**
 * The schemas that error responses refer to, by their names, anew for each document.
 * @param version the version of OpenAPI: the way to say that something may be null changed with 3.1.
 */
export function errorSchemas(version: string): Record<string, Schema> {
  const schemas = Object.entries(SCHEMAS).map(([name, make]): [string, Schema] => [name, make()]);
  return Object.fromEntries(version.startsWith('3.0') ? schemas : schemas.map(([name, one]) => [name, withNull(one)]));
}

/** The same schemas as models, for decorators, which can add to a document by way of models alone. */
export const errorModels: readonly Type<object>[] = Object.entries(SCHEMAS).map(([name, make]) =>
  modelOf(name, make()),
);

function withNull(schema: Schema): Schema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]): [string, Schema] => {
    const { nullable, ...others } = property as Schema;
    return [name, nullable ? { ...others, type: [others.type as string, 'null'] } : others];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

function modelOf(name: string, { description = '', properties, required }: ObjectSchema): Type<object> {
  class Model {
    [property: string]: unknown;
  }
  ApiSchema({ name, description })(Model);
  for (const [property, schema] of Object.entries(properties)) {
    // Where nothing is said but that one of several is meant, it wants a type that it then leaves out.
    const options = { type: 'object', ...schema, required: required.includes(property) } as ApiPropertyOptions;
    ApiProperty(options)(Model.prototype, property);
  }
  return Model;
}
