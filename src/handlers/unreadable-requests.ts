import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { RequestHeaderFieldsTooLarge } from '../exceptions/additional-errors.js';
import { BadRequest, RequestTimeout } from '../exceptions/client-errors.js';
import type { HttpError } from '../exceptions/http-error.js';

/**
 * Answers what is no HTTP, or came too slowly, and therefore reaches no route: for the `clientError` event of a server. The
 * answer is a problem, because what the client accepts was never read, and the connection is closed.
 */
export function answerUnreadable(failure: Error & { readonly code?: string }, socket: Socket): void {
  if (failure.code === 'ECONNRESET' || !socket.writable) return;
  const error = errorFor(failure.code);
  const body = JSON.stringify(error.toProblem());
  socket.end(
    `HTTP/1.1 ${error.code} ${STATUS_CODES[error.code] ?? ''}\r\n` +
      `Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      'Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n' +
      body,
  );
}

function errorFor(code: string | undefined): HttpError {
  if (code === 'HPE_HEADER_OVERFLOW') return new RequestHeaderFieldsTooLarge();
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new RequestTimeout();
  return new BadRequest('The request is not well-formed HTTP.');
}
