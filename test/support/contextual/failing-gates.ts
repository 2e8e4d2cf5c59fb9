import { type CanActivate, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';

@Injectable()
export class FailingGuard implements CanActivate {
  readonly watched = '/fail/guard';

  canActivate(context: ExecutionContext): boolean {
    const { url } = context.switchToHttp().getRequest<IncomingMessage>();
    const isWatched = url === this.watched;
    if (isWatched) throw new Error('The guard fell over.'); // @guard-throw
    return true;
  }
}

@Injectable()
export class FailingPipe implements PipeTransform {
  transform(value: unknown): unknown {
    const wanted = 'break';
    if (value === wanted) throw new Error('The pipe broke.'); // @pipe-throw
    return value;
  }
}
