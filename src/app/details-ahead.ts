import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { ErrorDetails, ErrorsService } from '../catalog.js';

const DETAILS: readonly string[] = ['/v6/errors/:id', '/v7/errors/:id'];

/** What can be the id of an error that is in memory. */
const ID = /^\d{1,10}$/;

/**
 * Has the details of an error that is in memory answered ahead of Nest, on whose way to the controller such an answer would
 * spend a third of its time. It is the controller's own answer, and nothing else stands on that way: the route has no
 * guard, pipe or interceptor. Whatever else may come of a request goes by Nest.
 */
export function answerDetailsAhead(app: NestFastifyApplication): void {
  const errors = app.get(ErrorsService);
  const details = app.get(ErrorDetails);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route: RouteOptions) => {
      if (route.method !== 'GET' || !DETAILS.includes(route.url)) return;
      const { handler } = route;
      route.handler = function (request: FastifyRequest, reply: FastifyReply): unknown {
        const { id = '' } = request.params as { id?: string };
        const error = ID.test(id) ? errors.peekError(Number(id)) : null;
        if (error === null) return Reflect.apply(handler, this, [request, reply]);
        void reply.send(details.read(error, request, reply));
        return undefined;
      };
    });
}
