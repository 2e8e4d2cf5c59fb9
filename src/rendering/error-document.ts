import { STATUS_CODES } from 'node:http';
import type { ErrorReport } from '../exceptions/exception-report.js';
import type { FieldError } from '../exceptions/field-error.js';
import type { HttpError } from '../exceptions/http-error.js';
import type { Problem, ProblemContext } from '../exceptions/representer.js';
import { jsonSafe } from './json-safe.js';
import { problemType } from './problem-types.js';

/** An error as renderers see it: every value can be written as JSON, and no text holds half a character. */
export interface ErrorDocument {
  readonly code: number;
  readonly message: string;
  /** A text, or the structure that was given. */
  readonly detail: unknown;
  readonly errorType: string | null;
  readonly errors: readonly FieldError[];
  /** What a developer is told; null where there is nobody but clients. */
  readonly report: ErrorReport | null;
  /** The same as RFC 9457 has it. */
  readonly problem: Problem;
}

/** What a renderer makes a representation of. Each part is made when a renderer asks for it. */
export function documentOf(error: HttpError, context?: ProblemContext): ErrorDocument {
  return new LazyDocument(error, context);
}

class LazyDocument implements ErrorDocument {
  readonly code: number;

  constructor(
    private readonly error: HttpError,
    private readonly context: ProblemContext | undefined,
  ) {
    this.code = error.code;
  }

  get message(): string {
    return this.error.message.toWellFormed();
  }

  get detail(): unknown {
    return detailOf(this.error);
  }

  get errorType(): string | null {
    return this.error.errorType?.toWellFormed() ?? null;
  }

  get errors(): readonly FieldError[] {
    return this.error.errors;
  }

  get report(): ErrorReport | null {
    return this.error.report;
  }

  get problem(): Problem {
    return problemOf(this.error, this.context);
  }
}

/** The problem of an error (RFC 9457, section 3). */
export function problemOf(error: HttpError, context: ProblemContext = {}): Problem {
  const { requestId, traceId } = context;
  const { type, name } = problemType(error.errorType, context);
  const message = error.message.toWellFormed();
  const title = type === 'about:blank' ? (STATUS_CODES[error.code] ?? message) : message;
  const detail = detailOf(error);
  const isText = typeof detail === 'string';
  // The schema of the format in XML wants its own members before all others.
  return {
    type,
    title,
    status: error.code,
    detail: isText ? detail : error.sentence,
    instance: `urn:uuid:${error.occurrence}`,
    ...(isText ? {} : { detail_data: detail }),
    ...(message === title ? {} : { message }),
    ...(name === null ? {} : { error_type: name }),
    ...(requestId === undefined ? {} : { request_id: requestId }),
    ...(traceId === undefined ? {} : { trace_id: traceId }),
    ...(error.errors.length === 0 ? {} : { errors: jsonSafe(error.errors) }),
    ...error.report?.report,
  };
}

/** Scalars read well as text; a structure stays one. */
function detailOf(error: HttpError): unknown {
  if (typeof error.detail === 'string') return error.detail.toWellFormed();
  const safe = jsonSafe(error.detail);
  return typeof safe === 'object' && safe !== null ? safe : String(safe);
}
