import { HttpException } from '@nestjs/common';
import { BadRequest, type ErrorHeaders, HttpError, NotFound } from '../../src/index.js';
import { cycle, HUGE, revoked, TRAPS, trapped, withGetter } from './hostile-objects.js';

/** Errors that were made for clients, or pretend to be, with something in them that cannot be sent. */
export const hostileExceptions: readonly (readonly [name: string, status: number, make: () => unknown])[] = [
  ...[199, 600, 0, -1, 404.5, NaN, Infinity, 'abc', null, undefined].map(
    (status) =>
      [`an exception of Nest's with ${String(status)}`, 500, () => new HttpException('x', status as number)] as const,
  ),
  ...[400, 404, 418, 499, 500, 599].map(
    (status) => [`an exception of Nest's with ${status}`, status, () => new HttpException('x', status)] as const,
  ),
  ['an exception of Nest’s whose status refuses', 500, () => withGetter(new HttpException('x', 404), 'getStatus')],
  ['an exception of Nest’s whose response refuses', 500, () => withGetter(new HttpException('x', 404), 'getResponse')],
  ['an exception of Nest’s with a circular response', 409, () => new HttpException(cycle(), 409)],
  [
    'an exception of Nest’s with hostile messages',
    400,
    () => new HttpException({ message: ['\ud800', HUGE.slice(0, 9)] }, 400),
  ],
  ['a frozen HttpError', 404, () => Object.freeze(new NotFound('x'))],
  ['a Proxy around an HttpError', 500, () => new Proxy(new NotFound('x'), {})],
  ['a Proxy around an HttpError that refuses', 500, () => new Proxy(new NotFound('x'), trapped(TRAPS))],
  ['a revoked HttpError', 500, () => revoked(new NotFound('x'))],
  ['what claims to be branded', 500, () => ({ [Symbol.for('nestjs-errata.brands')]: ['HttpError'] })],
  ['an HttpError whose code refuses', 500, () => withGetter(new NotFound('x'), 'code')],
  ['an HttpError whose message refuses', 500, () => withGetter(new NotFound('x'), 'message')],
  ['an HttpError whose detail refuses', 500, () => withGetter(new NotFound(), 'detail')],
  ['an HttpError whose headers refuse', 500, () => withGetter(new NotFound(), 'headers')],
  ['an HttpError with a huge detail', 400, () => new BadRequest(HUGE)],
  ['an HttpError with a circular detail', 400, () => new BadRequest(cycle())],
  ['an HttpError with a detail that refuses', 400, () => new BadRequest(new Proxy({}, trapped(TRAPS)))],
  ['an HttpError with a revoked detail', 400, () => new BadRequest(revoked({}))],
  ['an HttpError with a symbol for a detail', 400, () => new BadRequest(Symbol('d'))],
  ['an HttpError with a hostile message', 400, () => new BadRequest('x', { message: '\r\n\u0000\ud800<b>' })],
  ['an HttpError with a hostile type', 400, () => new BadRequest('x', { errorType: 'javascript:\r\n\ud800' })],
  ['an HttpError with a code that is none', 500, () => new HttpError('x', { code: 200 })],
  ['an HttpError with errors that are none', 400, () => new BadRequest('x', { errors: [null, 7] as never })],
  ...[
    { 'X-Split': 'a\r\nSet-Cookie: b=c' },
    { 'X-Ü': 'a' },
    { 'X-A': 'ü€😀' },
    { '': 'a' },
    { 'a b': 'c' },
    { 'X-Null': null },
    { 'X-Number': 7 },
    { 'X-Symbol': Symbol('x') },
    { 'X-List': ['a', '\n'] },
    { 'X-Empty': [] },
    { 'Content-Length': '1' },
    { 'Transfer-Encoding': 'chunked' },
    { Connection: 'upgrade' },
    { Vary: 'X-Other' },
    { 'Content-Encoding': 'gzip' },
    { 'Content-Type': 'image/png' },
    { Trailer: 'X-T' },
    Object.create({ 'X-Inherited': 'a' }) as object,
  ].map(
    (headers) =>
      [
        `an HttpError with ${JSON.stringify(headers)}`,
        400,
        () => new BadRequest('x', { headers: headers as ErrorHeaders }),
      ] as const,
  ),
  ...[
    '',
    'garbage',
    'text/html\r\nX: y',
    'image/png',
    '\u0000',
    'text/ü',
    'application/json; charset=utf-16',
    '😀',
  ].flatMap((type) => [
    [
      `an HttpError with the mimetype ${JSON.stringify(type)}`,
      400,
      () => new BadRequest('x', { mimetype: type }),
    ] as const,
    [
      `an HttpError with the content type ${JSON.stringify(type)}`,
      400,
      () => new BadRequest('x', { contentType: type }),
    ] as const,
  ]),
];
