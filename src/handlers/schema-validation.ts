import { type FieldError, pointerTo } from '../exceptions/field-error.js';

/** A failure as Fastify's schema validation tells of it: Ajv's, or what another compiler makes like it. */
interface SchemaFailure {
  readonly instancePath?: unknown;
  readonly message?: unknown;
  readonly params?: { readonly missingProperty?: unknown; readonly additionalProperty?: unknown };
}

/** A request that a schema of a Fastify route refuses. */
export interface SchemaError extends Error {
  readonly statusCode?: unknown;
  readonly validation?: unknown;
  /** `body`, `querystring`, `params` or `headers`. */
  readonly validationContext?: unknown;
}

/** Whether Fastify refused a request for its schema: an error like any other, but for its code. */
export function isSchemaError(error: Error & { readonly code?: unknown }): error is SchemaError {
  return error.code === 'FST_ERR_VALIDATION';
}

/** What a schema refuses, one by one; none where its validator does not say. */
export function schemaErrors({ validation, validationContext }: SchemaError): FieldError[] {
  const failures = Array.isArray(validation) ? (validation as readonly (SchemaFailure | null)[]) : [];
  return failures.flatMap((failure): FieldError[] => {
    const { instancePath = '', message, params = {} } = failure ?? {};
    if (typeof instancePath !== 'string' || typeof message !== 'string') return [];
    const steps = instancePath
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const named = params.missingProperty ?? params.additionalProperty;
    const path = typeof named === 'string' ? [...steps, named] : steps;
    if (validationContext === 'body')
      return [{ pointer: path.length === 0 ? '#' : pointerTo(...path), detail: message }];
    return path.length === 0 ? [{ detail: message }] : [{ parameter: path.join('.'), detail: message }];
  });
}
