import { HttpStatus, Inject, Injectable, Optional } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { HttpRequest } from '../rest/request-url.js';
import { ERROR_LINKS, type ErrorLinks } from '../rest/rest.tokens.js';
import type { ErrorEntity } from './error.entity.js';
import { ErrorDetailsView, showIn, writeOnce } from './error-views.js';
import { entityTag, namesTag } from './preconditions.js';

const write = writeOnce(showIn(ErrorDetailsView));

/** What the REST interface answers about one error: its JSON, its entity tag, and where more is told of it. */
@Injectable()
export class ErrorDetails {
  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Optional() @Inject(ERROR_LINKS) private readonly links?: ErrorLinks,
  ) {}

  /**
   * Sets the headers of the answer to a request that reads the error.
   * @returns the body; none when the client has this version of it already (304).
   */
  read(error: ErrorEntity, request: HttpRequest, response: unknown): string | undefined {
    const { httpAdapter } = this.adapterHost;
    if (this.links) httpAdapter.setHeader(response, 'Link', this.links(request, error.id));
    const tag = entityTag(error.version);
    if (!namesTag(request.headers['if-none-match'], tag)) return this.show(error, response);
    httpAdapter.setHeader(response, 'ETag', tag);
    httpAdapter.status(response, HttpStatus.NOT_MODIFIED);
    return undefined;
  }

  /**
   * Sets the headers of an answer that is the error, such as that to a request that wrote it.
   * @returns the body, as text, because adapters look closely at objects, each time anew.
   */
  show(error: ErrorEntity, response: unknown): string {
    const { httpAdapter } = this.adapterHost;
    httpAdapter.setHeader(response, 'ETag', entityTag(error.version));
    httpAdapter.setHeader(response, 'Content-Type', 'application/json; charset=utf-8');
    return write(error);
  }
}
