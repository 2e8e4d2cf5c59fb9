import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  HealthCheckService,
  type HealthCheckResult,
  type HealthIndicatorResult,
  HealthIndicatorService,
  TypeOrmHealthIndicator,
} from '@nestjs/terminus';
import { ErrorsService } from '../catalog.js';
import { ServiceUnavailable } from '../index.js';
import { DatabaseLogHandler } from '../logging.js';
import { ApiErrorResponse } from '../openapi.js';

/** How long the database may take to answer, in milliseconds. */
const DATABASE_TIMEOUT = 2_000;

const ready = {
  status: 'ok',
  info: { database: { status: 'up' }, catalogue: { status: 'up' }, log: { status: 'up' } },
  error: {},
};

/** Whether the service runs, and whether requests should be sent to it. */
@ApiTags('service')
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(TypeOrmHealthIndicator) private readonly database: TypeOrmHealthIndicator,
    @Inject(ErrorsService) private readonly errors: ErrorsService,
    @Inject(DatabaseLogHandler) private readonly logHandler: DatabaseLogHandler,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Tell whether the process answers' })
  @ApiResponse({ status: 200, description: 'It does.', schema: { type: 'object' }, example: { status: 'ok' } })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Tell whether requests can be served' })
  @ApiResponse({ status: 200, description: 'They can.', schema: { type: 'object' }, example: ready })
  @ApiErrorResponse(ServiceUnavailable, {
    description: 'They cannot; the detail says what is missing.',
    detail: 'The service is not ready: database.',
  })
  async ready(): Promise<HealthCheckResult> {
    try {
      return await this.health.check([
        () => this.database.pingCheck('database', { timeout: DATABASE_TIMEOUT }),
        () => this.catalogue(),
        () => this.log(),
      ]);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const result = error.getResponse() as HealthCheckResult;
      const missing = Object.keys(result.error ?? {}).join(', ');
      throw new ServiceUnavailable(`The service is not ready: ${missing}.`);
    }
  }

  private catalogue(): HealthIndicatorResult<'catalogue'> {
    const indicator = this.indicators.check('catalogue');
    try {
      this.errors.getUnknownError();
      return indicator.up();
    } catch {
      return indicator.down();
    }
  }

  /** Whether there is room for what is logged next. */
  private log(): HealthIndicatorResult<'log'> {
    const indicator = this.indicators.check('log');
    return this.logHandler.isHealthy ? indicator.up() : indicator.down();
  }
}
