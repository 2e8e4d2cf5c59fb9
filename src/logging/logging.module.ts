import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ERROR_REPORTS } from '../exceptions/error-reports.js';
import { DatabaseLogHandler, type DatabaseLogHandlerOptions } from './database-log-handler.js';
import { DatabaseLogger } from './database-logger.js';
import { LOG_HANDLER_OPTIONS, type LogHandlerOptions, refuseOthers } from './log-handler-options.js';
import type { LogReadingOptions } from './log-reading-options.js';
import { LogReadingModule } from './log-reading.module.js';
import type { LoggingOptions } from './logging-options.js';

const READING = ['dataSource', 'controllers', 'path', 'adminGuards', 'retention', 'imports'] as const;

/** The log in an application: {@link DatabaseLogHandler} and {@link DatabaseLogger} for everybody. */
@Module({})
export class LoggingModule implements BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(@Inject(DatabaseLogHandler) private readonly handler: DatabaseLogHandler) {}

  /** TypeORM closes the application's DataSource after this. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.handler.settle();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.handler.close();
  }

  /** @throws Error for options that cannot be used. */
  static async forRoot(options: LoggingOptions): Promise<DynamicModule> {
    refuseOthers('logging', options, [...LOG_HANDLER_OPTIONS, ...READING]);
    const { table = true, model = '' } = options;
    return {
      module: LoggingModule,
      global: true,
      // Another entity, or no table at all: there is nothing that could be read or kept in bounds here.
      imports: table && model === '' ? [await LogReadingModule.forRoot(reading(options))] : [],
      providers: [
        handlerOf(writing(options), table, options.dataSource),
        DatabaseLogger,
        { provide: ERROR_REPORTS, useExisting: DatabaseLogger },
      ],
      exports: [DatabaseLogHandler, DatabaseLogger, ERROR_REPORTS],
    };
  }
}

function handlerOf(options: LogHandlerOptions, table: boolean, dataSource: string | undefined): Provider {
  return {
    provide: DatabaseLogHandler,
    inject: table ? [getDataSourceToken(dataSource)] : [],
    useFactory: (source?: DataSource) => {
      const given: DatabaseLogHandlerOptions = source === undefined ? options : { ...options, dataSource: source };
      return new DatabaseLogHandler(given);
    },
  };
}

function writing(options: LoggingOptions): LogHandlerOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => LOG_HANDLER_OPTIONS.includes(name)));
}

function reading(options: LoggingOptions): LogReadingOptions {
  const names: readonly string[] = READING;
  return Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)));
}
