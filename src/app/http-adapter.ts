import type { Socket } from 'node:net';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { lines } from './log-lines.js';
import { requestIdOf } from './request-id.js';
import { logRequest } from './request-log.js';
import { securityHeaders } from './security-headers.js';

/** The largest body, in bytes. */
const BODY_LIMIT = 1_048_576;

/** How long a client may take to send a request, in milliseconds. */
const REQUEST_TIMEOUT = 30_000;

/** No name in a path of the catalogue is longer than a job type's, each character of which may be three escaped bytes. */
const MAX_PARAM_LENGTH = 250 * 12;

/** Fastify, set up for the service. */
export function createHttpAdapter({ trustProxy }: Pick<Config, 'trustProxy'>): FastifyAdapter {
  return new FastifyAdapter({
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_PARAM_LENGTH },
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    trustProxy,
    // The service has no middleware of Express's kind, which would have to be asked for at every request.
    skipMiddie: true,
    // What still comes over an open connection while the service stops is answered like the rest.
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: requestIdOf,
    frameworkErrors: (error: FastifyError, _: FastifyRequest, reply: FastifyReply) => {
      void reply.code(error.statusCode ?? 400).send({ detail: error.message });
    },
    clientErrorHandler: refuseUnreadable,
  });
}

/** What every answer carries, and the line that is logged for it. */
export function addHttpHooks(app: NestFastifyApplication, logger: Logger): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
      reply.headers(securityHeaders).header('x-request-id', request.id);
      done();
    })
    .addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
      logRequest(request, reply, logger, lines());
      done();
    });
}

const UNREADABLE: Readonly<Record<string, readonly [status: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'The address and the headers are larger than 16 KB together.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    '408 Request Timeout',
    `The request did not arrive within ${REQUEST_TIMEOUT / 1000} seconds.`,
  ],
};

/** Answers what is no HTTP, and therefore reaches no route. */
function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const [status, detail] = UNREADABLE[error.code ?? ''] ?? ['400 Bad Request', 'The request is not well-formed HTTP.'];
  const body = JSON.stringify({ detail });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
