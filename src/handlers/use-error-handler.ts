import { SetMetadata, type Type } from '@nestjs/common';
import type { ErrorHandler } from './error-handler.js';
import { codeOf, type ControllerRoute } from './controller-routes.js';

/** A handler: one of those that are given, a class for Nest to make, or one that is made already. */
export type ErrorHandlerChoice = 'default' | 'contextual' | Type<ErrorHandler> | ErrorHandler;

const HANDLER = Symbol.for('nestjs-errata.handler');

/**
 * Lets a handler of its own decide for a controller or a route. It decides once the route is found: what goes wrong before,
 * in middleware say, is the application's handler's.
 */
export const UseErrorHandler = (handler: ErrorHandlerChoice): ClassDecorator & MethodDecorator =>
  SetMetadata(HANDLER, handler);

/** The handler that was chosen for a controller's method: its own, or else the controller's. */
export function chosenFor(route: ControllerRoute): ErrorHandlerChoice | undefined {
  const ofMethod: unknown = Reflect.getMetadata(HANDLER, codeOf(route));
  return (ofMethod ?? Reflect.getMetadata(HANDLER, route.controller)) as ErrorHandlerChoice | undefined;
}
