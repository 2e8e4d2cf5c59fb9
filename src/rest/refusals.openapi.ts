import { TooManyRequests } from '../exceptions/additional-errors.js';
import { Forbidden, RequestEntityTooLarge, Unauthorized, UnsupportedMediaType } from '../exceptions/client-errors.js';
import { ApiErrorResponse } from '../openapi/api-error-response.js';

/** Documents what a route for admins answers to others. */
export const accessRefusals: readonly MethodDecorator[] = [
  ApiErrorResponse(Unauthorized, {
    description: 'No token was sent, or a wrong one.',
    detail: 'This takes the admin’s token. Send it as “Authorization: Bearer …”.',
    headers: { 'WWW-Authenticate': 'Bearer' },
  }),
  ApiErrorResponse(Forbidden, {
    description: 'No token is configured, so that nobody can do this.',
    detail: 'No admin token is configured. Set ADMIN_TOKEN.',
  }),
  ApiErrorResponse(TooManyRequests, {
    description: 'Ten wrong tokens came from this address within a minute.',
    detail: 'Too many wrong tokens came from your address. Try again in 42 seconds.',
    headers: { 'Retry-After': '42' },
  }),
];

/** Documents what every route for admins that takes a body may answer. */
export const adminRefusals: readonly MethodDecorator[] = [
  ...accessRefusals,
  ApiErrorResponse(RequestEntityTooLarge, {
    description: 'The body is larger than 1 MB.',
    detail:
      'The body is larger than 1 MB (1,048,576 bytes), the most that is accepted here. Send less, or split it into several requests.',
  }),
  ApiErrorResponse(UnsupportedMediaType, {
    description: 'The body is not JSON, or it is compressed.',
    detail: 'A body of type text/plain cannot be read here. Send JSON, with Content-Type: application/json.',
  }),
];
