import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { errataFastifyOptions } from '../index.js';
import type { Config } from './config.js';
import { BODY_LIMIT, readBodies } from './request-bodies.js';
import { requestIdOf } from './request-id.js';
import { logRequests, noteRequest } from './request-log.js';
import { securityHeaders } from './security-headers.js';

/** How long a client may take to send a request, in milliseconds. */
const REQUEST_TIMEOUT = 30_000;

/** No name in a path of the catalogue is longer than a job type's, each character of which may be three escaped bytes. */
const MAX_PARAM_LENGTH = 250 * 12;

/** Fastify, set up for the service. */
export function createHttpAdapter({ trustProxy }: Pick<Config, 'trustProxy'>): FastifyAdapter {
  const own = errataFastifyOptions();
  const adapter = new FastifyAdapter({
    ...own,
    // Fastify runs no hooks for an address that it cannot read.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      begin(request, reply);
      own.frameworkErrors(error, request, reply);
    },
    routerOptions: { ...own.routerOptions, maxParamLength: MAX_PARAM_LENGTH },
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    trustProxy,
    // The service has no middleware of Express's kind, which would have to be asked for at every request.
    skipMiddie: true,
    // What still comes over an open connection while the service stops is answered like the rest.
    return503OnClosing: false,
    // Every body is read against the names of its fields, which then tells of such names as of any other that is unknown.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    requestIdHeader: false,
    genReqId: requestIdOf,
  });
  readBodies(adapter.getInstance());
  return adapter;
}

/** What every answer carries, and the line that is logged for it. */
export function addHttpHooks(app: NestFastifyApplication, logger: Logger): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    begin(request, reply);
    done();
  });
  logRequests(fastify.server, logger);
}

function begin(request: FastifyRequest, reply: FastifyReply): void {
  noteRequest(request.raw, request);
  reply.headers(securityHeaders).header('x-request-id', request.id);
}
