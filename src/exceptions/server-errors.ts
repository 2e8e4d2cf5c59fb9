import { type ErrorDefaults, HttpError } from './http-error.js';

/** The server is at fault: what every 5xx class extends, so that `@Catch(ServerError)` takes them all. */
export abstract class ServerError extends HttpError {
  static override readonly brand: string = 'ServerError';
}

/** 500 (RFC 9110, section 15.6.1). */
export class InternalServerError extends ServerError {
  static override readonly brand: string = 'InternalServerError';
  static override readonly defaults: ErrorDefaults = {
    code: 500,
    message: 'Internal server error',
    detail: 'A fault on our side kept this from being done. It has been noted; trying again later may help.',
  };
}

/** 501 (RFC 9110, section 15.6.2). */
export class NotImplemented extends ServerError {
  static override readonly brand: string = 'NotImplemented';
  static override readonly defaults: ErrorDefaults = {
    code: 501,
    message: 'Response behavior not implemented',
    detail: 'The server does not know how to do this yet. Nothing about the request has to be changed.',
  };
}

/** 502 (RFC 9110, section 15.6.3). */
export class BadGateway extends ServerError {
  static override readonly brand: string = 'BadGateway';
  static override readonly defaults: ErrorDefaults = {
    code: 502,
    message: 'Bad gateway',
    detail:
      'Another server that this one relies on gave an answer that makes no sense. Trying again in a while may help.',
  };
}

/** 503 (RFC 9110, section 15.6.4). */
export class ServiceUnavailable extends ServerError {
  static override readonly brand: string = 'ServiceUnavailable';
  static override readonly defaults: ErrorDefaults = {
    code: 503,
    message: 'Service or resource unavailable',
    detail: 'The service is overloaded or being looked after. Try again in a while.',
  };
}

/** 504 (RFC 9110, section 15.6.5). */
export class GatewayTimeout extends ServerError {
  static override readonly brand: string = 'GatewayTimeout';
  static override readonly defaults: ErrorDefaults = {
    code: 504,
    message: 'Gateway timeout',
    detail: 'Another server that this one relies on did not answer in time. Trying again in a while may help.',
  };
}

/** 505 (RFC 9110, section 15.6.6). */
export class HTTPVersionNotSupported extends ServerError {
  static override readonly brand: string = 'HTTPVersionNotSupported';
  static override readonly defaults: ErrorDefaults = {
    code: 505,
    message: 'HTTP version not supported',
    detail: 'The server does not speak the version of HTTP that the request is written in. Use HTTP/1.1 or HTTP/2.',
  };
}

/** 506 (RFC 2295, section 8.1). */
export class VariantAlsoNegotiates extends ServerError {
  static override readonly brand: string = 'VariantAlsoNegotiates';
  static override readonly defaults: ErrorDefaults = {
    code: 506,
    message: 'Variant also negotiates',
    detail:
      'The server’s choice between the forms of this resource leads back to itself. Whoever runs it has to mend that.',
  };
}

/** 510 (RFC 2774, section 7). */
export class NotExtended extends ServerError {
  static override readonly brand: string = 'NotExtended';
  static override readonly defaults: ErrorDefaults = {
    code: 510,
    message: 'Not extended',
    detail: 'The request lacks an extension that this resource requires. Send it again with the extension declared.',
  };
}
