import { Logger } from '@nestjs/common';
import type { ErrorReports, ServerErrorReport } from '../exceptions/error-reports.js';
import type { HttpError } from '../exceptions/http-error.js';
import { ExceptionInfo } from '../inspection/exception-info.js';
import type { ErrorRequest } from './error-request.js';

/** How much of a detail the log has, in characters. */
const MAX_DETAIL = 1_000;

type InfoType = new (thrown: unknown) => ExceptionInfo;

/** Where errors are reported to. */
export interface ReportDesk {
  readonly logger: Logger;
  /** Who keeps a log, if somebody does. */
  readonly reports: ErrorReports | undefined;
  /** The id of a catalogued error. */
  readonly idOf: (errorType: string) => number | null;
}

/** Writes an error to the log: the server's own with everything that is known of it, a client's in one line. */
export function report(
  error: HttpError,
  request: ErrorRequest,
  infoType: InfoType,
  desk: ReportDesk,
  thrown?: Thrown,
): void {
  tell(error, infoType, desk, () => ({
    occurrence: occurrenceOf(error, request),
    what: `${request.method} ${pathOf(request)} was answered with ${error.code}`,
    thrown,
    request,
  }));
}

/** Does the same for an error of a handler that answers no HTTP, such as one for messages (`rpc`). */
export function reportElsewhere(error: HttpError, context: string, infoType: InfoType, desk: ReportDesk): void {
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

function tell(error: HttpError, infoType: InfoType, desk: ReportDesk, describe: () => Happening): void {
  const isOurs = error.code >= 500;
  const { logger, reports } = desk;
  // A stack is put into words when it is first read, which costs as much as the answer itself: only if somebody reads it.
  if (!Logger.isLevelEnabled(isOurs ? 'error' : 'debug') && !(isOurs && reports !== undefined)) return;
  write(() => {
    const { occurrence, what, thrown, request } = describe();
    if (!isOurs) {
      logger.debug(`${what}: ${saidBy(error)}`);
      return;
    }
    const message = `${occurrence}: ${what}${thrown === undefined ? `: ${saidBy(error)}` : '.'}`;
    const stacktrace = thrown === undefined ? traceOf(error, infoType) : lookAt(thrown.value, infoType);
    const print = (): void => logger.error(message, stacktrace);
    if (reports === undefined) print();
    else reports.tell({ message, stacktrace, ...knownOf(error, desk, request) }, print);
  });
}

/** What can be searched for. */
function knownOf(
  { errorType, code, occurrence }: HttpError,
  { idOf }: ReportDesk,
  request: ErrorRequest | undefined,
): Omit<ServerErrorReport, 'message' | 'stacktrace'> {
  const route = request?.route;
  return {
    errorId: errorType === null ? null : idOf(errorType),
    requestId: request?.requestId ?? null,
    traceId: request?.traceId ?? null,
    context: {
      occurrence,
      status: code,
      ...(errorType === null ? {} : { errorType }),
      ...(request === undefined ? {} : { method: request.method, path: pathOf(request) }),
      ...(route == null ? {} : { route: route.path }),
    },
  };
}

/** Writes to the log what went wrong after an error, or where no answer could say so any more. */
export function reportThrown(thrown: unknown, sentence: string, infoType: InfoType, { logger }: ReportDesk): void {
  write(() => logger.error(sentence, lookAt(thrown, infoType)));
}

/** A log that cannot be written must not keep the answer from the client. */
function write(tell: () => void): void {
  try {
    tell();
  } catch {
    // There is nobody left who could be told.
  }
}

/** What an error says to the client, which is what its developer wrote. */
function saidBy({ message, detail }: HttpError): string {
  return typeof detail === 'string' ? `${message}: ${detail.slice(0, MAX_DETAIL)}` : message;
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
