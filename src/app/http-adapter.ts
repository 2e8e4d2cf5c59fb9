import type { Socket } from 'node:net';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from '@fastify/helmet';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { requestIdOf } from './request-id.js';

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
export async function addHttpHooks(app: NestFastifyApplication, logger: Logger): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The OpenAPI page brings styles of its own.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Whether the host is reached by TLS at all is for the proxy in front of the service to say.
    strictTransportSecurity: false,
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
      reply.header('X-Request-Id', request.id);
      done();
    })
    .addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
      logger[reply.statusCode >= 500 ? 'error' : 'info'](
        {
          request_id: request.id,
          remote_address: request.ip,
          method: request.method,
          path: request.url.split('?', 1)[0],
          status: reply.statusCode,
          duration_ms: Math.round(reply.elapsedTime * 1000) / 1000,
        },
        'request',
      );
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
