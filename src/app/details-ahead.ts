import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ErrorDetails, ErrorsService } from '../catalog.js';
import type { Config } from './config.js';
import { requestIdOf } from './request-id.js';
import { noteRequest } from './request-log.js';
import { securityHeaders } from './security-headers.js';
import { clientAddresses } from './trusted-proxies.js';

/** Names and values in turns. */
const SECURITY_FIELDS: readonly string[] = Object.entries(securityHeaders).flat();

/** The address of an error that can be in memory. */
const DETAILS = /^\/v[67]\/errors\/(\d{1,10})\/?$/;

/**
 * Has the details of an error that is in memory answered ahead of Fastify and Nest, which take as long for it as all the
 * rest. It is the controller's own answer, and nothing else stands on the way to it: the route has no guard, pipe or
 * interceptor. Whatever else may come of a request goes by them.
 */
export function answerDetailsAhead(app: NestFastifyApplication, { trustProxy }: Pick<Config, 'trustProxy'>): void {
  const errors = app.get(ErrorsService);
  const details = app.get(ErrorDetails);
  const addressOf = clientAddresses(trustProxy);
  const server: Server = app.getHttpServer();

  const isAnswered = (request: IncomingMessage, response: ServerResponse): boolean => {
    const { method = '', url = '', headers } = request;
    // While the service stops, Fastify tells clients to let go of their connections.
    const id = method === 'GET' && server.listening ? DETAILS.exec(url)?.[1] : undefined;
    const error = id === undefined ? null : errors.peekError(Number(id));
    if (error === null) return false;
    const requestId = requestIdOf(request);
    noteRequest(request, { id: requestId, ip: addressOf(request), method, url });
    const { status, etag, link, contentType, body } = details.answerTo({ originalUrl: url, headers }, error);
    // As a list, since putting objects together takes longer than all the rest.
    const fields = [...SECURITY_FIELDS, 'x-request-id', requestId];
    if (link !== undefined) fields.push('link', link);
    fields.push('etag', etag);
    if (contentType !== undefined) fields.push('content-type', contentType);
    if (body !== undefined) fields.push('content-length', String(Buffer.byteLength(body)));
    response.writeHead(status, fields).end(body);
    return true;
  };

  const listeners = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  server.removeAllListeners('request').on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isAnswered(request, response)) return;
    for (const listener of listeners) Reflect.apply(listener, server, [request, response]);
  });
}
