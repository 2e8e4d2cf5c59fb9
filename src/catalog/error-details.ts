import { Inject, Injectable, Optional } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { HttpRequest } from '../rest/request-url.js';
import { ERROR_LINKS, type ErrorLinks } from '../rest/rest.tokens.js';
import type { ErrorEntity } from './error.entity.js';
import { ErrorDetailsView, showIn, writeOnce } from './error-views.js';
import { entityTag, namesTag } from './preconditions.js';

/** How bodies that were written here are announced. */
export const JSON_TYPE = 'application/json; charset=utf-8';

const write = writeOnce(showIn(ErrorDetailsView));

/** An answer about one error, before it is sent: its status, its headers, and its body. */
export interface ErrorAnswer {
  /** 304 when the client has this version of the error already. */
  readonly status: 200 | 304;
  readonly etag: string;
  readonly link: string | undefined;
  /** None where there is no body. */
  readonly contentType: string | undefined;
  /** JSON; none for 304. */
  readonly body: string | undefined;
}

/** What the REST interface answers about one error: its JSON, its entity tag, and where more is told of it. */
@Injectable()
export class ErrorDetails {
  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Optional() @Inject(ERROR_LINKS) private readonly links?: ErrorLinks,
  ) {}

  /** The answer to a request that reads the error. */
  answerTo(request: Pick<HttpRequest, 'originalUrl' | 'headers'>, error: ErrorEntity): ErrorAnswer {
    const link = this.links?.(request, error.id);
    const etag = entityTag(error.version);
    return namesTag(request.headers['if-none-match'], etag)
      ? { status: 304, etag, link, contentType: undefined, body: undefined }
      : { status: 200, etag, link, contentType: JSON_TYPE, body: write(error) };
  }

  /**
   * Sets the status and the headers of the answer to a request that reads the error.
   * @returns the body; none when the client has this version of it already (304).
   */
  read(error: ErrorEntity, request: HttpRequest, response: unknown): string | undefined {
    const { httpAdapter } = this.adapterHost;
    const { status, link, etag, contentType, body } = this.answerTo(request, error);
    if (link !== undefined) httpAdapter.setHeader(response, 'Link', link);
    httpAdapter.setHeader(response, 'ETag', etag);
    if (contentType !== undefined) httpAdapter.setHeader(response, 'Content-Type', contentType);
    if (status !== 200) httpAdapter.status(response, status);
    return body;
  }

  /**
   * Sets the headers of an answer that is the error, such as that to a request that wrote it.
   * @returns the body, as text, because adapters look closely at objects, each time anew.
   */
  show(error: ErrorEntity, response: unknown): string {
    const { httpAdapter } = this.adapterHost;
    httpAdapter.setHeader(response, 'ETag', entityTag(error.version));
    httpAdapter.setHeader(response, 'Content-Type', JSON_TYPE);
    return write(error);
  }
}
