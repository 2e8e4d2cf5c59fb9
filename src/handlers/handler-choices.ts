import { Inject, Injectable, Optional } from '@nestjs/common';
import { ModuleRef, ModulesContainer } from '@nestjs/core';
import { registerError } from '../exceptions/error-registry.js';
import { ERROR_REPORTS, type ErrorReports } from '../exceptions/error-reports.js';
import { CATALOGUED_PATHS, type CataloguedPaths } from '../rendering/problem-types.js';
import type { ControllerRoute } from './controller-routes.js';
import { ContextualErrorHandler } from './contextual/contextual-error-handler.js';
import { ErrorHandler, type RenderingSettings } from './error-handler.js';
import type { ErrorRequest } from './error-request.js';
import { HANDLER_SETTINGS, type HandlerSettings } from './handler-settings.js';
import { refuseNoHandler } from './option-checks.js';
import { chosenFor, type ErrorHandlerChoice } from './use-error-handler.js';

/** The handlers of an application: the one that decides for all of it, and those that routes have of their own. */
@Injectable()
export class HandlerChoices {
  private readonly made = new Map<ErrorHandlerChoice, ErrorHandler>();
  private readonly ofRoutes = new Map<ControllerRoute, ErrorHandler>();
  private readonly told: RenderingSettings;
  private ofApplication: ErrorHandler | undefined;
  /** The id of a catalogued error; null for one that is not. */
  readonly idOf: (errorType: string) => number | null;

  constructor(
    @Inject(HANDLER_SETTINGS) readonly settings: HandlerSettings,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Optional() @Inject(CATALOGUED_PATHS) catalogued?: CataloguedPaths,
    @Optional() @Inject(ERROR_REPORTS) readonly reports?: ErrorReports,
  ) {
    this.idOf = (errorType) => catalogued?.idOf(errorType) ?? null;
    for (const error of settings.errors) registerError(error);
    const { options, renderers, problemTypeBase, allowInProduction } = settings;
    this.told = { options, renderers, problemTypeBase, allowInProduction, catalogued };
  }

  /** Whether the application's handler records what it answers. */
  get areContextual(): boolean {
    const { handler } = this.settings;
    return (
      handler === 'contextual' ||
      handler instanceof ContextualErrorHandler ||
      (typeof handler === 'function' && handler.prototype instanceof ContextualErrorHandler)
    );
  }

  /** Makes all handlers, since there is no time for it when they are needed. */
  async prepare(routes: readonly ControllerRoute[]): Promise<void> {
    this.ofApplication = await this.handlerOf(this.settings.handler);
    for (const route of routes) {
      const choice = chosenFor(route);
      if (choice === undefined) continue;
      refuseNoHandler(choice);
      this.ofRoutes.set(route, await this.handlerOf(choice, this.moduleOf(route)));
    }
  }

  get application(): ErrorHandler {
    return this.tell((this.ofApplication ??= new ErrorHandler()));
  }

  /** Every handler of the application. */
  *all(): Iterable<ErrorHandler> {
    for (const handler of this.made.values()) yield this.tell(handler);
  }

  /** The handler that decides for the route that took a request: its own, or the application's. */
  for(request: ErrorRequest): ErrorHandler {
    const handler = this.ofRoutes.size === 0 ? null : request.route?.handler;
    const own = handler == null ? undefined : this.ofRoutes.get(handler);
    return own === undefined ? this.application : this.tell(own);
  }

  /** What makes things with what the module of a controller has at hand. */
  private moduleOf({ controller }: ControllerRoute): ModuleRef {
    for (const module of this.modules.values()) {
      const own = module.controllers.has(controller) ? module.providers.get(ModuleRef)?.instance : undefined;
      if (own instanceof ModuleRef) return own;
    }
    return this.moduleRef;
  }

  private async handlerOf(choice: ErrorHandlerChoice, moduleRef = this.moduleRef): Promise<ErrorHandler> {
    const known = this.made.get(choice);
    if (known !== undefined) return known;
    const handler = await make(choice, moduleRef);
    this.made.set(choice, handler);
    return handler;
  }

  /** A handler that is made already may work for other applications, too: whoever asks it tells it for whom it works now. */
  private tell(handler: ErrorHandler): ErrorHandler {
    if (handler.settings !== this.told) handler.settings = this.told;
    return handler;
  }
}

async function make(choice: ErrorHandlerChoice, moduleRef: ModuleRef): Promise<ErrorHandler> {
  if (choice === 'default') return new ErrorHandler();
  if (choice === 'contextual') return new ContextualErrorHandler();
  if (typeof choice !== 'function') return choice;
  try {
    // The host provides it, with whatever it injects.
    return moduleRef.get<ErrorHandler>(choice, { strict: false });
  } catch {
    return moduleRef.create<ErrorHandler>(choice);
  }
}
