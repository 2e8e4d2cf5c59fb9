import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  HttpException,
  HttpStatus,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { IncomingHttpHeaders } from 'node:http';
import { CONFIG } from './app.tokens.js';
import type { Config } from './config.js';
import { WrongTokens } from './wrong-tokens.js';

/** Lets requests through that carry the admin's token (RFC 6750, section 2.1). */
@Injectable()
export class AdminTokenGuard implements CanActivate {
  private readonly expected: Buffer | null;
  private readonly wrongTokens = new WrongTokens();

  constructor(
    @Inject(CONFIG) { adminToken }: Pick<Config, 'adminToken'>,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
  ) {
    this.expected = adminToken === undefined ? null : digest(adminToken);
  }

  canActivate(context: ExecutionContext): boolean {
    if (this.expected === null) {
      throw new ForbiddenException({
        detail:
          'No admin token is configured, so nobody can do this. Start the service with the environment variable ' +
          'ADMIN_TOKEN set to a secret of your choice, and send that as “Authorization: Bearer <token>”.',
      });
    }
    const { headers, ip } = context.switchToHttp().getRequest<{ headers: IncomingHttpHeaders; ip: string }>();
    const response: unknown = context.switchToHttp().getResponse();
    const given = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
    if (given === undefined)
      return this.refuse(response, 'This takes the admin’s token. Send it as “Authorization: Bearer <token>”.');

    const seconds = this.wrongTokens.secondsToWait(ip);
    if (seconds > 0) {
      this.adapterHost.httpAdapter.setHeader(response, 'Retry-After', String(seconds));
      const detail = `Too many wrong tokens came from your address. Try again in ${seconds} seconds.`;
      throw new HttpException({ detail }, HttpStatus.TOO_MANY_REQUESTS);
    }
    // Digests have one length, so that the time it takes tells nothing about the token.
    if (timingSafeEqual(digest(given), this.expected)) return true;
    this.wrongTokens.add(ip);
    return this.refuse(response, 'This token is not the admin’s. Send the one that ADMIN_TOKEN holds.');
  }

  private refuse(response: unknown, detail: string): never {
    this.adapterHost.httpAdapter.setHeader(response, 'WWW-Authenticate', 'Bearer');
    throw new UnauthorizedException({ detail });
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
