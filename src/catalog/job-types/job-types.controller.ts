import { Body, Controller, Get, HttpStatus, Inject, Param, Put, Res, UseGuards, VERSION_NEUTRAL } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { BadRequest } from '../../exceptions/client-errors.js';
import { AdminOnly } from '../../rest/admin-guard.js';
import { GivenBodyGuard } from '../../rest/given-body.guard.js';
import { JsonBodyGuard } from '../../rest/json-body.guard.js';
import { ErrorDetails } from '../error-details.js';
import { ErrorsService } from '../errors.service.js';
import { exitCodeProblem } from './exit-codes.js';
import { readErrorInterface, showErrorInterface, type WireErrorInterface } from './dto/error-interface-document.js';
import { DocumentExitCode, DocumentReadInterface, DocumentSaveInterface } from './job-types.openapi.js';

/** What job types declare: their error interfaces, and what their exit codes mean. */
@ApiTags('job types')
@Controller({ path: ['v6/job-types', 'v7/job-types'], version: VERSION_NEUTRAL })
export class JobTypesController {
  constructor(
    @Inject(ErrorsService) private readonly errors: ErrorsService,
    @Inject(ErrorDetails) private readonly details: ErrorDetails,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
  ) {}

  @Get(':jobTypeName/errors')
  @DocumentReadInterface()
  async read(@Param('jobTypeName') jobTypeName: string): Promise<WireErrorInterface> {
    return showErrorInterface(await this.errors.getErrorInterface(jobTypeName));
  }

  @Put(':jobTypeName/errors')
  @AdminOnly()
  @UseGuards(JsonBodyGuard, GivenBodyGuard)
  @ApiBearerAuth()
  @DocumentSaveInterface()
  async save(@Param('jobTypeName') jobTypeName: string, @Body() document: unknown): Promise<WireErrorInterface> {
    return showErrorInterface(await this.errors.saveErrorInterface(jobTypeName, readErrorInterface(document)));
  }

  @Get(':jobTypeName/exit-codes/:code')
  @DocumentExitCode()
  async explain(
    @Param('jobTypeName') jobTypeName: string,
    @Param('code') code: string,
    @Res({ passthrough: true }) response: unknown,
  ): Promise<string | undefined> {
    const error = await this.errors.getJobErrorByExitCode(jobTypeName, readExitCode(code));
    if (error !== null) return this.details.show(error, response);
    this.adapterHost.httpAdapter.status(response, HttpStatus.NO_CONTENT);
    return undefined;
  }
}

function readExitCode(text: string): number {
  const code = /^(0|[1-9]\d{0,2})$/.test(text) ? Number(text) : NaN;
  const problem = exitCodeProblem(code);
  if (problem === null) return code;
  const detail = `“${text}”: ${problem}`;
  throw new BadRequest(detail, { errors: [{ parameter: 'code', detail }] });
}
