import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Logger } from 'pino';
import { LOGGER } from './app.tokens.js';

/** Answers every error as JSON with a `detail`. What is not meant for the client goes to the log alone. */
@Catch()
export class DetailFilter implements ExceptionFilter {
  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const response: unknown = host.switchToHttp().getResponse();
    const { id } = host.switchToHttp().getRequest<{ id?: string }>();
    const status = statusOf(exception);
    if (status >= 500 && !(exception instanceof HttpException)) {
      this.logger.error({ request_id: id, err: exception }, 'A request failed for a fault in the service.');
    }
    this.adapterHost.httpAdapter.reply(response, bodyOf(exception, status), status);
  }
}

function statusOf(exception: unknown): number {
  if (exception instanceof HttpException) return exception.getStatus();
  const { statusCode } = (exception ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : 500;
}

function bodyOf(exception: unknown, status: number): object {
  if (exception instanceof HttpException) {
    const body = exception.getResponse();
    if (typeof body === 'string' || !('detail' in body)) return { detail: exception.message };
    const { message: _, ...answer } = body as { message?: string };
    return answer;
  }
  if (status < 500) return { detail: (exception as Error).message };
  return {
    detail: 'A fault in the service kept this from being done. It was logged under the X-Request-Id of this answer.',
  };
}
