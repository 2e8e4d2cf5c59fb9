import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { BadRequest } from '../exceptions/client-errors.js';
import type { HttpRequest } from './request-url.js';

/** Refuses a request without a body: Express makes an empty object of none, which may mean something. */
@Injectable()
export class GivenBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<HttpRequest>();
    if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0) return true;
    throw new BadRequest('The request has no body. Send a JSON object, with Content-Type: application/json.');
  }
}
