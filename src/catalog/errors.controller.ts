import {
  Body,
  Controller,
  Get,
  Inject,
  Param,
  Patch,
  Post,
  Req,
  Res,
  UseGuards,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { BadRequest } from '../exceptions/client-errors.js';
import { AdminOnly } from '../rest/admin-guard.js';
import { BodyPipe } from '../rest/body.pipe.js';
import { PageNotFound } from './catalog-errors.js';
import { CreateErrorDto, definitionIn } from './dto/create-error.dto.js';
import { readErrorListQuery } from './dto/error-list-query.js';
import { changesIn, UpdateErrorDto } from './dto/update-error.dto.js';
import { ErrorDetails, JSON_TYPE } from './error-details.js';
import { readErrorId } from './error-id.js';
import { ErrorView, showIn, writeOnce } from './error-views.js';
import { DocumentCreate, DocumentDetails, DocumentList, DocumentUpdate } from './errors.openapi.js';
import { ErrorsService } from './errors.service.js';
import { JsonBodyGuard } from '../rest/json-body.guard.js';
import { allowedVersions } from './preconditions.js';
import { type HttpRequest, memberAddress, pageAddress, searchOf } from '../rest/request-url.js';

const writeInList = writeOnce(showIn(ErrorView));

/** The catalogue over HTTP: one contract under both versions of the path, with or without the trailing slash. */
@ApiTags('errors')
@Controller({ path: ['v6/errors', 'v7/errors'], version: VERSION_NEUTRAL })
export class ErrorsController {
  constructor(
    @Inject(ErrorsService) private readonly errors: ErrorsService,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(ErrorDetails) private readonly answers: ErrorDetails,
  ) {}

  @Get()
  @DocumentList()
  async list(@Req() request: HttpRequest, @Res({ passthrough: true }) response: unknown): Promise<string> {
    const query = readErrorListQuery(searchOf(request));
    if (Array.isArray(query)) {
      throw new BadRequest(query.map(({ detail }) => detail).join(' '), { errors: query });
    }
    if (typeof query.page === 'object') throw new PageNotFound(`“${query.page.unreadable}”`);
    const { filters, page: wanted, pageSize } = query;
    const { count, page, pages, errors } = await this.errors.getErrorPage(filters, { page: wanted, pageSize });
    const next = page < pages ? pageAddress(request, page + 1) : null;
    const previous = page > 1 ? pageAddress(request, page - 1) : null;
    this.adapterHost.httpAdapter.setHeader(response, 'Content-Type', JSON_TYPE);
    // Put together of what was written once for each error: to write a page anew takes longer than to read it.
    return `${JSON.stringify({ count, next, previous }).slice(0, -1)},"results":[${errors.map(writeInList).join(',')}]}`;
  }

  @Get(':id')
  @DocumentDetails()
  details(
    @Param('id') text: string,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) response: unknown,
  ): string | undefined | Promise<string | undefined> {
    const id = readErrorId(text);
    const known = this.errors.peekError(id);
    // What is in memory is answered at once: each promise on the way is a part of what such an answer costs.
    if (known !== null) return this.answers.read(known, request, response);
    return this.errors.getError(id).then((error) => this.answers.read(error, request, response));
  }

  @Post()
  @AdminOnly()
  @UseGuards(JsonBodyGuard)
  @ApiBearerAuth()
  @DocumentCreate()
  async create(
    @Body(BodyPipe) body: CreateErrorDto,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) response: unknown,
  ): Promise<string> {
    const error = await this.errors.createError(definitionIn(body));
    this.adapterHost.httpAdapter.setHeader(response, 'Location', memberAddress(request, error.id));
    return this.answers.show(error, response);
  }

  @Patch(':id')
  @AdminOnly()
  @UseGuards(JsonBodyGuard)
  @ApiBearerAuth()
  @DocumentUpdate()
  async update(
    @Param('id') id: string,
    @Body(BodyPipe) body: UpdateErrorDto,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) response: unknown,
  ): Promise<string> {
    const versions = allowedVersions(request.headers['if-match']);
    const error = await this.errors.editError(readErrorId(id), changesIn(body), versions);
    return this.answers.show(error, response);
  }
}
