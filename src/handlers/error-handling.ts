import type { Server } from 'node:http';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import {
  type AbstractHttpAdapter,
  ApplicationConfig,
  BaseExceptionFilter,
  HttpAdapterHost,
  ModuleRef,
  ModulesContainer,
} from '@nestjs/core';
import {
  answerFailedFilters,
  answerReturned,
  answerUnhandled,
  answerUnrouted,
  NotFoundHandlers,
} from './adapters/adapter-hooks.js';
import { ControllerRoutes } from './controller-routes.js';
import { ErrorAnswers } from './error-answers.js';
import { ErrorFilter } from './error.filter.js';
import type { Cleanup } from './error-handler.js';
import { ExchangeMaker } from './adapters/exchanges.js';
import { ExpressRoutes } from './adapters/express-routes.js';
import { bindAnswers } from './adapters/fastify-options.js';
import { type FastifyLike, FastifyRoutes } from './adapters/fastify-routes.js';
import { HandlerChoices } from './handler-choices.js';
import { watchGateways } from './gateways.js';
import type { HostApplication } from './host-application.js';
import { NO_ROUTES, type RouteTable } from './route-table.js';
import { ShortStackGuard } from './contextual/short-stack.guard.js';
import { SseReports } from './sse-reports.js';

/** Puts the one filter into an application, and catches what reaches no filter. */
@Injectable()
export class ErrorHandling implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly controllers: ControllerRoutes;
  private readonly answers: ErrorAnswers;
  private readonly exchanges: ExchangeMaker;
  private table: RouteTable = NO_ROUTES;
  private readonly cleanups: Cleanup[] = [];

  constructor(
    @Inject(HandlerChoices) private readonly choices: HandlerChoices,
    @Inject(ApplicationConfig) config: ApplicationConfig,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
  ) {
    if (config.getGlobalFilters().some((filter) => filter instanceof ErrorFilter)) {
      throw new Error(
        'ErrorModule is set up twice in this application, and the options of one would be lost. Call forRoot() once, in the root module.',
      );
    }
    this.controllers = new ControllerRoutes(modules);
    this.exchanges = new ExchangeMaker(this.controllers.find);
    this.answers = new ErrorAnswers({
      application: () => this.application,
      routes: () => this.table,
      choices,
      reraise: (thrown, context) => new BaseExceptionFilter(host.httpAdapter).catch(thrown, context),
    });
    // The first of the global filters is the last that is asked: the host's own win for what they catch.
    const filter = new ErrorFilter(this.answers, this.exchanges);
    config.getGlobalFilters().unshift(filter);
    watchGateways(filter, modules);
    if (choices.areContextual) config.useGlobalGuards(new ShortStackGuard());
    const sse = new SseReports((thrown, context) => {
      const [request, response] = context.getArgs<[unknown, unknown]>();
      this.answers.reportBegun(thrown, this.exchanges.of(request, response));
    });
    this.cleanups.push(sse.watch(this.controllers.all()));
    // With @nestjs/testing the adapter comes later than the modules.
    if (this.adapter === undefined) host.init$.subscribe(() => this.install(this.adapter));
    else this.install(this.adapter);
  }

  async onModuleInit(): Promise<void> {
    await this.choices.prepare(this.controllers.all());
  }

  async onApplicationBootstrap(): Promise<void> {
    const server = this.application.server as Server | undefined;
    if (server === undefined) return;
    answerUnrouted(server, this.answers, this.exchanges);
    for (const handler of this.choices.all()) {
      const cleanup = await handler.wrapApplication(this.application);
      if (cleanup !== undefined) this.cleanups.push(cleanup);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    for (const cleanup of this.cleanups.splice(0).reverse()) await cleanup();
  }

  /** There is none yet with @nestjs/testing, and never in a program without HTTP. */
  private get adapter(): AbstractHttpAdapter | undefined {
    return this.host.httpAdapter as AbstractHttpAdapter | undefined;
  }

  private get application(): HostApplication {
    return { moduleRef: this.moduleRef, server: this.adapter?.getHttpServer() as unknown };
  }

  private install(adapter: AbstractHttpAdapter | undefined): void {
    switch (adapter?.getType()) {
      case 'express':
        this.installOnExpress(adapter);
        break;
      case 'fastify':
        this.installOnFastify(adapter);
        break;
      default:
      // A program without HTTP, or an adapter that nobody knows: the filter is all there is.
    }
  }

  private installOnExpress(adapter: AbstractHttpAdapter): void {
    const handlers = new NotFoundHandlers();
    handlers.watch(adapter);
    const application = adapter.getInstance<
      ConstructorParameters<typeof ExpressRoutes>[0] & Parameters<typeof answerUnhandled>[0]
    >();
    this.table = new ExpressRoutes(application, (code) => !handlers.has(code), this.controllers.find);
    answerReturned(adapter, this.answers, this.exchanges);
    answerUnhandled(application, (error, request, response) => {
      const exchange = this.exchanges.of(request, response);
      if (error == null) this.answers.answerNothingFound(exchange);
      else this.answers.answer(error, exchange);
    });
  }

  private installOnFastify(adapter: AbstractHttpAdapter): void {
    const fastify = adapter.getInstance<FastifyLike>();
    this.table = new FastifyRoutes(fastify, this.controllers.find);
    bindAnswers(fastify, this.answers);
    answerFailedFilters(adapter, this.answers, this.exchanges);
    answerReturned(adapter, this.answers, this.exchanges);
  }
}
