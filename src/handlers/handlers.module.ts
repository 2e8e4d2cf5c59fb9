import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { ErrorHandling } from './error-handling.js';
import { HandlerChoices } from './handler-choices.js';

/** The error handling of an application. */
@Module({ providers: [HandlerChoices, ErrorHandling] })
export class HandlersModule {
  /** @param settings provides `HANDLER_SETTINGS`. */
  static with(settings: Provider, imports: DynamicModule['imports'] = []): DynamicModule {
    return { module: HandlersModule, imports, providers: [settings] };
  }
}
