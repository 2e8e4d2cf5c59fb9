import { Controller, Get, Inject, Optional, Param, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { BadRequest, NotFound } from '../../exceptions/client-errors.js';
import { AdminOnly } from '../../rest/admin-guard.js';
import { type HttpRequest, searchOf } from '../../rest/request-url.js';
import { CATALOGUED_ERRORS, type CataloguedErrors } from '../../rest/rest.tokens.js';
import { readOccurrencesQuery } from './dto/occurrences-query.js';
import { errorLogLinks } from './error-log-links.js';
import { LogEntryRepository } from './log-entry.repository.js';
import { type OccurrencesView, showOccurrences } from './log-views.js';
import { DocumentOccurrences } from './occurrences.openapi.js';

/** The largest id that the column of an error's id holds. */
const MAX_ERROR_ID = 2_147_483_647;

/** How often an error happened, by what the log says. */
@ApiTags('logs')
@Controller({ path: ['v6/errors/:id/occurrences', 'v7/errors/:id/occurrences'], version: VERSION_NEUTRAL })
export class OccurrencesController {
  constructor(
    @Inject(LogEntryRepository) private readonly entries: LogEntryRepository,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Optional() @Inject(CATALOGUED_ERRORS) private readonly errors?: CataloguedErrors,
  ) {}

  @Get()
  @AdminOnly()
  @ApiBearerAuth()
  @DocumentOccurrences()
  async count(
    @Param('id') text: string,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) response: unknown,
  ): Promise<OccurrencesView> {
    const id = readId(text);
    await this.errors?.getError(id);
    const query = readOccurrencesQuery(searchOf(request));
    if (Array.isArray(query)) {
      throw new BadRequest(query.map(({ detail }) => detail).join(' '), { errors: query });
    }
    this.adapterHost.httpAdapter.setHeader(response, 'Link', errorLogLinks(request, id));
    return showOccurrences(await this.entries.occurrences(id, query.started, query.ended));
  }
}

function readId(text: string): number {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : Infinity;
  if (id <= MAX_ERROR_ID) return id;
  throw new NotFound(`There is no error with id “${text}”, so nothing can be counted.`);
}
