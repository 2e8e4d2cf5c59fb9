import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { lines, type LogLines, timeNow } from './log-lines.js';

/** Where Node tells of every answer that has gone out; listening at each answer by itself costs more than its line. */
const FINISHED = 'http.server.response.finish';

/** Where a request bears what its line needs. */
const NOTED = Symbol('noted');

/** What the line of a request says of it. */
interface LoggedRequest {
  readonly id: string;
  /** The address of the client, as far as the proxies on the way are trusted. */
  readonly ip: string;
  readonly method: string;
  readonly url: string;
}

interface Noted {
  readonly request: LoggedRequest;
  /** By the clock of `performance.now()`. */
  readonly begun: number;
}

interface Notable extends IncomingMessage {
  [NOTED]?: Noted;
}

interface Finished {
  readonly request: Notable;
  readonly response: ServerResponse;
  readonly server: unknown;
}

/** Takes note of a request that has come in, for its line. */
export function noteRequest(raw: Notable, request: LoggedRequest): void {
  raw[NOTED] = { request, begun: performance.now() };
}

/** Writes a line for every request that was noted, once its answer has gone out. */
export function logRequests(server: NodeJS.EventEmitter, logger: Logger): void {
  const listener = (message: unknown): void => {
    const { request, response, server: its } = message as Finished;
    const noted = its === server ? request[NOTED] : undefined;
    if (noted !== undefined) logRequest(noted, response.statusCode, logger, lines());
  };
  subscribe(FINISHED, listener);
  server.once('close', () => unsubscribe(FINISHED, listener));
}

/**
 * The line that is written for a request. It is put together by hand, in pino's form: pino takes twice as long for it,
 * which is a tenth of all that a cached answer costs.
 */
function logRequest({ request, begun }: Noted, status: number, logger: Logger, output: LogLines): void {
  const level = status >= 500 ? 'error' : 'info';
  if (!logger.isLevelEnabled(level)) return;
  const { id, ip, method, url } = request;
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  const duration = Math.round((performance.now() - begun) * 1000) / 1000;
  output.write(
    `{"level":"${level}","time":"${timeNow()}","request_id":"${id}","remote_address":${JSON.stringify(ip)},"method":"${method}",` +
      `"path":${JSON.stringify(path)},"status":${status},"duration_ms":${duration},"msg":"request"}\n`,
  );
}
