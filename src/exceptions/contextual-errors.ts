import { NotFound } from './client-errors.js';
import { InternalServerError } from './server-errors.js';

/** 404 with the routes that were tried, for developers: what the contextual handler answers. */
export class ContextualNotFound extends NotFound {
  static override readonly brand: string = 'ContextualNotFound';
}

/** 500 with the stack, the variables and the request, for developers: what the contextual handler answers. */
export class ContextualInternalServerError extends InternalServerError {
  static override readonly brand: string = 'ContextualInternalServerError';
}
