import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { type Observable, tap } from 'rxjs';
import { HttpError } from '../exceptions/http-error.js';
import { codeOf, type ControllerRoute } from './controller-routes.js';

/** What `@Sse()` and `@UseInterceptors()` leave on a method. */
const SSE_METADATA = '__sse__';
const INTERCEPTORS_METADATA = '__interceptors__';

/**
 * Reports what goes wrong in a stream of server-sent events that has begun: Nest then tells the client in an event of its
 * own and asks no filter.
 */
export class SseReports implements NestInterceptor {
  constructor(private readonly reportFailure: (error: unknown, context: ExecutionContext) => void) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      tap((event) => {
        // Returned in place of a stream, or sent in one: the same as thrown there.
        if (event instanceof HttpError) throw event;
      }),
      tap({ error: (error: unknown) => this.reportFailure(error, context) }),
    );
  }

  /**
   * Puts itself on those of the routes that send events, and on no other.
   * @returns what takes it away again: other applications of the process may have the same controllers.
   */
  watch(routes: readonly ControllerRoute[]): () => void {
    const watched: object[] = [];
    for (const code of routes.map(codeOf)) {
      if (Reflect.getMetadata(SSE_METADATA, code) !== true) continue;
      const interceptors = (Reflect.getMetadata(INTERCEPTORS_METADATA, code) as unknown[] | undefined) ?? [];
      // That of another application which has the controller, too, makes room.
      const others = interceptors.filter((other) => !(other instanceof SseReports));
      Reflect.defineMetadata(INTERCEPTORS_METADATA, [this, ...others], code);
      watched.push(code);
    }
    return () => watched.forEach((code) => this.leave(code));
  }

  private leave(code: object): void {
    const interceptors = Reflect.getMetadata(INTERCEPTORS_METADATA, code) as unknown[];
    const others = interceptors.filter((other) => other !== this);
    if (others.length > 0) Reflect.defineMetadata(INTERCEPTORS_METADATA, others, code);
    else Reflect.deleteMetadata(INTERCEPTORS_METADATA, code);
  }
}
