import { METHODS } from 'node:http';
import type { FindHandler } from '../controller-routes.js';
import type { KnownRoute, RouteTable } from '../route-table.js';

/** A layer of Express's router. */
interface Layer {
  readonly route?: {
    readonly path: unknown;
    readonly methods: Readonly<Record<string, boolean>>;
    readonly stack: readonly Layer[];
  };
  readonly handle?: unknown;
  /** After a match, the part of the path that matched. */
  readonly path?: string | undefined;
  /** Something true for a match. */
  match(path: string): unknown;
}

interface Router {
  readonly stack?: readonly Layer[];
}

/** What leads to a route: the routers that it stands in, and itself. */
interface Way {
  readonly routers: readonly Layer[];
  readonly layer: Layer;
}

/** Asks Express's own layers, so that what matches here is what matches there. */
export class ExpressRoutes implements RouteTable {
  /** @param isRoute tells routes from what answers for those that there are not. */
  constructor(
    private readonly application: { readonly router?: Router },
    private readonly isRoute: (code: unknown) => boolean,
    private readonly findHandler: FindHandler,
  ) {}

  methodsOf(path: string): ReadonlySet<string> {
    const ways = this.waysIn(this.application.router).filter((way) => isWayOf(path, way));
    return new Set(ways.flatMap(({ layer }) => namesOf(layer)).flatMap((name) => (name === 'ALL' ? METHODS : name)));
  }

  routes(): readonly KnownRoute[] {
    return this.waysIn(this.application.router).flatMap((way) => {
      const path = String(way.layer.route?.path);
      const handler = this.findHandler(way.layer.route?.stack.at(-1)?.handle, path);
      return namesOf(way.layer).map((method) => ({ method, path, handler, matches: (given) => isWayOf(given, way) }));
    });
  }

  private waysIn(router: Router | undefined, routers: readonly Layer[] = []): Way[] {
    return (router?.stack ?? []).flatMap((layer): Way[] => {
      if (layer.route !== undefined) {
        return layer.route.stack.some(({ handle }) => this.isRoute(handle)) ? [{ routers, layer }] : [];
      }
      return isRouter(layer.handle) ? this.waysIn(layer.handle as Router, [...routers, layer]) : [];
    });
  }
}

function isRouter(code: unknown): boolean {
  return typeof code === 'function' && Array.isArray((code as Router).stack);
}

function isWayOf(path: string, { routers, layer }: Way): boolean {
  let rest = path;
  for (const router of routers) {
    if (!matches(router, rest)) return false;
    rest = rest.slice(router.path?.length ?? 0) || '/';
  }
  return matches(layer, rest);
}

/** A path whose escapes are broken matches nothing. */
function matches(layer: Layer, path: string): boolean {
  try {
    return Boolean(layer.match(path));
  } catch {
    return false;
  }
}

function namesOf({ route }: Layer): string[] {
  return route?.methods['_all'] === true
    ? ['ALL']
    : Object.keys(route?.methods ?? {}).map((method) => method.toUpperCase());
}
