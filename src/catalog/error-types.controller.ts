import { Controller, Get, Inject, Param, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiTags } from '@nestjs/swagger';
import { explanationPage } from '../rendering/explanation-page.js';
import { negotiate } from '../rendering/negotiate.js';
import { PAGE_POLICY } from '../rendering/page.js';
import { ERROR_TYPES } from './error-type-paths.js';
import { DocumentErrorType, DocumentJobErrorType } from './error-types.openapi.js';
import { ErrorDetailsView, showIn } from './error-views.js';
import type { ErrorEntity } from './error.entity.js';
import { ErrorsService } from './errors.service.js';
import type { HttpRequest } from '../rest/request-url.js';

const show = showIn(ErrorDetailsView);

/** Explains catalogued errors to those who follow the `type` of a problem: people read a page, programs JSON. */
@ApiTags('errors')
@Controller({ path: ERROR_TYPES, version: VERSION_NEUTRAL })
export class ErrorTypesController {
  constructor(
    @Inject(ErrorsService) private readonly errors: ErrorsService,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
  ) {}

  @Get(':name')
  @DocumentErrorType()
  async explain(
    @Param('name') name: string,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) response: unknown,
  ): Promise<string> {
    return this.answer(await this.errors.getByNaturalKey(null, name), request, response);
  }

  @Get(':jobTypeName/:name')
  @DocumentJobErrorType()
  async explainJobError(
    @Param('jobTypeName') jobTypeName: string,
    @Param('name') name: string,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) response: unknown,
  ): Promise<string> {
    return this.answer(await this.errors.getJobError(jobTypeName, name), request, response);
  }

  private async answer(error: ErrorEntity, { headers }: HttpRequest, response: unknown): Promise<string> {
    const isForPeople = negotiate(headers.accept, ['application/json', 'text/html']) === 'text/html';
    const { httpAdapter } = this.adapterHost;
    httpAdapter.setHeader(response, 'Vary', 'Accept');
    httpAdapter.setHeader(response, 'Content-Type', `${isForPeople ? 'text/html' : 'application/json'}; charset=utf-8`);
    if (!isForPeople) return JSON.stringify(show(error));
    httpAdapter.setHeader(response, 'Content-Security-Policy', PAGE_POLICY);
    return explanationPage(error, await this.errors.getExitCodes(error));
  }
}
