/** A class of HTTP errors: its name, status, message and parent. */
type Row = readonly [name: string, code: number, message: string, parent: string];

/** The class of every status. */
export const register: readonly Row[] = [
  ['BadRequest', 400, 'Bad Request', 'ClientError'],
  ['Unauthorized', 401, 'Authentication required', 'ClientError'],
  ['PaymentRequired', 402, 'Payment required', 'ClientError'],
  ['Forbidden', 403, 'Access forbidden', 'ClientError'],
  ['NotFound', 404, 'Not found', 'ClientError'],
  ['MethodNotAllowed', 405, 'Method not allowed', 'ClientError'],
  ['NotAcceptable', 406, 'Available content not acceptable', 'ClientError'],
  ['ProxyAuthenticationRequired', 407, 'Proxy authentication required', 'ClientError'],
  ['RequestTimeout', 408, 'Request timed out', 'ClientError'],
  ['Conflict', 409, 'A conflict occurred', 'ClientError'],
  ['Gone', 410, 'Gone', 'ClientError'],
  ['LengthRequired', 411, 'Length required', 'ClientError'],
  ['PreconditionFailed', 412, 'Precondition failed', 'ClientError'],
  ['RequestEntityTooLarge', 413, 'Request entity too large', 'ClientError'],
  ['RequestURITooLong', 414, 'Request URL too long', 'ClientError'],
  ['UnsupportedMediaType', 415, 'Unsupported media type', 'ClientError'],
  ['RequestedRangeNotSatisfiable', 416, 'Requested range not satisfiable', 'ClientError'],
  ['ExpectationFailed', 417, 'Expectation failed', 'ClientError'],
  ['ImATeapot', 418, "I'm a teapot: short, stout.", 'ClientError'],
  ['MisdirectedRequest', 421, 'Misdirected request', 'ClientError'],
  ['UnprocessableEntity', 422, 'Unprocessable entity', 'ClientError'],
  ['Locked', 423, 'Resource locked', 'ClientError'],
  ['FailedDependency', 424, 'Failed dependency', 'ClientError'],
  ['TooEarly', 425, 'Too early', 'ClientError'],
  ['UpgradeRequired', 426, 'Upgrade required', 'ClientError'],
  ['PreconditionRequired', 428, 'Precondition required', 'ClientError'],
  ['TooManyRequests', 429, 'Too many requests', 'ClientError'],
  ['RequestHeaderFieldsTooLarge', 431, 'Request header fields too large', 'ClientError'],
  ['UnavailableForLegalReasons', 451, 'Unavailable for legal reasons', 'ClientError'],
  ['InternalServerError', 500, 'Internal server error', 'ServerError'],
  ['NotImplemented', 501, 'Response behavior not implemented', 'ServerError'],
  ['BadGateway', 502, 'Bad gateway', 'ServerError'],
  ['ServiceUnavailable', 503, 'Service or resource unavailable', 'ServerError'],
  ['GatewayTimeout', 504, 'Gateway timeout', 'ServerError'],
  ['HTTPVersionNotSupported', 505, 'HTTP version not supported', 'ServerError'],
  ['VariantAlsoNegotiates', 506, 'Variant also negotiates', 'ServerError'],
  ['InsufficientStorage', 507, 'Insufficient storage', 'ServerError'],
  ['LoopDetected', 508, 'Loop detected', 'ServerError'],
  ['NotExtended', 510, 'Not extended', 'ServerError'],
  ['NetworkAuthenticationRequired', 511, 'Network authentication required', 'ServerError'],
];

/** Classes beside those, for errors that tell developers more than the others do. */
export const contextualRegister: readonly Row[] = [
  ['ContextualNotFound', 404, 'Not found', 'NotFound'],
  ['ContextualInternalServerError', 500, 'Internal server error', 'InternalServerError'],
];

/** Every class of HTTP errors. */
export const everyClass: readonly Row[] = [...register, ...contextualRegister];
