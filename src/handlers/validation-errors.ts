import {
  type ArgumentMetadata,
  HttpStatus,
  Injectable,
  ValidationPipe,
  type ValidationPipeOptions,
} from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { BadRequest } from '../exceptions/client-errors.js';
import { type FieldError, pointerTo } from '../exceptions/field-error.js';
import { deeperThan, deepMembers } from '../exceptions/nesting.js';
import { HttpError } from '../exceptions/http-error.js';
import { errorOfStatus } from '../exceptions/http-errors.js';

/** The most failures that one answer names. */
const MAX_FAILURES = 1_000;

/** The most levels of a body that is validated: classes are made of it by calls within calls. */
const MAX_LEVELS = 256;

/** An issue of a Standard Schema (standardschema.dev, version 1). */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * For the `exceptionFactory` of Nest's `ValidationPipe`: a {@link BadRequest} that points to each field of the body.
 * @see FieldValidationPipe, which can tell a query from a body.
 */
export function validationErrorFactory(failures: readonly ValidationError[] = []): BadRequest {
  return refuse(failures.flatMap((failure) => fieldErrors(failure, [])));
}

/** For the `exceptionFactory` of Nest's `StandardSchemaValidationPipe`: a {@link BadRequest} that points to each field. */
export function standardSchemaErrorFactory(issues: readonly StandardIssue[] = []): BadRequest {
  return refuse(
    issues.map(({ path = [], message }) => ({
      pointer: pointerTo(...path.map((step) => String(typeof step === 'object' ? step.key : step))),
      detail: message,
    })),
  );
}

/** Nest's `ValidationPipe`, whose refusals point to the fields of a body and name the parameters of a query or a path. */
@Injectable()
export class FieldValidationPipe extends ValidationPipe {
  constructor(options: ValidationPipeOptions = {}) {
    super({ exceptionFactory: (failures) => refusalBy(options, failures), ...options });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      await this.refuseDeep(value, metadata);
      return await super.transform(value, metadata);
    } catch (error) {
      const isOurs = error instanceof HttpError && error.errors.length > 0;
      if (!isOurs || metadata.type === 'body' || metadata.type === 'custom') throw error;
      throw errorOfStatus(error.code, error.detail, { errors: error.errors.map(asParameter) });
    }
  }

  private async refuseDeep(value: unknown, metadata: ArgumentMetadata): Promise<void> {
    const metatype = this.expectedType ?? metadata.metatype;
    if (metatype === undefined || !this.toValidate({ ...metadata, metatype })) return;
    const constraints = { nesting: deeperThan(MAX_LEVELS) };
    const failures = deepMembers(value, MAX_LEVELS).map((property) => ({ property, constraints }));
    if (failures.length > 0) throw await this.exceptionFactory(failures);
  }
}

/** As Nest's own pipe does it, with its options for the status and for saying nothing. */
function refusalBy(
  { disableErrorMessages, errorHttpStatusCode = HttpStatus.BAD_REQUEST }: ValidationPipeOptions,
  failures: ValidationError[],
): HttpError {
  if (disableErrorMessages === true) return errorOfStatus(errorHttpStatusCode);
  const { detail, errors } = validationErrorFactory(failures);
  return errorOfStatus(errorHttpStatusCode, detail, { errors });
}

/** What is wrong with the fields of a request, by the status that the application wants for it. */
export function withStatus(error: HttpError, status: 400 | 422): HttpError {
  if (status === 400 || error.code !== 400 || error.errors.length === 0) return error;
  return errorOfStatus(status, error.detail, {
    errors: error.errors,
    headers: error.headers,
    cause: error.cause,
    ...(error.errorType === null ? {} : { errorType: error.errorType }),
  });
}

/** A sentence for an answer that says one by one what is wrong. */
export function refusalOf(count: number): string {
  return count === 1
    ? 'One thing in the request cannot be used; “errors” says which.'
    : `${count} things in the request cannot be used; “errors” says which.`;
}

/** Whether they are the failures that class-validator gives, which a host may throw as they are. */
export function isValidationErrors(values: readonly unknown[]): values is readonly ValidationError[] {
  return values.every((value) => {
    if (typeof value !== 'object' || value === null) return false;
    const { property, constraints, children } = value as Partial<ValidationError>;
    return typeof property === 'string' && (typeof constraints === 'object' || Array.isArray(children));
  });
}

function refuse(errors: readonly FieldError[]): BadRequest {
  return new BadRequest(refusalOf(errors.length), { errors: errors.slice(0, MAX_FAILURES) });
}

function fieldErrors(failure: ValidationError, parents: readonly string[]): FieldError[] {
  const path = [...parents, failure.property];
  const own = Object.values(failure.constraints ?? {}).map((detail) => ({ pointer: pointerTo(...path), detail }));
  return [...own, ...(failure.children ?? []).flatMap((child) => fieldErrors(child, path))];
}

/** A query has no tree to point into, as far as its reader is concerned: it has names. */
function asParameter({ pointer = '#', detail }: FieldError): FieldError {
  return { parameter: decodeURIComponent(pointer.slice('#/'.length)).replaceAll('/', '.'), detail };
}
