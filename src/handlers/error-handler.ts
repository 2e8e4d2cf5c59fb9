import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { HttpError } from '../exceptions/http-error.js';
import type { HttpErrorClass } from '../exceptions/http-errors.js';
import { NotFound } from '../exceptions/client-errors.js';
import { MethodNotAllowed } from '../exceptions/method-not-allowed.js';
import type { ProblemContext } from '../exceptions/representer.js';
import { InternalServerError } from '../exceptions/server-errors.js';
import { ExceptionInfo } from '../inspection/exception-info.js';
import { negotiateAmong } from '../rendering/negotiation.js';
import type { CataloguedPaths } from '../rendering/problem-types.js';
import type { Renderer } from '../rendering/renderer.js';
import { rendererOf, renderers, representBy } from '../rendering/representations.js';
import type { ErrorRequest, RenderedError, TakenRoute } from './error-request.js';
import { answerTo } from './registered-errors.js';
import type { KnownRoute } from './route-table.js';
import type { HostApplication } from './host-application.js';

/** Takes away again what a handler needed around the application. */
export type Cleanup = () => void | Promise<void>;

/** How a handler goes about its work. */
export interface ErrorHandlerOptions {
  /**
   * Whether an error that nobody made for a client is handed to Nest's `BaseExceptionFilter` instead of being answered.
   * @default false
   */
  reraiseUncaught?: boolean;
  /**
   * Whether the contextual and the debug handler fold away the calls that are not the application's own: those of Node, of
   * packages and of Nest.
   * @default true
   */
  hideInternalFrames?: boolean;
  /**
   * Names under which secrets are kept, beside the usual ones: texts that the name contains, or patterns that it matches. The
   * contextual and the debug handler show their values nowhere.
   * @default none
   */
  redact?: (string | RegExp)[];
}

/** What the module tells its handlers. */
export interface RenderingSettings {
  /** How the application wants its handlers to go about their work. */
  readonly options: ErrorHandlerOptions;
  /** Every representation there is, the preferred one first. */
  readonly renderers: readonly Renderer[];
  /** What the paths of catalogued errors are appended to; undefined for the origin of the request. */
  readonly problemTypeBase: string | undefined;
  /** Where the catalogue explains the error of a name; undefined while the catalogue is closed. */
  readonly catalogued: CataloguedPaths | undefined;
  /** Whether the contextual handler may run in production. */
  readonly allowInProduction: boolean;
}

/**
 * What is known where an error was thrown that nobody made for a client. Each is found out when it is read: a copy by
 * `{ ...context }` has the request alone.
 */
export interface UncaughtContext {
  readonly request: ErrorRequest;
  readonly route: TakenRoute | null;
  readonly application: HostApplication;
}

/**
 * Decides what is answered when something went wrong. This one says as little as possible, for production; a host changes
 * what it wants by overriding a member in a class of its own, which Nest makes, so that it may inject what it needs.
 */
export class ErrorHandler {
  /** What is answered where there is nothing. */
  readonly notFoundType: HttpErrorClass = NotFound;
  /** What is answered where there is something, for other methods. */
  readonly methodNotAllowedType: typeof MethodNotAllowed = MethodNotAllowed;
  /** What is answered for an error that nobody made for a client. */
  readonly serverErrorType: HttpErrorClass = InternalServerError;
  /** What is found out about an error that is reported. */
  readonly excInfoType: new (thrown: unknown) => ExceptionInfo = ExceptionInfo;
  /** How it goes about its work wherever it is used; the application's own wishes count for what is not said here. */
  options: ErrorHandlerOptions = {};
  /**
   * The settings of the application that it works for. One that several applications share is told anew whenever another
   * asks, so what goes on after an `await` keeps what it needs of them.
   */
  settings: RenderingSettings = {
    options: {},
    renderers,
    problemTypeBase: undefined,
    catalogued: undefined,
    allowInProduction: false,
  };

  /** How it goes about its work in the application that it works for. */
  get effectiveOptions(): ErrorHandlerOptions {
    return { ...this.settings.options, ...this.options };
  }

  /** Every representation there is, the preferred one first. */
  get renderers(): readonly Renderer[] {
    return this.settings.renderers;
  }

  /** Makes an answer of an error, in the representation that the client asks for or the error insists on. */
  renderError(request: ErrorRequest, error: HttpError): RenderedError {
    const offered = this.renderers;
    const pinned = error.mimetype ?? error.contentType;
    const renderer = pinned === null ? negotiateAmong(offered, request.headers.accept) : rendererOf(pinned, offered);
    const context = new RequestContext(request, this.settings);
    const { body, contentType, headers } = representBy(renderer, error, context);
    const type =
      error.contentType !== null && isSendable('Content-Type', error.contentType) ? error.contentType : contentType;
    const all = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', 'Content-Type': type };
    const more =
      headers === undefined && isEmpty(error.headers) ? undefined : { ...headers, ...sendable(error.headers) };
    return {
      status: error.code,
      headers: more === undefined ? all : { ...all, ...more, 'Content-Type': type },
      body,
    };
  }

  /** Makes an error for the client of one that nobody made for it. */
  uncaughtToResponse(thrown: unknown, _context: UncaughtContext): HttpError {
    return answerTo(thrown, this.serverErrorType);
  }

  /**
   * Makes an error where no route took a request.
   * @param allowed the methods that the address is answered to, `OPTIONS` among them; none where there is nothing.
   * @param _routes all routes, in the order in which they were tried.
   */
  routingError(_request: ErrorRequest, allowed: readonly string[], _routes: readonly KnownRoute[]): HttpError {
    return allowed.length === 0 ? new this.notFoundType() : new this.methodNotAllowedType(allowed);
  }

  /**
   * Is called once the application has started, for a handler that needs something around it.
   * @returns what takes that away again when the application stops.
   */
  wrapApplication(_application: HostApplication): Cleanup | undefined | Promise<Cleanup | undefined> {
    return undefined;
  }
}

/** What a problem tells of its request, found out only for those representations that tell it. */
class RequestContext implements ProblemContext {
  constructor(
    private readonly request: ErrorRequest,
    private readonly settings: RenderingSettings,
  ) {}

  get requestId(): string | undefined {
    return this.request.requestId;
  }

  get traceId(): string | undefined {
    return this.request.traceId;
  }

  get problemTypeBase(): string | undefined {
    const { problemTypeBase, catalogued } = this.settings;
    if (problemTypeBase !== undefined || catalogued?.areServed !== true) return problemTypeBase;
    // A client may call the host anything: what is no address is left out, and the path stands alone.
    return URL.canParse(this.request.origin) ? new URL(this.request.origin).origin : '';
  }

  get pathOfCatalogued(): ProblemContext['pathOfCatalogued'] {
    return this.settings.catalogued?.of;
  }
}

/** What says how the body is sent, which whoever makes an error cannot know. */
const FRAMING_HEADERS: readonly string[] = ['content-encoding', 'content-length', 'trailer', 'transfer-encoding'];

function sendable(headers: HttpError['headers']): HttpError['headers'] {
  const valid = Object.entries(headers).filter(
    ([name, value]) =>
      !FRAMING_HEADERS.includes(name.toLowerCase()) && [value].flat().every((text) => isSendable(name, text)),
  );
  return Object.fromEntries(valid);
}

function isEmpty(headers: HttpError['headers']): boolean {
  for (const name in headers) if (Object.hasOwn(headers, name)) return false;
  return true;
}

/** Node throws at a header that would break out of its line; an error that asks for one is answered without it. */
function isSendable(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
