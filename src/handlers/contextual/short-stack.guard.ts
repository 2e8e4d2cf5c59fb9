import type { CanActivate } from '@nestjs/common';

/**
 * Lets every route begin on a stack of its own. Whoever records variables has the engine show all calls of a stack at every
 * throw, which costs by the call; without this, the adapter's and the framework's are four fifths of them. That there is a
 * guard at all is enough: Nest awaits its guards, and a promise of their own would be awaited besides.
 */
export class ShortStackGuard implements CanActivate {
  canActivate(): true {
    return true;
  }
}
