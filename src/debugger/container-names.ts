import type { InjectionToken, Type } from '@nestjs/common';
import { ApplicationConfig, ModuleRef, type ModulesContainer } from '@nestjs/core';
import leven from 'leven';

/** One of the application's modules, as Nest keeps it. */
export type ContainedModule = ModulesContainer extends Map<string, infer Module> ? Module : never;

/** What one of the application's modules holds, by the names that people know. */
export interface ModuleNames {
  readonly name: string;
  readonly controllers: readonly string[];
  readonly providers: readonly string[];
}

/** What every module has of itself, and a module that is Nest's alone. */
const NEST_OWN: ReadonlySet<unknown> = new Set([ApplicationConfig, ModuleRef]);
const NEST_MODULE = 'InternalCoreModule';
/** How far a name may be from one that there is, in letters, to be taken for a slip. */
const SLIP = 3;

/** The names of what the application is made of. They are read anew each time, since modules may be loaded late. */
export class ContainerNames {
  constructor(private readonly modules: ModulesContainer) {}

  /** Every class that is a module, a controller or a provider, by its name; of those with one name the first. */
  classes(): Map<string, unknown> {
    const classes = new Map<string, unknown>();
    for (const module of this.modules.values()) {
      for (const token of [...tokensOf(module), module.metatype]) {
        if (typeof token === 'function' && !classes.has(token.name)) classes.set(token.name, token);
      }
    }
    return classes;
  }

  /** What each module holds, or one alone. */
  ofModules(given?: Type | string): ModuleNames[] {
    const modules = [...this.modules.values()].filter(({ name }) => name !== NEST_MODULE);
    return (given === undefined ? modules : [this.module(given)]).map(({ name, metatype, controllers, providers }) => ({
      name,
      controllers: [...controllers.keys()].map(nameOf),
      providers: [...providers.keys()].filter((token) => token !== metatype && !NEST_OWN.has(token)).map(nameOf),
    }));
  }

  /**
   * What is injected by a token, or by the name of its class; a module's own goes before those of others.
   * @throws Error for a name that nothing has, or that several classes have.
   */
  token(given: InjectionToken, module: ContainedModule | null): InjectionToken {
    if (typeof given !== 'string') return given;
    const tokens = [...this.modules.values()].flatMap(tokensOf);
    if (tokens.includes(given)) return given;
    const isNamed = (token: InjectionToken): boolean => typeof token === 'function' && token.name === given;
    const own = module === null ? [] : tokensOf(module).filter(isNamed);
    const [first, ...others] = own.length > 0 ? own : new Set(tokens.filter(isNamed));
    if (first === undefined) throw new Error(unknown('provider or controller', given, tokens.map(nameOf)));
    if (others.length === 0) return first;
    const homes = [...this.modules.values()].filter((each) => tokensOf(each).some(isNamed)).map(({ name }) => name);
    throw new Error(
      `${others.length + 1} classes are called “${given}”, in ${homes.join(', ')}. Say in which you mean it: select('${homes[0] ?? ''}').get('${given}').`,
    );
  }

  /** A module by its class or by the name of that. @throws Error for one that there is not. */
  module(given: Type | string): ContainedModule {
    const modules = [...this.modules.values()];
    const found = modules.find(({ metatype, name }) => metatype === given || name === given);
    if (found !== undefined) return found;
    const names = modules.map(({ name }) => name);
    throw new Error(unknown('module', typeof given === 'string' ? given : given.name, names));
  }
}

function tokensOf({ providers, controllers }: ContainedModule): InjectionToken[] {
  return [...providers.keys(), ...controllers.keys()];
}

function nameOf(token: InjectionToken): string {
  if (typeof token === 'function') return token.name;
  return typeof token === 'string' ? `'${token}'` : String(token);
}

function unknown(what: string, name: string, names: readonly string[]): string {
  const distance = (other: string): number => leven(name.toLowerCase(), other.toLowerCase());
  const closest = [...names].sort((a, b) => distance(a) - distance(b))[0] ?? '';
  const advice = distance(closest) <= SLIP ? ` Did you mean ${closest}?` : '';
  return `There is no ${what} “${name}”.${advice} debug() lists what there is.`;
}
