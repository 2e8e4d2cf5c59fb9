import { ClientError } from './client-errors.js';
import type { ErrorDefaults } from './http-error.js';
import { ServerError } from './server-errors.js';

/** 428 (RFC 6585, section 3). */
export class PreconditionRequired extends ClientError {
  static override readonly brand: string = 'PreconditionRequired';
  static override readonly defaults: ErrorDefaults = {
    code: 428,
    message: 'Precondition required',
    detail:
      'To keep others’ changes from being lost, this needs a condition. Send an If-Match header with the version you have read.',
  };
}

/** 429 (RFC 6585, section 4). */
export class TooManyRequests extends ClientError {
  static override readonly brand: string = 'TooManyRequests';
  static override readonly defaults: ErrorDefaults = {
    code: 429,
    message: 'Too many requests',
    detail: 'More requests came from you than are served in this time. Slow down and try again a little later.',
  };
}

/** 431 (RFC 6585, section 5). */
export class RequestHeaderFieldsTooLarge extends ClientError {
  static override readonly brand: string = 'RequestHeaderFieldsTooLarge';
  static override readonly defaults: ErrorDefaults = {
    code: 431,
    message: 'Request header fields too large',
    detail: 'The headers are larger than is accepted here. Remove some cookies or shorten a header, then try again.',
  };
}

/** 511 (RFC 6585, section 6). */
export class NetworkAuthenticationRequired extends ServerError {
  static override readonly brand: string = 'NetworkAuthenticationRequired';
  static override readonly defaults: ErrorDefaults = {
    code: 511,
    message: 'Network authentication required',
    detail: 'The network wants you to sign in before it lets requests through. Open its sign-in page in a browser.',
  };
}
