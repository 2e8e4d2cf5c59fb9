import { type DynamicModule, Inject, Module, Optional, type Provider } from '@nestjs/common';
import type { ErrorModuleAsyncOptions, ErrorModuleOptions, ErrorModuleRooms } from './error-module.options.js';
import { HANDLER_SETTINGS, settingsFrom } from './handlers/handler-settings.js';
import { HandlersModule } from './handlers/handlers.module.js';
import { refuseNoBooleans, refuseUnknown } from './handlers/option-checks.js';
import type { ErrorHandlerChoice } from './handlers/use-error-handler.js';

const ROOMS = ['handler', 'debugger', 'catalog', 'logging', 'imports'];
const CATALOG = ['dataSource', 'builtins', 'prepareStatements', 'controllers', 'path', 'adminGuards', 'imports'];

/** Tells a module that was set up from the bare class. */
const IS_SET_UP = Symbol.for('nestjs-errata.isSetUp');

/** Joins the rooms that a host opens. */
@Module({})
export class ErrorModule {
  /** @throws Error for a module that is imported as it is, which would answer nothing. */
  constructor(@Optional() @Inject(IS_SET_UP) isSetUp?: boolean) {
    if (isSetUp === true) return;
    throw new Error(
      'ErrorModule is imported without being set up, so it would do nothing. Import ErrorModule.forRoot() instead.',
    );
  }

  /**
   * Answers every error of the application, and opens the rooms that are asked for. A closed room is not loaded, and what
   * only that room needs may be missing; hence the promise, which Nest awaits. To be imported once, by the root module.
   * @throws Error for options that cannot be used.
   */
  static async forRoot(options: ErrorModuleOptions = {}): Promise<DynamicModule> {
    const settings = settingsFrom(await handlerIn(options), options, ROOMS);
    return open(options, { provide: HANDLER_SETTINGS, useValue: settings });
  }

  /** As {@link forRoot}, with options from a factory: which rooms are open, and who handles, has to be known before. */
  static async forRootAsync(options: ErrorModuleAsyncOptions): Promise<DynamicModule> {
    refuseUnknown('forRootAsync', options, [...ROOMS, 'inject', 'useFactory']);
    if (typeof options.useFactory !== 'function') {
      throw new Error('ErrorModule: forRootAsync needs useFactory, a function that gives the options.');
    }
    const handler = await handlerIn(options);
    const settings: Provider = {
      provide: HANDLER_SETTINGS,
      inject: options.inject ?? [],
      useFactory: async (...injected: unknown[]) => settingsFrom(handler, await options.useFactory(...injected)),
    };
    return open(options, settings);
  }
}

/** The debug handler is loaded only for those who ask for it, and refuses here where it must not run. */
async function handlerIn({ handler = 'default', debugger: options }: ErrorModuleRooms): Promise<ErrorHandlerChoice> {
  refuseUnknown('debugger', options, ['allowWithoutNodeEnv', 'asyncFrames', 'console']);
  refuseNoBooleans('debugger', options);
  if (handler !== 'debug') return handler;
  const { ReplErrorHandler } = await import('./debugger/repl-error-handler.js');
  return new ReplErrorHandler(options);
}

async function open({ catalog, logging, imports = [] }: ErrorModuleRooms, settings: Provider): Promise<DynamicModule> {
  const rooms = [HandlersModule.with(settings, imports)];
  if (catalog) {
    if (catalog !== true) refuseUnknown('catalog', catalog, CATALOG);
    const { CatalogModule } = await import('./catalog/catalog.module.js');
    rooms.push(await CatalogModule.forRoot(catalog === true ? {} : catalog));
  }
  if (logging) {
    const { LoggingModule } = await import('./logging/logging.module.js');
    rooms.push(await LoggingModule.forRoot(logging === true ? {} : logging));
  }
  return { module: ErrorModule, imports: rooms, providers: [{ provide: IS_SET_UP, useValue: true }] };
}
