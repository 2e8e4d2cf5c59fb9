import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { UnsupportedMediaType } from '../exceptions/client-errors.js';
import type { HttpRequest } from './request-url.js';

/** Refuses a body that is not JSON: whether the adapter parses forms and plain text, too, is the application's affair. */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<HttpRequest>();
    const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
    const isEmpty = headers['transfer-encoding'] === undefined && !Number(headers['content-length'] ?? 0);
    if (type === 'application/json' || (type === undefined && isEmpty)) return true;
    throw new UnsupportedMediaType(
      `A body of type ${type ?? 'unknown'} cannot be read here. Send JSON, with Content-Type: application/json.`,
    );
  }
}
