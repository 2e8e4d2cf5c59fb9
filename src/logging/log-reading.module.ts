import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AdminGuard } from '../rest/admin-guard.js';
import { loadDocumented } from '../rest/documented-controllers.js';
import { ADMIN_GUARDS, ERROR_LINKS } from '../rest/rest.tokens.js';
import { errorLogLinks } from './reading/error-log-links.js';
import { LogEntryRepository } from './reading/log-entry.repository.js';
import type { LogReadingOptions } from './log-reading-options.js';
import { LogUpkeep } from './upkeep/log-upkeep.js';
import { LogPartitionRepository } from './upkeep/log-partition.repository.js';
import { LogRetentionRepository } from './upkeep/log-retention.repository.js';
import { checkedRetention } from './upkeep/retention.js';

/** The log as it is read over REST and kept in bounds. */
@Module({})
export class LogReadingModule {
  /** @throws Error for bounds that are none, and when controllers are asked for and `@nestjs/swagger` is missing. */
  static async forRoot(options: LogReadingOptions = {}): Promise<DynamicModule> {
    const retention = checkedRetention(options.retention);
    const { path, controllers = false, adminGuards } = options;
    const routes = path ? [RouterModule.register([{ path, module: LogReadingModule }])] : [];
    const links: Provider[] = controllers ? [{ provide: ERROR_LINKS, useValue: errorLogLinks }] : [];
    return {
      module: LogReadingModule,
      global: true,
      imports: [...(options.imports ?? []), ...routes],
      // Loaded only now: a host without controllers may be without @nestjs/swagger, which documents them.
      controllers: controllers ? await loadDocumented('logging.controllers', restControllers) : [],
      providers: [
        onDataSource(LogEntryRepository, options.dataSource),
        onDataSource(LogPartitionRepository, options.dataSource),
        onDataSource(LogRetentionRepository, options.dataSource),
        {
          provide: LogUpkeep,
          inject: [LogPartitionRepository, LogRetentionRepository],
          useFactory: (partitions: LogPartitionRepository, entries: LogRetentionRepository) =>
            new LogUpkeep(partitions, entries, retention),
        },
        ...links,
        ...(controllers ? guards(adminGuards) : []),
      ],
      exports: [LogEntryRepository, LogUpkeep, ...(controllers ? [ERROR_LINKS] : [])],
    };
  }
}

function onDataSource(repository: new (source: DataSource) => object, name?: string): Provider {
  return {
    provide: repository,
    inject: [getDataSourceToken(name)],
    useFactory: (source: DataSource) => new repository(source),
  };
}

/** Without guards of its own the log has the catalogue’s, which are there for all modules. */
function guards(adminGuards: LogReadingOptions['adminGuards']): Provider[] {
  if (adminGuards === undefined || adminGuards.length === 0) return [AdminGuard, inheritedGuards];
  const list = { provide: ADMIN_GUARDS, inject: adminGuards, useFactory: (...given: unknown[]) => given };
  return [AdminGuard, ...adminGuards, list];
}

const inheritedGuards: Provider = {
  provide: Symbol('inherited guards'),
  inject: [{ token: ADMIN_GUARDS, optional: true }],
  useFactory: (inherited: unknown[] = []) => {
    if (inherited.length > 0) return inherited;
    throw new Error(
      'ErrorModule: logging.controllers is on, and neither logging.adminGuards nor catalog.adminGuards names a guard, so ' +
        'nobody could read the log. Name the guards that tell an admin, or leave the controllers off.',
    );
  },
};

async function restControllers(): Promise<Type[]> {
  const { LogsController } = await import('./reading/logs.controller.js');
  const { OccurrencesController } = await import('./reading/occurrences.controller.js');
  return [LogsController, OccurrencesController];
}
