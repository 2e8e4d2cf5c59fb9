import { join } from 'node:path';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { ErrorModule } from '../index.js';
import type { RetentionOptions } from '../logging.js';
import { AdminTokenGuard } from './admin-token.guard.js';
import { CONFIG, LOGGER } from './app.tokens.js';
import { type Config, LOG_LEVELS } from './config.js';
import { createLogDataSource, describeDatabase, LOG_DATA_SOURCE, logFile } from './database.js';
import { HealthController } from './health.controller.js';
import { openDatabase, type OpeningOptions } from './open-database.js';
import { StartPageController } from './start-page.controller.js';

const MIB = 1_048_576;

/** What the service is given at start, for everything in it. */
@Global()
@Module({})
class SettingsModule {
  static with(config: Config, logger: Logger): DynamicModule {
    const provided = [
      { provide: CONFIG, useValue: config },
      { provide: LOGGER, useValue: logger },
    ];
    return { module: SettingsModule, providers: provided, exports: [CONFIG, LOGGER] };
  }
}

/** The service: an application that imports {@link ErrorModule}, with a database and an admin's token of its own. */
@Module({})
export class AppModule {
  /** @throws HandlerRefused */
  static async with(config: Config, dataSource: DataSource, logger: Logger): Promise<DynamicModule> {
    const logDataSource = createLogDataSource(config);
    const logName = `the file ${logFile(config.dataDir)}`;
    return {
      module: AppModule,
      imports: [
        SettingsModule.with(config, logger),
        connected(dataSource, { name: describeDatabase(config), wait: config.databaseWait, logger }),
        ...(logDataSource === null
          ? []
          : [connected(logDataSource, { name: logName, wait: 0, logger }, LOG_DATA_SOURCE)]),
        // Awaited here, because Nest would log what is thrown with its stack, whoever is told of it then.
        await ErrorModule.forRoot({
          handler: config.errorHandler,
          debugger: { console: true },
          catalog: {
            builtins: 'all',
            controllers: true,
            adminGuards: [AdminTokenGuard],
            prepareStatements: config.databasePreparedStatements,
          },
          logging: {
            ...(logDataSource === null ? {} : { dataSource: LOG_DATA_SOURCE }),
            levels: levelsFrom(config.logDatabaseLevel),
            spool: { directory: join(config.dataDir, 'log-spool'), maxBytes: config.logSpoolMib * MIB },
            // Half of what requests in flight have.
            shutdownTimeout: config.shutdownTimeout * 500,
            controllers: true,
            retention: retentionFrom(config),
          },
        }),
        TerminusModule.forRoot({ logger: false }),
      ],
      controllers: [StartPageController, HealthController],
    };
  }
}

function connected(dataSource: DataSource, options: OpeningOptions, name?: string): DynamicModule {
  return TypeOrmModule.forRootAsync({
    ...(name === undefined ? {} : { name }),
    // Opening the database tries again by itself, and knows when that is of use.
    useFactory: () => ({ ...dataSource.options, toRetry: () => false }),
    dataSourceFactory: async () => {
      await openDatabase(dataSource, options);
      return dataSource;
    },
  });
}

/** A level and those that are more severe. */
function levelsFrom(level: Config['logDatabaseLevel']): string[] {
  return LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(level) + 1).filter((name) => name !== 'silent' && level !== 'silent');
}

function retentionFrom({ logRetentionDays: days, logRetentionRows: rows }: Config): RetentionOptions {
  return { ...(days === 0 ? {} : { days }), ...(rows === 0 ? {} : { rows }) };
}
