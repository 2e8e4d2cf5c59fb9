import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { RequestHeaderFieldsTooLarge } from '../../exceptions/additional-errors.js';
import { BadRequest, RequestTimeout } from '../../exceptions/client-errors.js';
import type { HttpError } from '../../exceptions/http-error.js';

/**
 * Answers what is no HTTP, or came too slowly, and therefore reaches no route: for the `clientError` event of a server. The
 * answer is a problem, because what the client accepts was never read, and the connection is closed.
 */
export function answerUnreadable(failure: Error & { readonly code?: string }, socket: Socket): void {
  if (failure.code === 'ECONNRESET' || !socket.writable) return;
  const error = errorFor(failure.code);
  const { headers, body } = problemOf(error);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${error.code} ${STATUS_CODES[error.code] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}

/** What Node's server has besides its types: whether it answers requests without a host by itself, with no body. */
type HostCheckingServer = Server & { requireHostHeader?: boolean };

/** Answers requests of HTTP/1.1 that name no host (RFC 9112, section 3.2), where the server would say nothing but 400. */
export function answerHostless(server: HostCheckingServer): void {
  if (server.requireHostHeader !== true) return;
  server.requireHostHeader = false;
  const listeners = server.listeners('request') as ((...exchange: unknown[]) => unknown)[];
  server.removeAllListeners('request').on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.headers.host === undefined && request.httpVersion === '1.1') refuseHostless(response);
    else for (const listener of listeners) Reflect.apply(listener, server, [request, response]);
  });
}

function refuseHostless(response: ServerResponse): void {
  const error = new BadRequest('The request has no Host header, which HTTP/1.1 wants. Send one.');
  const { headers, body } = problemOf(error);
  response.writeHead(error.code, headers).end(body);
}

function problemOf(error: HttpError): { readonly headers: Record<string, string>; readonly body: string } {
  const body = JSON.stringify(error.toProblem());
  return {
    headers: {
      'Content-Type': 'application/problem+json',
      'Content-Length': String(Buffer.byteLength(body)),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      Connection: 'close',
    },
    body,
  };
}

function errorFor(code: string | undefined): HttpError {
  if (code === 'HPE_HEADER_OVERFLOW') return new RequestHeaderFieldsTooLarge();
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new RequestTimeout();
  return new BadRequest('The request is not well-formed HTTP.');
}
