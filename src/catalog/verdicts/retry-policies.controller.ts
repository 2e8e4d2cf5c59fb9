import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  Param,
  Put,
  UseGuards,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../../rest/admin-guard.js';
import { BodyPipe } from '../../rest/body.pipe.js';
import { JsonBodyGuard } from '../../rest/json-body.guard.js';
import { readErrorId } from '../error-id.js';
import { ErrorsService } from '../errors.service.js';
import { policyIn, RetryPolicyDto, showRetryPolicy, type WireRetryPolicy } from './dto/retry-policy.dto.js';
import { DocumentPolicy, DocumentRemovePolicy, DocumentSetPolicy } from './verdicts.openapi.js';

/** How often and after which pauses an error is tried again. */
@ApiTags('errors')
@Controller({ path: ['v6/errors', 'v7/errors'], version: VERSION_NEUTRAL })
export class RetryPoliciesController {
  constructor(@Inject(ErrorsService) private readonly errors: ErrorsService) {}

  @Get(':id/retry-policy')
  @DocumentPolicy()
  async read(@Param('id') id: string): Promise<WireRetryPolicy> {
    return showRetryPolicy(await this.errors.getRetryPolicy(readErrorId(id)));
  }

  @Put(':id/retry-policy')
  @AdminOnly()
  @UseGuards(JsonBodyGuard)
  @ApiBearerAuth()
  @DocumentSetPolicy()
  async set(@Param('id') id: string, @Body(BodyPipe) body: RetryPolicyDto): Promise<WireRetryPolicy> {
    return showRetryPolicy(await this.errors.setRetryPolicy(readErrorId(id), policyIn(body)));
  }

  @Delete(':id/retry-policy')
  @HttpCode(HttpStatus.NO_CONTENT)
  @AdminOnly()
  @ApiBearerAuth()
  @DocumentRemovePolicy()
  async remove(@Param('id') id: string): Promise<void> {
    await this.errors.deleteRetryPolicy(readErrorId(id));
  }
}
