import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import type { ErrorModuleAsyncOptions, ErrorModuleOptions, ErrorModuleRooms } from './error-module.options.js';
import { HANDLER_SETTINGS, settingsFrom } from './handlers/handler-settings.js';
import type { ErrorHandlerChoice } from './handlers/use-error-handler.js';
import { HandlersModule } from './handlers/handlers.module.js';

/** Joins the rooms that a host opens. */
@Module({})
export class ErrorModule {
  /**
   * Answers every error of the application, and opens the rooms that are asked for. A closed room is not loaded, and what
   * only that room needs may be missing; hence the promise, which Nest awaits.
   * @throws Error for options that cannot be used.
   */
  static async forRoot(options: ErrorModuleOptions = {}): Promise<DynamicModule> {
    const settings = settingsFrom(await handlerIn(options), options);
    return open(options, { provide: HANDLER_SETTINGS, useValue: settings });
  }

  /** As {@link forRoot}, with options from a factory: which rooms are open, and who handles, has to be known before. */
  static async forRootAsync(options: ErrorModuleAsyncOptions): Promise<DynamicModule> {
    const handler = await handlerIn(options);
    const settings: Provider = {
      provide: HANDLER_SETTINGS,
      inject: options.inject ?? [],
      useFactory: async (...injected: unknown[]) => settingsFrom(handler, await options.useFactory(...injected)),
    };
    return open(options, settings, options.imports);
  }
}

/** The debug handler is loaded only for those who ask for it, and refuses here where it must not run. */
async function handlerIn({ handler = 'default', debugger: options }: ErrorModuleRooms): Promise<ErrorHandlerChoice> {
  if (handler !== 'debug') return handler;
  const { ReplErrorHandler } = await import('./debugger/repl-error-handler.js');
  return new ReplErrorHandler(options);
}

async function open(
  { catalog }: ErrorModuleRooms,
  settings: Provider,
  imports: DynamicModule['imports'] = [],
): Promise<DynamicModule> {
  const rooms = [HandlersModule.with(settings, imports)];
  if (catalog) {
    const { CatalogModule } = await import('./catalog/catalog.module.js');
    rooms.push(await CatalogModule.forRoot(catalog === true ? {} : catalog));
  }
  return { module: ErrorModule, imports: rooms };
}
