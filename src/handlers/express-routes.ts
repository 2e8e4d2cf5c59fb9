import { METHODS } from 'node:http';
import type { RouteTable } from './route-table.js';

/** A layer of Express's router. */
interface Layer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>>; readonly stack: readonly Layer[] };
  readonly handle?: unknown;
  /** After a match, the part of the path that matched. */
  readonly path?: string | undefined;
  match(path: string): boolean;
}

interface Router {
  readonly stack?: readonly Layer[];
}

/** Asks Express's own layers, so that what matches here is what matches there. */
export class ExpressRoutes implements RouteTable {
  /** @param isRoute tells routes from what answers for those that there are not. */
  constructor(
    private readonly application: { readonly router?: Router },
    private readonly isRoute: (code: unknown) => boolean,
  ) {}

  methodsOf(path: string): ReadonlySet<string> {
    const methods = new Set<string>();
    this.collect(this.application.router, path, methods);
    return methods;
  }

  private collect(router: Router | undefined, path: string, methods: Set<string>): void {
    for (const layer of router?.stack ?? []) {
      if (layer.route === undefined && !isRouter(layer.handle)) continue;
      if (!matches(layer, path)) continue;
      if (layer.route === undefined) {
        this.collect(layer.handle as Router, path.slice(layer.path?.length ?? 0) || '/', methods);
      } else if (layer.route.stack.some(({ handle }) => this.isRoute(handle))) {
        for (const method of namesOf(layer.route.methods)) methods.add(method);
      }
    }
  }
}

function isRouter(code: unknown): boolean {
  return typeof code === 'function' && Array.isArray((code as Router).stack);
}

/** A path whose escapes are broken matches nothing. */
function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}

function namesOf(methods: Readonly<Record<string, boolean>>): string[] {
  return methods['_all'] ? METHODS : Object.keys(methods).map((method) => method.toUpperCase());
}
