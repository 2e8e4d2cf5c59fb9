import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { ErrorModule } from '../index.js';
import { AdminTokenGuard } from './admin-token.guard.js';
import { CONFIG, LOGGER } from './app.tokens.js';
import type { Config } from './config.js';
import { describeDatabase } from './database.js';
import { HealthController } from './health.controller.js';
import { openDatabase } from './open-database.js';
import { StartPageController } from './start-page.controller.js';

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
  static with(config: Config, dataSource: DataSource, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.with(config, logger),
        TypeOrmModule.forRootAsync({
          // Opening the database tries again by itself, and knows when that is of use.
          useFactory: () => ({ ...dataSource.options, toRetry: () => false }),
          dataSourceFactory: async () => {
            await openDatabase(dataSource, { name: describeDatabase(config), wait: config.databaseWait, logger });
            return dataSource;
          },
        }),
        ErrorModule.forRoot({
          handler: config.errorHandler,
          debugger: { console: true },
          catalog: {
            builtins: 'all',
            controllers: true,
            adminGuards: [AdminTokenGuard],
            prepareStatements: config.databasePreparedStatements,
          },
        }),
        TerminusModule.forRoot({ logger: false }),
      ],
      controllers: [StartPageController, HealthController],
    };
  }
}
