import { Logger } from '@nestjs/common';
import type { HttpError } from '../exceptions/http-error.js';
import { ExceptionInfo } from '../inspection/exception-info.js';
import type { ErrorRequest } from './error-request.js';

/** How much of a detail the log has, in characters. */
const MAX_DETAIL = 1_000;

type InfoType = new (thrown: unknown) => ExceptionInfo;

/** Writes an error to the log: the server's own with everything that is known of it, a client's in one line. */
export function report(
  error: HttpError,
  request: ErrorRequest,
  infoType: InfoType,
  logger: Logger,
  thrown?: Thrown,
): void {
  tell(error, infoType, logger, () => ({
    occurrence: occurrenceOf(error, request),
    what: `${request.method} ${pathOf(request)} was answered with ${error.code}`,
    thrown,
  }));
}

/** Does the same for an error of a handler that answers no HTTP, such as one for messages (`rpc`). */
export function reportElsewhere(error: HttpError, context: string, infoType: InfoType, logger: Logger): void {
  tell(error, infoType, logger, () => ({
    occurrence: error.occurrence,
    what: `A ${context} handler failed with ${error.code}`,
  }));
}

interface Happening {
  readonly occurrence: string;
  readonly what: string;
  readonly thrown?: Thrown | undefined;
}

/** What was thrown, where it is not the error itself; it may be undefined. */
export interface Thrown {
  readonly value: unknown;
}

function tell(error: HttpError, infoType: InfoType, logger: Logger, describe: () => Happening): void {
  const isOurs = error.code >= 500;
  // A stack is put into words when it is first read, which costs as much as the answer itself: only if somebody reads it.
  if (!Logger.isLevelEnabled(isOurs ? 'error' : 'debug')) return;
  write(() => {
    const { occurrence, what, thrown } = describe();
    if (!isOurs) logger.debug(`${what}: ${saidBy(error)}`);
    else if (thrown !== undefined) logger.error(`${occurrence}: ${what}.`, lookAt(thrown.value, infoType));
    else logger.error(`${occurrence}: ${what}: ${saidBy(error)}`, traceOf(error, infoType));
  });
}

/** Writes to the log what went wrong after an error, or where no answer could say so any more. */
export function reportThrown(thrown: unknown, sentence: string, infoType: InfoType, logger: Logger): void {
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
