import { Logger } from '@nestjs/common';
import type { ErrorReports, ServerErrorReport } from '../exceptions/error-reports.js';
import type { HttpError } from '../exceptions/http-error.js';
import { ExceptionInfo } from '../inspection/exception-info.js';
import { showable, showableLine } from '../rendering/showable.js';
import type { ErrorRequest, Exchange } from './error-request.js';
import { reportMessage, saidBy } from './report-message.js';

type InfoType = new (thrown: unknown) => ExceptionInfo;

/** Where errors are reported to. */
export interface ReportDesk {
  readonly logger: Logger;
  /** Who keeps a log, if somebody does. */
  readonly reports: ErrorReports | undefined;
  /** The id of a catalogued error. */
  readonly idOf: (errorType: string) => number | null;
}

const FAILED_LATE = 'failed after its answer had begun';

/** Writes an error to the log: the server's own with everything that is known of it, a client's in one line. */
export function report(
  error: HttpError,
  request: Exchange,
  infoType: InfoType,
  desk: ReportDesk,
  thrown?: Thrown,
): void {
  if (!isRead(error, desk)) return;
  tell(error, infoType, desk, () => ({
    occurrence: occurrenceOf(error, request),
    what: `${request.method} ${pathOf(request)} ${outcomeOf(error, request)}`,
    thrown,
    request,
  }));
}

function outcomeOf({ code }: HttpError, { isBegun, isGone }: Exchange): string {
  if (isBegun) return FAILED_LATE;
  return isGone ? `failed with ${code} when its client was gone` : `was answered with ${code}`;
}

/** Does the same for an error of a handler that answers no HTTP, such as one for messages (`rpc`). */
export function reportElsewhere(error: HttpError, context: string, infoType: InfoType, desk: ReportDesk): void {
  if (!isRead(error, desk)) return;
  tell(error, infoType, desk, () => ({
    occurrence: error.occurrence,
    what: `A ${context} handler failed with ${error.code}`,
  }));
}

interface Happening {
  readonly occurrence: string;
  readonly what: string;
  readonly thrown?: Thrown | undefined;
  readonly request?: ErrorRequest;
}

/** What was thrown, where it is not the error itself; it may be undefined. */
export interface Thrown {
  readonly value: unknown;
}

/** A stack is put into words when it is first read, which costs as much as the answer itself: only if somebody reads it. */
function isRead(error: HttpError, { reports }: ReportDesk): boolean {
  const isOurs = error.code >= 500;
  return Logger.isLevelEnabled(isOurs ? 'error' : 'debug') || (isOurs && reports !== undefined);
}

function tell(error: HttpError, infoType: InfoType, desk: ReportDesk, describe: () => Happening): void {
  const isOurs = error.code >= 500;
  const { logger, reports } = desk;
  write(() => {
    const { occurrence, what, thrown, request } = describe();
    if (!isOurs) {
      logger.debug(`${what}: ${showableLine(saidBy(error))}`);
      return;
    }
    const line = `${occurrence}: ${what}${thrown === undefined ? `: ${showableLine(saidBy(error))}` : '.'}`;
    const stacktrace = thrown === undefined ? traceOf(error, infoType) : lookAt(thrown.value, infoType);
    // What a client sent may be in it: it must not write lines of its own into a terminal, nor act on it.
    const print = (): void => logger.error(line, showable(stacktrace));
    if (reports === undefined) print();
    else {
      // Its ids have columns of their own.
      const message = reportMessage(stacktrace, what, thrown === undefined ? error : undefined);
      reports.tell({ message, stacktrace, ...knownOf(error, desk, request) }, print);
    }
  });
}

/** What is known of a report beside its texts. */
type Known = Omit<ServerErrorReport, 'message' | 'stacktrace'>;

/** What can be searched for. */
function knownOf({ errorType, code, occurrence }: HttpError, { idOf }: ReportDesk, request?: ErrorRequest): Known {
  const { requestId, traceId, context } = knownOfRequest(request);
  return {
    errorId: errorType === null ? null : idOf(errorType),
    requestId,
    traceId,
    context: { occurrence, status: code, ...(errorType === null ? {} : { errorType }), ...context },
  };
}

function knownOfRequest(request: ErrorRequest | undefined): Known {
  if (request === undefined) return { errorId: null, requestId: null, traceId: null, context: {} };
  const { method, route, requestId = null, traceId = null } = request;
  const context = { method, path: pathOf(request), ...(route === null ? {} : { route: route.path }) };
  return { errorId: null, requestId, traceId, context };
}

/** Writes to the log what failed in an answer that had begun, which somebody else brings to an end. */
export function reportBegun(thrown: unknown, request: ErrorRequest, infoType: InfoType, desk: ReportDesk): void {
  reportThrown(thrown, `${request.method} ${pathOf(request)} ${FAILED_LATE}`, infoType, desk, request);
}

/** Writes to the log what went wrong after an error, or where no answer could say so any more. */
export function reportThrown(
  thrown: unknown,
  sentence: string,
  infoType: InfoType,
  { logger, reports }: ReportDesk,
  request?: ErrorRequest,
): void {
  write(() => {
    const stacktrace = lookAt(thrown, infoType);
    const print = (): void => logger.error(`${sentence}.`, showable(stacktrace));
    if (reports === undefined) print();
    else reports.tell({ message: reportMessage(stacktrace, sentence), stacktrace, ...knownOfRequest(request) }, print);
  });
}

/** A log that cannot be written must not keep the answer from the client. */
function write(tell: () => void): void {
  try {
    tell();
  } catch {
    // There is nobody left who could be told.
  }
}

/** An error without a stack of its own was made for the one that caused it. */
function traceOf(error: HttpError, infoType: InfoType): string {
  const isOwn = error.cause === undefined || (error.stack?.includes('\n    at ') ?? false);
  return lookAt(isOwn ? error : error.cause, infoType);
}

/** A handler's own way to look may fail; ours does not. */
function lookAt(thrown: unknown, infoType: InfoType): string {
  try {
    return new infoType(thrown).toString();
  } catch {
    return new ExceptionInfo(thrown).toString();
  }
}

function occurrenceOf(error: HttpError, { requestId }: ErrorRequest): string {
  return requestId === undefined ? error.occurrence : `${error.occurrence} (request ${requestId})`;
}

/** Without the query, which may hold what is no log's business. */
function pathOf({ url }: ErrorRequest): string {
  return url.split('?', 1)[0] ?? url;
}
