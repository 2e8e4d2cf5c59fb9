import type { Server } from 'node:http';
import type { DynamicModule, InjectionToken, Type } from '@nestjs/common';
import { type AbstractHttpAdapter, HttpAdapterHost, NestApplicationContext, type NestContainer } from '@nestjs/core';
import type { ContainedModule, ContainerNames } from './container-names.js';

/** How Nest is asked for an instance, or for all of a token. */
interface Search {
  readonly strict?: boolean;
  readonly each?: boolean;
}

/** The context of a request, or of one instance. */
interface Context {
  readonly id: number;
}

/**
 * The application as its console has it: Nest gives nobody the application that was made from a container, so this asks
 * another context of the same container. What is injected by its class can be had by the name of that, too.
 */
export class ApplicationView {
  // Not shown where the view itself is the value.
  readonly #container: NestContainer;
  readonly #names: ContainerNames;
  readonly #module: ContainedModule | null;
  readonly #context: NestApplicationContext;

  constructor(container: NestContainer, names: ContainerNames, module: ContainedModule | null = null) {
    this.#container = container;
    this.#names = names;
    this.#module = module;
    this.#context = new NestApplicationContext(container, {}, module);
    if (module === null) this.#context.selectContextModule();
  }

  /** The instance of a token, wherever it is provided. @throws Error for what is not provided. */
  get(token: InjectionToken, { strict = false, each = false }: Search = {}): unknown {
    const known = this.#tokenOf(token);
    return each ? this.#context.get<unknown>(known, { strict, each }) : this.#context.get<unknown>(known, { strict });
  }

  /** A new instance of something transient, or that of a request. @throws Error for what is not provided. */
  resolve(token: InjectionToken, context?: Context, { strict = false, each = false }: Search = {}): Promise<unknown> {
    const known = this.#tokenOf(token);
    if (each) return this.#context.resolve<unknown>(known, context, { strict, each });
    return this.#context.resolve<unknown>(known, context, { strict });
  }

  /** A module, to ask it in particular. @throws Error for one that there is not. */
  select(module: Type | DynamicModule | string): ApplicationView {
    const given = typeof module === 'object' ? module.module : module;
    return new ApplicationView(this.#container, this.#names, this.#names.module(given));
  }

  /** Gives the request that instances of a context are made for. */
  registerRequestByContextId(request: unknown, context: Context): void {
    this.#context.registerRequestByContextId(request, context);
  }

  getHttpAdapter(): AbstractHttpAdapter {
    return this.#context.get(HttpAdapterHost).httpAdapter;
  }

  getHttpServer(): Server {
    return this.getHttpAdapter().getHttpServer() as Server;
  }

  #tokenOf(given: InjectionToken): string | symbol | Type {
    return this.#names.token(given, this.#module) as string | symbol | Type;
  }
}
