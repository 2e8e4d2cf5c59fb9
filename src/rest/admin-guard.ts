import { type CanActivate, type ExecutionContext, Inject, Injectable, Optional, UseGuards } from '@nestjs/common';
import { isObservable, lastValueFrom } from 'rxjs';
import { ADMIN_GUARDS } from './rest.tokens.js';

/** Lets a request through that every guard of the host's lets through, asked one after the other; without guards, none. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(@Optional() @Inject(ADMIN_GUARDS) private readonly guards: readonly CanActivate[] = []) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    for (const guard of this.guards) {
      const answer = guard.canActivate(context);
      if (!(await (isObservable(answer) ? lastValueFrom(answer) : answer))) return false;
    }
    return this.guards.length > 0;
  }
}

/** The route is for admins: whoever the host's `adminGuards` let through. */
export const AdminOnly = (): MethodDecorator => UseGuards(AdminGuard);
