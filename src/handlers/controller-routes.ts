import type { ModulesContainer } from '@nestjs/core';

/** A controller's method that answers requests. */
export interface ControllerRoute {
  readonly controller: new (...args: never[]) => object;
  /** The name of the method. */
  readonly method: string;
}

/** Nest copies the metadata of a controller's method to the function that it gives to the router. */
const ROUTE = Symbol.for('nestjs-errata.route');

/** What Nest's decorators for routes leave on a method and on a controller. */
const HTTP_METHOD_METADATA = 'method';
const PATH_METADATA = 'path';

/** Finds the controller's method behind the code in a router; the path helps where two controllers are called the same. */
export type FindHandler = (code: unknown, path: string) => ControllerRoute | null;

/** For requests of which nobody knows the controllers. */
export const nameless: FindHandler = () => null;

/**
 * The methods of the application's controllers that answer requests.
 *
 * Nest 12 names the function in the router after its controller and method. Before, all that leads back is the metadata,
 * which controllers that inherit a method share.
 */
export class ControllerRoutes {
  private readonly byName = new Map<string, ControllerRoute[]>();
  private readonly known = new WeakMap<object, ControllerRoute | null>();

  constructor(modules: ModulesContainer) {
    for (const { controllers } of modules.values()) {
      for (const { metatype } of controllers.values()) {
        if (typeof metatype !== 'function') continue;
        const controller = metatype as ControllerRoute['controller'];
        for (const method of routesOf(controller)) this.add({ controller, method });
      }
    }
  }

  all(): ControllerRoute[] {
    return [...this.byName.values()].flat();
  }

  /** See {@link FindHandler}. */
  readonly find: FindHandler = (code, path) => {
    if (typeof code !== 'function') return null;
    const known = this.known.get(code);
    if (known !== undefined) return known;
    const route = this.choose(code, path);
    this.known.set(code, route);
    return route;
  };

  private choose(code: object & { readonly name: string }, path: string): ControllerRoute | null {
    const marked = (Reflect.getMetadata(ROUTE, code) as ControllerRoute | undefined) ?? null;
    // Fastify binds the function to its instance, which says so in the name and loses the metadata.
    const named = this.byName.get(code.name.replace(/^(?:bound )+/, '')) ?? [];
    if (named.length === 0 || (marked !== null && named.includes(marked))) return marked;
    return named.find(({ controller }) => named.length === 1 || isBelow(controller, path)) ?? marked;
  }

  private add(route: ControllerRoute): void {
    const name = `${route.controller.name}.${route.method}`;
    this.byName.set(name, [...(this.byName.get(name) ?? []), route]);
    Reflect.defineMetadata(ROUTE, route, codeOf(route));
  }
}

function isBelow(controller: ControllerRoute['controller'], path: string): boolean {
  const prefixes = [Reflect.getMetadata(PATH_METADATA, controller) as string | string[] | undefined].flat();
  return prefixes.some((prefix) => prefix !== undefined && path.includes(prefix));
}

/** The function that a controller's method is. */
export function codeOf({ controller, method }: ControllerRoute): object {
  return (controller.prototype as Record<string, object>)[method] as object;
}

function routesOf(controller: ControllerRoute['controller']): string[] {
  const names = new Set<string>();
  for (let type = controller.prototype as object; type !== Object.prototype; type = parentOf(type)) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(type))) {
      const value: unknown = descriptor.value;
      if (typeof value === 'function' && Reflect.hasMetadata(HTTP_METHOD_METADATA, value)) names.add(name);
    }
  }
  return [...names];
}

function parentOf(type: object): object {
  return Object.getPrototypeOf(type) as object;
}
