import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction, constants, Script } from 'node:vm';
import type { InjectionToken, Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer, type NestContainer } from '@nestjs/core';
import type { HostApplication } from '../handlers/host-application.js';
import { ApplicationView } from './application-view.js';
import { ContainerNames } from './container-names.js';
import type { LiveFrame } from './live-frame.js';

/** What the console of the application says of itself. */
export const APPLICATION_HELP = `Evaluates JavaScript with the application in reach, and await. The classes of its modules, controllers and providers are variables.
  get(X), $(X)      the instance of a provider or controller, by its class, its token, or the name of its class
  resolve(X, id?)   a promise of one that is transient or of a request
  select(M)         a module, to ask it in particular: select(M).get(X)
  debug(M?)         lists the modules with their controllers and providers
  methods(X)        lists the methods of a provider or controller
  app, this         the application, with getHttpServer() and getHttpAdapter() besides
  require           loads packages as the working directory sees them; so does await import(…)
What you declare stays; _ is the last result. Instances are live: what you change, the application sees.
Enter runs, Shift-Enter breaks the line, the arrows walk the history, Tab completes, Ctrl-L clears.`;

/** Names that a function cannot have parameters of, though it would take them. */
const NOT_NAMES = ['eval', 'arguments'];

/** A frame that no call has: its variables are what the application is made of, and what Nest's own REPL offers. */
export function applicationFrame({ moduleRef }: HostApplication): LiveFrame {
  const names = new ContainerNames(moduleRef.get(ModulesContainer, { strict: false }));
  // Every ModuleRef has it, and only for classes of its own; asking it for a module needs it.
  const { container } = moduleRef as unknown as { readonly container: NestContainer };
  const app = new ApplicationView(container, names);
  const variables = new Map([...names.classes(), ...Object.entries(commands(app, names))]);
  const known = [...variables.keys()].filter(isParameter);
  const open = compileFunction('return ($code$) => eval($code$);', known, {
    filename: 'errata-application',
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const evaluate = Reflect.apply(
    open,
    app,
    known.map((name) => variables.get(name)),
  ) as LiveFrame['evaluate'];
  return { name: 'application', evaluate, names: () => known, within: (code) => code() };
}

function commands(app: ApplicationView, names: ContainerNames): Record<string, unknown> {
  const get = (token: InjectionToken): unknown => app.get(token);
  return {
    app,
    get,
    $: get,
    resolve: (token: InjectionToken, contextId?: { readonly id: number }): Promise<unknown> =>
      app.resolve(token, contextId),
    select: (module: Type | string): ApplicationView => app.select(module),
    debug: (module?: Type | string): void => {
      for (const { name, controllers, providers } of names.ofModules(module)) {
        console.log([`${name}:`, ...listed('controllers', controllers), ...listed('providers', providers)].join('\n'));
      }
    },
    methods: (token: InjectionToken): void => {
      const prototype = (
        typeof token === 'function' ? token.prototype : Object.getPrototypeOf(app.get(token))
      ) as object;
      console.log(listed('methods', new MetadataScanner().getAllMethodNames(prototype)).join('\n'));
    },
    require: createRequire(join(process.cwd(), 'console.js')),
  };
}

function listed(title: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`- ${title}`, ...names.map((name) => `  ◻ ${name}`)];
}

/** Classes may be called by words that no variable can be called by: `default`, say. */
function isParameter(name: string): boolean {
  if (NOT_NAMES.includes(name) || !/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return false;
  try {
    return new Script(`(function (${name}) {})`) instanceof Script;
  } catch {
    return false;
  }
}
