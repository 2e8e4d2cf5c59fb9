import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationShutdown,
  type Provider,
  type Type,
} from '@nestjs/common';
import { ApplicationConfig, RouterModule } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { watchDataSource } from '../exceptions/data-source-failures.js';
import { CATALOGUED_PATHS } from '../rendering/problem-types.js';
import { AdminGuard } from '../rest/admin-guard.js';
import { loadDocumented } from '../rest/documented-controllers.js';
import { builtinsOf } from './builtin-errors.js';
import { BuiltinRefresh } from './builtin-refresh.js';
import { type CatalogOptions, refuseUnusable } from './catalog-options.js';
import { ADMIN_GUARDS, CATALOGUED_ERRORS } from '../rest/rest.tokens.js';
import { ErrorDetails } from './error-details.js';
import { ErrorTypePaths } from './error-type-paths.js';
import { ErrorRepository } from './error.repository.js';
import { ErrorsService } from './errors.service.js';
import { RegisteredNames } from './registered-names.js';

/** The catalogue in an application: {@link ErrorsService} for everybody, and the REST interface where it is asked for. */
@Module({})
export class CatalogModule implements OnApplicationShutdown {
  constructor(@Inject(BuiltinRefresh) private readonly refresh: BuiltinRefresh) {}

  onApplicationShutdown(): void {
    this.refresh.stop();
  }

  /**
   * @throws Error for options that cannot be used, when controllers are asked for and nobody says who may write, and when
   * `@nestjs/swagger` is missing.
   */
  static async forRoot(options: CatalogOptions): Promise<DynamicModule> {
    refuseUnusable(options);
    const adminGuards = options.adminGuards ?? [];
    if (options.controllers && adminGuards.length === 0) {
      throw new Error(
        'ErrorModule: catalog.controllers is on without catalog.adminGuards, so anybody could edit the catalogue. ' +
          'Name the guards that tell an admin, or leave the controllers off.',
      );
    }
    const routes = options.path ? [RouterModule.register([{ path: options.path, module: CatalogModule }])] : [];
    return {
      module: CatalogModule,
      global: true,
      imports: [...(options.imports ?? []), ...routes],
      // Loaded only now: a host without controllers may be without @nestjs/swagger, which documents them.
      controllers: options.controllers ? await loadDocumented('catalog.controllers', restControllers) : [],
      providers: [
        catalogue(options),
        errorTypes(options),
        BuiltinRefresh,
        ErrorDetails,
        RegisteredNames,
        AdminGuard,
        ...adminGuards,
        guardList(adminGuards),
        { provide: CATALOGUED_ERRORS, useExisting: ErrorsService },
      ],
      exports: [ErrorsService, ErrorDetails, CATALOGUED_PATHS, CATALOGUED_ERRORS, ADMIN_GUARDS],
    };
  }
}

/** Ready when it is injected: a constructor or `onModuleInit` of the host's may look up built-in errors already. */
function catalogue({ dataSource, builtins = 'basic', prepareStatements = false }: CatalogOptions): Provider {
  return {
    provide: ErrorsService,
    inject: [getDataSourceToken(dataSource)],
    useFactory: async (source: DataSource): Promise<ErrorsService> => {
      const errors = new ErrorsService(new ErrorRepository(watchDataSource(source), prepareStatements));
      await errors.seedBuiltinErrors(builtinsOf(builtins));
      return errors;
    },
  };
}

async function restControllers(): Promise<Type[]> {
  const { ErrorsController } = await import('./errors.controller.js');
  const { ErrorTypesController } = await import('./error-types.controller.js');
  const { JobTypesController } = await import('./job-types/job-types.controller.js');
  const { RetryPoliciesController } = await import('./verdicts/retry-policies.controller.js');
  const { VerdictsController } = await import('./verdicts/verdicts.controller.js');
  return [ErrorsController, VerdictsController, RetryPoliciesController, JobTypesController, ErrorTypesController];
}

/** Lets the problems of the application lead to what the catalogue knows. */
function errorTypes({ path = '', controllers = false }: CatalogOptions): Provider {
  return {
    provide: CATALOGUED_PATHS,
    inject: [ErrorsService, ApplicationConfig],
    useFactory: (errors: ErrorsService, config: ApplicationConfig) =>
      new ErrorTypePaths(errors, config, path, controllers),
  };
}

function guardList(adminGuards: NonNullable<CatalogOptions['adminGuards']>): Provider {
  return { provide: ADMIN_GUARDS, inject: adminGuards, useFactory: (...guards: unknown[]) => guards };
}
