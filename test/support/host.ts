import 'reflect-metadata';
import {
  type INestApplication,
  type LoggerService,
  type MiddlewareConsumer,
  type ModuleMetadata,
  Module,
  type NestModule,
  type Type,
} from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { errataFastifyOptions, ErrorModule, type ErrorModuleOptions } from '../../src/index.js';
import type { AdapterKind } from './app-matrix.js';
import { type Answer, type Question, send } from './http-client.js';

export const adapters: readonly AdapterKind[] = ['express', 'fastify'];

/** What a host application is made of. */
export interface HostParts extends ModuleMetadata {
  readonly options?: ErrorModuleOptions;
  /** Takes the place of `ErrorModule.forRoot(options)`. */
  readonly errorModule?: NonNullable<ModuleMetadata['imports']>[number];
  readonly middleware?: (consumer: MiddlewareConsumer) => void;
  /** What the application is told before it listens. */
  readonly prepare?: (app: INestApplication) => unknown;
  readonly logger?: LoggerService;
}

/** A small application of somebody else's that imports the module, reached by HTTP. */
export interface Host {
  readonly app: INestApplication;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Asks for a path, with GET unless the question says otherwise. */
  ask(path: string, question?: Question): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts a host on an adapter, at a free port. */
export async function startHost(adapter: AdapterKind, parts: HostParts = {}): Promise<Host> {
  const app = await NestFactory.create(moduleOf(parts), adapterOf(adapter), {
    logger: parts.logger ?? false,
    abortOnError: false,
  });
  return listen(app, parts);
}

/** Makes a host of an application that is there already. */
export async function listen(app: INestApplication, { prepare }: Pick<HostParts, 'prepare'> = {}): Promise<Host> {
  await prepare?.(app);
  await app.listen(0, '127.0.0.1');
  const origin = await app.getUrl();
  return {
    app,
    origin,
    ask: (path, question) => send(origin, path, question),
    close: () => app.close(),
  };
}

/** The adapter as hosts make it. */
export function adapterOf(kind: AdapterKind): AbstractHttpAdapter {
  return kind === 'fastify' ? new FastifyAdapter(errataFastifyOptions()) : new ExpressAdapter();
}

/** The module of a host. */
export function moduleOf(parts: HostParts): Type {
  const { options, errorModule, middleware, imports = [], controllers = [], providers = [] } = parts;
  @Module({ controllers, providers, imports: [errorModule ?? ErrorModule.forRoot(options), ...imports] })
  class HostModule implements NestModule {
    configure(consumer: MiddlewareConsumer): void {
      middleware?.(consumer);
    }
  }
  return HostModule;
}
