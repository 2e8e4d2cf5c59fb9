import { randomUUID } from 'node:crypto';
import { HttpException } from '@nestjs/common';
import { BRANDS, brandsOf, isBranded } from './brand.js';
import type { ErrorReport } from './exception-report.js';
import type { FieldError } from './field-error.js';
import { type Problem, type ProblemContext, type Representation, representer } from './representer.js';

/** What an error of a class is, unless it is told otherwise. */
export interface ErrorDefaults {
  /** The HTTP status. */
  readonly code: number;
  /** The short name that stands first in every representation. */
  readonly message: string;
  /** What happened and what to try, in a sentence or two. */
  readonly detail: string;
}

/** Headers of an answer: a header that is given several times has several values. */
export type ErrorHeaders = Readonly<Record<string, string | readonly string[]>>;

/** What can be said about one error beyond its class. */
export interface HttpErrorOptions {
  /** The short name. @default the class's */
  readonly message?: string;
  /** The HTTP status. @default the class's, and 500 for a number that is no status of an error */
  readonly code?: number;
  /** The name of an error in the catalogue, or the URI of a page that explains this kind of error. */
  readonly errorType?: string;
  /**
   * False for an error that lets the routes after it have their try: it is the answer only when none of them has one.
   * On Express; Fastify has no next route, and there it is as if this were true.
   * @default true
   */
  readonly isBreaking?: boolean;
  /** The route that the error came from. @default what the handler finds out */
  readonly sourceRoute?: string;
  /** The media type to answer with, whatever the client prefers. */
  readonly mimetype?: string;
  /** The `Content-Type` of the answer as it stands, whatever the client prefers. */
  readonly contentType?: string;
  /** Headers of the answer. */
  readonly headers?: ErrorHeaders;
  /** What is wrong with the request, one by one. */
  readonly errors?: readonly FieldError[];
  /** What a developer is told beyond what a client is. Everybody who gets the answer reads it. */
  readonly report?: ErrorReport;
  /** The error that led to this one. It goes to the log, never to the client. */
  readonly cause?: unknown;
}

/** An error as `application/json` has it. */
export interface ErrorDict {
  readonly code: number;
  readonly message: string;
  readonly detail: unknown;
  readonly error_type: string | null;
}

const FIRST_SERVER_ERROR = 500;

/**
 * An HTTP error, to be thrown or to be returned from a route: both give the same answer, in the representation that the
 * client asked for. It is a Nest `HttpException`, so that guards, interceptors and other filters recognise it.
 */
export class HttpError extends HttpException {
  /** By which name the copies of the package that are loaded side by side know the class. */
  static readonly brand: string = 'HttpError';
  static readonly defaults: ErrorDefaults = {
    code: 500,
    message: 'Error',
    detail: 'The request could not be answered. Trying again later may help.',
  };

  /** The HTTP status. */
  readonly code: number;
  /** What happened, for the client: a text, or any structure. */
  readonly detail: unknown;
  readonly errorType: string | null;
  readonly isBreaking: boolean;
  readonly mimetype: string | null;
  readonly contentType: string | null;
  readonly headers: ErrorHeaders;
  readonly errors: readonly FieldError[];
  readonly report: ErrorReport | null;
  // Private names, which a frozen error can still change.
  #occurrence: string | undefined;
  #sourceRoute: string | null;
  #route: (() => string | null) | undefined;

  /** @param detail what happened, for the client; by default the sentence of the class. */
  constructor(detail?: unknown, options: HttpErrorOptions = {}) {
    const { defaults } = new.target;
    const code = statusOf(options.code ?? defaults.code);
    const limit = Error.stackTraceLimit;
    // The stack is most of what an error costs, and of an error that is control flow nobody reads it.
    if (code < FIRST_SERVER_ERROR) Error.stackTraceLimit = 0;
    super(options.message ?? defaults.message, code, { cause: options.cause });
    Error.stackTraceLimit = limit;

    this.code = code;
    this.detail = detail ?? defaults.detail;
    this.errorType = options.errorType == null ? null : textOf(options.errorType);
    this.isBreaking = options.isBreaking ?? true;
    this.#sourceRoute = options.sourceRoute ?? null;
    this.mimetype = options.mimetype ?? null;
    this.contentType = options.contentType ?? null;
    this.headers = options.headers ?? {};
    this.errors = options.errors ?? [];
    this.report = options.report ?? null;
  }

  /** Also true for what another copy of the package made: ESM and CommonJS may be loaded side by side. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Function.prototype[Symbol.hasInstance].call(this, value) || isBranded(value, this);
  }

  get [BRANDS](): readonly string[] {
    return brandsOf(this.constructor);
  }

  /** The id of this occurrence, a UUID: the client reads it in the problem, the admin in the log. */
  get occurrence(): string {
    return (this.#occurrence ??= randomUUID());
  }

  /** The route that the error came from, as `GET /v6/errors/:id`; null while nobody has found out. */
  get sourceRoute(): string | null {
    return (this.#sourceRoute ??= this.#route?.() ?? null);
  }

  /** Tells the error how to find out where it came from, unless it knows. */
  cameFrom(route: () => string | null): void {
    this.#route ??= route;
  }

  /** The sentence of the class, which stands in where a detail that is a structure cannot stand. */
  get sentence(): string {
    return (this.constructor as typeof HttpError).defaults.detail;
  }

  /** What filters other than ours send. */
  override getResponse(): ErrorDict {
    return this.toDict();
  }

  /** For `JSON.stringify`: an error that stands in a structure shows what it shows to clients. */
  toJSON(): ErrorDict {
    return this.toDict();
  }

  /** The members of `application/json`, and those of a report; `detail` as it was given. */
  toDict(): ErrorDict {
    const dict = { code: this.code, message: this.message, detail: this.detail, error_type: this.errorType };
    return this.report === null ? dict : { ...dict, ...this.report.report };
  }

  /** The problem of RFC 9457. */
  toProblem(context?: ProblemContext): Problem {
    return representer<HttpError>().problem(this, context);
  }

  /** As `text/plain`. */
  toText(): string {
    return this.adapt('text/plain').body;
  }

  /** As `text/html`: a whole page. */
  toHtml(): string {
    return this.adapt('text/html').body;
  }

  /** As `application/xml`. */
  toXml(): string {
    return this.adapt('application/xml').body;
  }

  /** As `application/json`. */
  toJson(): string {
    return this.adapt('application/json').body;
  }

  /**
   * In the representation of this media type.
   * @param mimetype one of those that are rendered; any other gives `text/plain`.
   */
  adapt(mimetype: string): Representation {
    return representer<HttpError>().represent(this, mimetype);
  }
}

/** Makes an error where nothing is known of the place it comes from: what it is made for has a stack of its own. */
export function withoutStack<Made>(make: () => Made): Made {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function statusOf(code: number): number {
  return Number.isInteger(code) && code >= 400 && code <= 599 ? code : FIRST_SERVER_ERROR;
}

/** Without types anything may be given, and what renders it relies on a text. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : String(value);
}
