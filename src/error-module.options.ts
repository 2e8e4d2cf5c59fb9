import type { FactoryProvider, ModuleMetadata } from '@nestjs/common';
import type { CatalogOptions } from './catalog/catalog-options.js';
import type { DebuggerOptions } from './debugger/debugger-options.js';
import type { LoggingOptions } from './logging/logging-options.js';
import type { HandlingOptions } from './handlers/handler-settings.js';
import type { ErrorHandlerChoice } from './handlers/use-error-handler.js';

/** Which rooms are opened in a host: known when the module is imported. */
export interface ErrorModuleRooms {
  /**
   * Who decides what is answered: a handler that is given, a class for Nest to make, or a handler that is made already.
   * @default 'default'
   */
  handler?: ErrorHandlerChoice | 'debug';
  /** How the debug handler is set up. */
  debugger?: DebuggerOptions;
  /**
   * Whether the error catalogue is opened, and how. It needs a TypeORM DataSource whose entities include
   * `errorEntities(type)` and whose migrations include `errorMigrations`.
   * @default false
   */
  catalog?: boolean | CatalogOptions;
  /**
   * Whether the log is kept in a database, and how. It needs a TypeORM DataSource whose entities include
   * `logEntities(type)` and whose migrations include `logMigrations`.
   * @default false
   */
  logging?: boolean | LoggingOptions;
  /** Modules that export what a handler injects, or what is injected into the factory. */
  imports?: ModuleMetadata['imports'];
}

/** How {@link ErrorModule} is set up in a host. */
export interface ErrorModuleOptions extends ErrorModuleRooms, HandlingOptions {}

/** The same with options that are found out only at start, such as from a configuration service. */
export interface ErrorModuleAsyncOptions extends ErrorModuleRooms {
  /** What the factory is called with. */
  inject?: FactoryProvider['inject'];
  useFactory: FactoryProvider<HandlingOptions | Promise<HandlingOptions>>['useFactory'];
}
