import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { Forbidden, TooManyRequests, Unauthorized } from '../index.js';
import { CONFIG } from './app.tokens.js';
import type { Config } from './config.js';
import { WrongTokens } from './wrong-tokens.js';

/** Lets requests through that carry the admin's token (RFC 6750, section 2.1). */
@Injectable()
export class AdminTokenGuard implements CanActivate {
  private readonly expected: Buffer | null;
  private readonly wrongTokens = new WrongTokens();

  constructor(@Inject(CONFIG) { adminToken }: Pick<Config, 'adminToken'>) {
    this.expected = adminToken === undefined ? null : digest(adminToken);
  }

  canActivate(context: ExecutionContext): boolean {
    if (this.expected === null) {
      throw new Forbidden(
        'No admin token is configured, so nobody can do this. Start the service with the environment variable ' +
          'ADMIN_TOKEN set to a secret of your choice, and send that as “Authorization: Bearer <token>”.',
      );
    }
    const { headers, ip } = context.switchToHttp().getRequest<{ headers: IncomingHttpHeaders; ip: string }>();
    const given = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
    if (given === undefined) throw refusal('This takes the admin’s token. Send it as “Authorization: Bearer <token>”.');

    const seconds = this.wrongTokens.secondsToWait(ip);
    if (seconds > 0) {
      throw new TooManyRequests(`Too many wrong tokens came from your address. Try again in ${seconds} seconds.`, {
        headers: { 'Retry-After': String(seconds) },
      });
    }
    // Digests have one length, so that the time it takes tells nothing about the token.
    if (timingSafeEqual(digest(given), this.expected)) return true;
    this.wrongTokens.add(ip);
    throw refusal('This token is not the admin’s. Send the one that ADMIN_TOKEN holds.');
  }
}

function refusal(detail: string): Unauthorized {
  return new Unauthorized(detail, { headers: { 'WWW-Authenticate': 'Bearer' } });
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
