import type { CanActivate } from '@nestjs/common';

/**
 * Lets every route begin on a stack of its own. Whoever records variables has the engine show all calls of a stack at every
 * throw, which costs by the call; without this, the adapter's and the framework's are four fifths of them.
 */
export class ShortStackGuard implements CanActivate {
  canActivate(): Promise<true> {
    return Promise.resolve(true);
  }
}
