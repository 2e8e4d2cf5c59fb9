import { type ArgumentsHost, Logger, NotFoundException } from '@nestjs/common';
import { BadRequest } from '../exceptions/client-errors.js';
import { HttpError, withoutStack } from '../exceptions/http-error.js';
import { InternalServerError } from '../exceptions/server-errors.js';
import { ExceptionInfo } from '../inspection/exception-info.js';
import { adopt, isNoError } from './adopt.js';
import type { ErrorHandler, UncaughtContext } from './error-handler.js';
import type { ErrorRequest, Exchange, RenderedError, TakenRoute } from './error-request.js';
import type { HandlerChoices } from './handler-choices.js';
import type { HostApplication } from './host-application.js';
import { answerElsewhere, FailureElsewhere, isAtHome, passOn } from './other-contexts.js';
import { answerTo } from './registered-errors.js';
import { report, reportBegun, type ReportDesk, reportElsewhere, reportThrown, type Thrown } from './report.js';
import { allowedMethods, type RouteTable } from './route-table.js';
import { withStatus } from './validation-errors.js';

/** What goes out when not even an error can be shown. */
const LAST_RESORT = {
  status: 500,
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  },
  body: '500 - Internal server error\n',
};

/** What the answers need to know of the application. */
export interface Surroundings {
  application(): HostApplication;
  routes(): RouteTable;
  readonly choices: HandlerChoices;
  /** What Nest itself does about an error. */
  reraise(thrown: unknown, host: ArgumentsHost): void;
}

/** Answers whatever was thrown, on every way that leads there. */
export class ErrorAnswers {
  private readonly desk: ReportDesk;
  /** The error of a route that let those after it have their try. */
  private readonly pending = new WeakMap<object, HttpError>();

  constructor(private readonly surroundings: Surroundings) {
    const { reports, idOf } = surroundings.choices;
    this.desk = { logger: new Logger('Errors'), reports, idOf };
  }

  /** Never throws, and is done when it returns. */
  answer(thrown: unknown, exchange: Exchange, host?: ArgumentsHost): void {
    try {
      this.decide(thrown, exchange, host);
    } catch (failure) {
      this.giveUp(failure, thrown, exchange);
    }
  }

  /** Tells of an error where there is no HTTP. */
  answerElsewhere(thrown: unknown, host: ArgumentsHost): unknown {
    if (isAtHome(thrown, host)) return passOn(thrown, host);
    return answerElsewhere(this.failureOf(thrown, host.getType<string>()), host);
  }

  /** No route answered: because there is none, or none for this method, or because one let the others have their try. */
  answerNothingFound(exchange: Exchange): void {
    const handler = this.surroundings.choices.for(exchange);
    const pending = this.pending.get(exchange.raw as object);
    const allowed = allowedMethods(this.surroundings.routes(), pathOf(exchange));
    const { method } = exchange;
    if (pending !== undefined) this.send(pending, exchange, handler);
    else if (allowed.length > 0 && method === 'OPTIONS') exchange.send(methodsAnswer(allowed));
    else {
      // A route may refuse a request that its router gave it, for its host or its version: the method is not to blame.
      const others = allowed.includes(method) ? [] : allowed;
      this.send(handler.routingError(exchange, others, this.surroundings.routes().routes()), exchange, handler);
    }
  }

  /** Reports an error of an answer that has begun, which somebody else brings to an end. */
  reportBegun(thrown: unknown, exchange: Exchange): void {
    if (exchange.isBegun) reportBegun(thrown, exchange, this.surroundings.choices.application.excInfoType, this.desk);
  }

  private decide(thrown: unknown, exchange: Exchange, host: ArgumentsHost | undefined): void {
    if (isRoutingFailure(thrown, exchange)) {
      this.answerNothingFound(exchange);
      return;
    }
    if (host !== undefined && isNoError(thrown)) {
      this.surroundings.reraise(thrown, host);
      return;
    }
    const handler = this.surroundings.choices.for(exchange);
    const error = isBrokenOff(thrown, exchange) ? brokenOff(thrown) : this.adopted(thrown);
    if (error === null) this.answerUncaught(thrown, exchange, handler, host);
    else if (error.isBreaking || exchange.passOn === null || exchange.isBegun) this.send(error, exchange, handler);
    else {
      this.pending.set(exchange.raw as object, error);
      exchange.passOn();
    }
  }

  private answerUncaught(thrown: unknown, exchange: Exchange, handler: ErrorHandler, host?: ArgumentsHost): void {
    if (host !== undefined && handler.effectiveOptions.reraiseUncaught === true) {
      this.surroundings.reraise(thrown, host);
      return;
    }
    this.send(this.madeBy(handler, thrown, exchange), exchange, handler, { value: thrown });
  }

  /** What a handler makes, or ours where it fails to. */
  private madeBy(handler: ErrorHandler, thrown: unknown, exchange: Exchange): HttpError {
    try {
      const made: unknown = handler.uncaughtToResponse(thrown, new Uncaught(exchange, this.surroundings));
      if (made instanceof HttpError) return made;
      throw new TypeError(`uncaughtToResponse gave ${typeof made} and has to give an HttpError.`);
    } catch (failure) {
      const sentence = 'An error handler failed; the default one takes its place';
      reportThrown(failure, sentence, ExceptionInfo, this.desk, exchange);
      return withoutStack(() => new InternalServerError(undefined, { cause: thrown }));
    }
  }

  private adopted(thrown: unknown): HttpError | null {
    try {
      const error = adopt(thrown);
      return error === null ? null : withStatus(error, this.surroundings.choices.settings.validationStatus);
    } catch {
      // It defends itself against being looked at: whoever threw it made it for nobody.
      return null;
    }
  }

  private failureOf(thrown: unknown, context: string): FailureElsewhere {
    const adopted = this.adopted(thrown);
    try {
      if (adopted !== null) return this.reported(adopted, context);
    } catch {
      // It refuses to be shown, and is answered for like any other that nobody made for a client.
    }
    // A handler makes its own errors for requests over HTTP, of which there is none.
    return this.reported(answerTo(thrown, InternalServerError), context);
  }

  private reported(error: HttpError, context: string): FailureElsewhere {
    const failure = withoutStack(() => new FailureElsewhere(error));
    reportElsewhere(error, context, this.surroundings.choices.application.excInfoType, this.desk);
    return failure;
  }

  private send(error: HttpError, exchange: Exchange, handler: ErrorHandler, thrown?: Thrown): void {
    error.cameFrom(() => describeRoute(exchange));
    report(error, exchange, handler.excInfoType, this.desk, thrown);
    if (exchange.isOver || exchange.isGone) return;
    if (exchange.isBegun) exchange.destroy();
    else exchange.send(handler.renderError(exchange, error));
  }

  private giveUp(failure: unknown, thrown: unknown, exchange: Exchange): void {
    try {
      reportThrown(
        failure,
        `${exchange.method} ${pathOf(exchange)}: an error could not be answered as it should, for this reason`,
        this.surroundings.choices.application.excInfoType,
        this.desk,
        exchange,
      );
      if (exchange.isOver || exchange.isGone) return;
      if (exchange.isBegun) exchange.destroy();
      else exchange.send(LAST_RESORT);
    } catch {
      exchange.destroy();
    }
  }
}

/** What a path answers to OPTIONS when no route of its own does (RFC 9110, section 9.3.7). */
function methodsAnswer(allowed: readonly string[]): RenderedError {
  return { status: 204, headers: { Allow: allowed.join(', ') }, body: '' };
}

/** What a handler may ask, found out when it does: most ask for nothing. An object with getters of its own is dear to make. */
class Uncaught implements UncaughtContext {
  constructor(
    readonly request: ErrorRequest,
    private readonly surroundings: Surroundings,
  ) {}

  get route(): TakenRoute | null {
    return this.request.route;
  }

  get application(): HostApplication {
    return this.surroundings.application();
  }
}

/** Nest says in this way that no route took a request. */
function isRoutingFailure(thrown: unknown, exchange: Exchange): boolean {
  try {
    return (
      thrown instanceof NotFoundException &&
      Object.getPrototypeOf(thrown) === NotFoundException.prototype &&
      thrown.message === `Cannot ${exchange.method} ${exchange.url}`
    );
  } catch {
    return false;
  }
}

/** Whether the client went while its request was still being read: Node fails whoever reads it with an error of its own. */
function isBrokenOff(thrown: unknown, { isGone, readingFailure }: Exchange): boolean {
  const { code } = (readingFailure ?? {}) as NodeJS.ErrnoException;
  return isGone && thrown === readingFailure && code === 'ECONNRESET';
}

function brokenOff(cause: unknown): HttpError {
  return withoutStack(() => new BadRequest('The request broke off before all of it had come.', { cause }));
}

/** A route as `GET /v6/errors/:id`. */
function describeRoute({ route }: Exchange): string | null {
  return route === null ? null : `${route.method} ${route.path}`;
}

function pathOf({ url }: Exchange): string {
  // Asked as a proxy is asked, the path comes after a host (RFC 9112, section 3.2.2).
  return (url.split('?', 1)[0] ?? url).replace(/^https?:\/\/[^/]*/i, '');
}
