import { Body, Controller, HttpCode, HttpStatus, Inject, Post, UseGuards, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { JsonBodyGuard } from '../../rest/json-body.guard.js';
import { ErrorDetailsView, showIn, type WireError } from '../error-views.js';
import { ErrorsService } from '../errors.service.js';
import { readResolveRequest } from './dto/resolve-request.js';
import { DocumentResolve } from './verdicts.openapi.js';

const show = showIn(ErrorDetailsView);

/** A verdict on the wire. */
interface WireVerdict {
  readonly error: WireError | null;
  readonly retry: boolean;
  readonly reason: string;
}

/** Judges failures: which error it was, and whether to try again. */
@ApiTags('errors')
@Controller({ path: ['v6/errors', 'v7/errors'], version: VERSION_NEUTRAL })
export class VerdictsController {
  constructor(@Inject(ErrorsService) private readonly errors: ErrorsService) {}

  @Post('resolve')
  @HttpCode(HttpStatus.OK)
  @UseGuards(JsonBodyGuard)
  @DocumentResolve()
  async resolve(@Body() body: unknown): Promise<WireVerdict> {
    const { error, retry, reason } = await this.errors.resolve(readResolveRequest(body));
    return { error: error === null ? null : show(error), retry, reason };
  }
}
