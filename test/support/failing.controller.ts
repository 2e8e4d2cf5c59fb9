import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Header,
  type NestInterceptor,
  Param,
  type PipeTransform,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Observable } from 'rxjs';
import * as entry from '../../src/index.js';
import { type HttpError, type HttpErrorOptions, MethodNotAllowed } from '../../src/index.js';
import { everyClass } from './http-error-register.js';

/** Where an error can come from. */
export const ways = ['thrown', 'returned', 'middleware', 'guard', 'pipe', 'interceptor'] as const;

/** What an error that nobody made for a client would tell, if it were asked. */
export const SECRET = `relation "accounts" does not exist: SELECT pin FROM accounts -- in /srv/secrets/accounts.sql`;

/** The headers that routes set for their success, and errors must not carry. */
export const SUCCESS_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'public, max-age=600',
  ETag: '"v1"',
  'Last-Modified': 'Tue, 01 Jul 2025 00:00:00 GMT',
  Expires: 'Wed, 01 Jul 2099 00:00:00 GMT',
  'Content-Type': 'text/csv',
  'Content-Encoding': 'gzip',
  'Content-Disposition': 'attachment; filename="a.csv"',
  'Content-Range': 'bytes 0-1/2',
  'Accept-Ranges': 'bytes',
};

/** What every error of the routes brings along. */
export const OWN_HEADERS = { 'Retry-After': '7', 'WWW-Authenticate': 'Bearer', 'X-Own': ['a', 'b'] };

/** The names of the classes, and of an error that is none of them. */
export const failures: readonly string[] = [...everyClass.map(([name]) => name), 'Uncaught'];

/** Makes the error of a name. */
export function failureOf(name: string): Error {
  const options: HttpErrorOptions = { headers: OWN_HEADERS, cause: new Error(SECRET) };
  if (name === 'MethodNotAllowed') return new MethodNotAllowed(['GET', 'PUT'], undefined, options);
  const type = (entry as Record<string, unknown>)[name] as (new (...args: unknown[]) => HttpError) | undefined;
  return type === undefined ? new Error(SECRET) : new type(undefined, options);
}

/** Fails where the address says so: `/fail/<way>/<name>`. */
function failAt(place: (typeof ways)[number], url: string): void {
  const [, , way, name = ''] = url.split('/');
  if (way === place) throw failureOf(name);
}

/** Sets the headers of a success, as middleware for static files would, and fails when it is asked to. */
export function failingMiddleware(
  request: IncomingMessage & { originalUrl?: string },
  response: ServerResponse,
  next: () => void,
): void {
  for (const [name, value] of Object.entries(SUCCESS_HEADERS)) response.setHeader(name, value);
  response.setHeader('Vary', 'Origin');
  response.setHeader('X-Kept', 'yes');
  failAt('middleware', request.originalUrl ?? '');
  next();
}

const urlOf = (context: ExecutionContext): string => context.switchToHttp().getRequest<{ url: string }>().url;

const guard: CanActivate = {
  canActivate(context) {
    failAt('guard', urlOf(context));
    return true;
  },
};

const interceptor: NestInterceptor = {
  intercept(context, next): Observable<unknown> {
    failAt('interceptor', urlOf(context));
    return next.handle();
  },
};

const pipe: PipeTransform<Record<string, string>, void> = {
  transform: ({ way = '', name = '' }) => failAt('pipe', `/fail/${way}/${name}`),
};

/** A route per way to fail. */
@Controller('fail')
@UseGuards(guard)
@UseInterceptors(interceptor)
export class FailingController {
  @Get(':way/:name')
  @Header('ETag', '"v2"')
  @Header('Cache-Control', 'public, max-age=60')
  @Header('Content-Type', 'text/csv')
  @Header('Content-Disposition', 'attachment; filename="b.csv"')
  fail(@Param('way') way: string, @Param('name') name: string, @Param(pipe) _all: unknown): unknown {
    if (way === 'returned') return failureOf(name);
    throw failureOf(name);
  }
}
