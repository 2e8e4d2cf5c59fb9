import { type ErrorDefaults, HttpError } from './http-error.js';

/** The request is at fault: what every 4xx class extends, so that `@Catch(ClientError)` takes them all. */
export abstract class ClientError extends HttpError {
  static override readonly brand: string = 'ClientError';
}

/** 400 (RFC 9110, section 15.5.1). */
export class BadRequest extends ClientError {
  static override readonly brand: string = 'BadRequest';
  static override readonly defaults: ErrorDefaults = {
    code: 400,
    message: 'Bad Request',
    detail:
      'Something about the request cannot be understood. Compare it with the documentation, correct it and send it again.',
  };
}

/** 401 (RFC 9110, section 15.5.2). */
export class Unauthorized extends ClientError {
  static override readonly brand: string = 'Unauthorized';
  static override readonly defaults: ErrorDefaults = {
    code: 401,
    message: 'Authentication required',
    detail:
      'This is open only to those who say who they are. Sign in, or send valid credentials along with the request.',
  };
}

/** 402 (RFC 9110, section 15.5.3). */
export class PaymentRequired extends ClientError {
  static override readonly brand: string = 'PaymentRequired';
  static override readonly defaults: ErrorDefaults = {
    code: 402,
    message: 'Payment required',
    detail: 'This is available once it has been paid for. Settle the payment, then send the request again.',
  };
}

/** 403 (RFC 9110, section 15.5.4). */
export class Forbidden extends ClientError {
  static override readonly brand: string = 'Forbidden';
  static override readonly defaults: ErrorDefaults = {
    code: 403,
    message: 'Access forbidden',
    detail:
      'Your credentials are known here but do not reach this far. Ask whoever looks after this service for the permission.',
  };
}

/** 404 (RFC 9110, section 15.5.5). */
export class NotFound extends ClientError {
  static override readonly brand: string = 'NotFound';
  static override readonly defaults: ErrorDefaults = {
    code: 404,
    message: 'Not found',
    detail: 'There is nothing at this address. Check its spelling, or start from a page that links here.',
  };
}

/** 406 (RFC 9110, section 15.5.7). */
export class NotAcceptable extends ClientError {
  static override readonly brand: string = 'NotAcceptable';
  static override readonly defaults: ErrorDefaults = {
    code: 406,
    message: 'Available content not acceptable',
    detail:
      'None of the forms this resource comes in suits the Accept headers of the request. Widen them and try again.',
  };
}

/** 407 (RFC 9110, section 15.5.8). */
export class ProxyAuthenticationRequired extends ClientError {
  static override readonly brand: string = 'ProxyAuthenticationRequired';
  static override readonly defaults: ErrorDefaults = {
    code: 407,
    message: 'Proxy authentication required',
    detail: 'A proxy on the way wants to know who you are. Give it your credentials, then send the request again.',
  };
}

/** 408 (RFC 9110, section 15.5.9). */
export class RequestTimeout extends ClientError {
  static override readonly brand: string = 'RequestTimeout';
  static override readonly defaults: ErrorDefaults = {
    code: 408,
    message: 'Request timed out',
    detail:
      'The request took longer to arrive than the server waits. Send it again, in smaller parts if the connection is slow.',
  };
}

/** 409 (RFC 9110, section 15.5.10). */
export class Conflict extends ClientError {
  static override readonly brand: string = 'Conflict';
  static override readonly defaults: ErrorDefaults = {
    code: 409,
    message: 'A conflict occurred',
    detail:
      'The request contradicts the present state of the resource. Read the resource again, resolve the difference and retry.',
  };
}

/** 410 (RFC 9110, section 15.5.11). */
export class Gone extends ClientError {
  static override readonly brand: string = 'Gone';
  static override readonly defaults: ErrorDefaults = {
    code: 410,
    message: 'Gone',
    detail: 'What was here has been removed for good and has no new address. Please delete links that lead to it.',
  };
}

/** 411 (RFC 9110, section 15.5.12). */
export class LengthRequired extends ClientError {
  static override readonly brand: string = 'LengthRequired';
  static override readonly defaults: ErrorDefaults = {
    code: 411,
    message: 'Length required',
    detail: 'The server has to know how large the body is before it takes it. Send a Content-Length header along.',
  };
}

/** 412 (RFC 9110, section 15.5.13). */
export class PreconditionFailed extends ClientError {
  static override readonly brand: string = 'PreconditionFailed';
  static override readonly defaults: ErrorDefaults = {
    code: 412,
    message: 'Precondition failed',
    detail:
      'The resource is no longer in the state that the request made its condition. Read it again and decide anew.',
  };
}

/** 413 (RFC 9110, section 15.5.14). */
export class RequestEntityTooLarge extends ClientError {
  static override readonly brand: string = 'RequestEntityTooLarge';
  static override readonly defaults: ErrorDefaults = {
    code: 413,
    message: 'Request entity too large',
    detail: 'The body is larger than is accepted here. Send less, or split it into several requests.',
  };
}

/** 414 (RFC 9110, section 15.5.15). */
export class RequestURITooLong extends ClientError {
  static override readonly brand: string = 'RequestURITooLong';
  static override readonly defaults: ErrorDefaults = {
    code: 414,
    message: 'Request URL too long',
    detail: 'The address is longer than is accepted here. Move the data from the address into the body of the request.',
  };
}

/** 415 (RFC 9110, section 15.5.16). */
export class UnsupportedMediaType extends ClientError {
  static override readonly brand: string = 'UnsupportedMediaType';
  static override readonly defaults: ErrorDefaults = {
    code: 415,
    message: 'Unsupported media type',
    detail: 'The body is of a kind that is not accepted here. Check the Content-Type header, or convert the body.',
  };
}

/** 416 (RFC 9110, section 15.5.17). */
export class RequestedRangeNotSatisfiable extends ClientError {
  static override readonly brand: string = 'RequestedRangeNotSatisfiable';
  static override readonly defaults: ErrorDefaults = {
    code: 416,
    message: 'Requested range not satisfiable',
    detail: 'The part that was asked for lies outside the resource. Ask for a range within its length.',
  };
}

/** 417 (RFC 9110, section 15.5.18). */
export class ExpectationFailed extends ClientError {
  static override readonly brand: string = 'ExpectationFailed';
  static override readonly defaults: ErrorDefaults = {
    code: 417,
    message: 'Expectation failed',
    detail: 'What the Expect header asks for cannot be met. Send the request without that header.',
  };
}

/** 418 (RFC 2324, section 2.3.2). */
export class ImATeapot extends ClientError {
  static override readonly brand: string = 'ImATeapot';
  static override readonly defaults: ErrorDefaults = {
    code: 418,
    message: "I'm a teapot: short, stout.",
    detail: 'Coffee cannot be brewed here, since this vessel knows about tea alone. Try a coffee machine.',
  };
}

/** 421 (RFC 9110, section 15.5.20). */
export class MisdirectedRequest extends ClientError {
  static override readonly brand: string = 'MisdirectedRequest';
  static override readonly defaults: ErrorDefaults = {
    code: 421,
    message: 'Misdirected request',
    detail:
      'The request reached a server that is not responsible for its host. Open a new connection and send it again.',
  };
}

/** 422 (RFC 9110, section 15.5.21). */
export class UnprocessableEntity extends ClientError {
  static override readonly brand: string = 'UnprocessableEntity';
  static override readonly defaults: ErrorDefaults = {
    code: 422,
    message: 'Unprocessable entity',
    detail: 'The request is well-formed, but what it says cannot be acted on. Correct its contents and send it again.',
  };
}

/** 425 (RFC 8470, section 5.2). */
export class TooEarly extends ClientError {
  static override readonly brand: string = 'TooEarly';
  static override readonly defaults: ErrorDefaults = {
    code: 425,
    message: 'Too early',
    detail: 'The request came so early in the connection that it might be a replay. Send it again after the handshake.',
  };
}

/** 426 (RFC 9110, section 15.5.22). */
export class UpgradeRequired extends ClientError {
  static override readonly brand: string = 'UpgradeRequired';
  static override readonly defaults: ErrorDefaults = {
    code: 426,
    message: 'Upgrade required',
    detail: 'This can be had over another protocol only. The Upgrade header names the one to switch to.',
  };
}

/** 451 (RFC 7725, section 3). */
export class UnavailableForLegalReasons extends ClientError {
  static override readonly brand: string = 'UnavailableForLegalReasons';
  static override readonly defaults: ErrorDefaults = {
    code: 451,
    message: 'Unavailable for legal reasons',
    detail: 'A legal demand keeps this from being shown to you. Its author may be able to tell you more.',
  };
}
