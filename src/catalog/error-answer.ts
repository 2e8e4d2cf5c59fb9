import type { AbstractHttpAdapter } from '@nestjs/core';
import { ErrorDetailsView, showIn, writeOnce } from './error-views.js';
import type { ErrorEntity } from './error.entity.js';
import { entityTag } from './preconditions.js';

const write = writeOnce(showIn(ErrorDetailsView));

/** Answers with one error and its entity tag: as text, because adapters look closely at objects, each time anew. */
export function answerWith(error: ErrorEntity, response: unknown, adapter: AbstractHttpAdapter): string {
  adapter.setHeader(response, 'ETag', entityTag(error.version));
  adapter.setHeader(response, 'Content-Type', 'application/json; charset=utf-8');
  return write(error);
}
