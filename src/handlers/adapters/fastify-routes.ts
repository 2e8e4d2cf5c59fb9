import FindMyWay from 'find-my-way';
import type { FindHandler } from '../controller-routes.js';
import type { KnownRoute, RouteTable } from '../route-table.js';

/** A route as Fastify tells of it. */
interface FastifyRoute {
  readonly method: string | readonly string[];
  readonly url: string;
  readonly handler?: unknown;
}

/** A Fastify instance, as far as it is used here. */
export interface FastifyLike {
  readonly initialConfig: object & { readonly routerOptions?: object };
  addHook(name: 'onRoute', hook: (route: FastifyRoute) => void): unknown;
}

type Router = FindMyWay.Instance<FindMyWay.HTTPVersion.V1>;
type Method = FindMyWay.HTTPMethod;

/** What Fastify's router is told that decides which paths match. */
const MATCHING = ['ignoreTrailingSlash', 'ignoreDuplicateSlashes', 'caseSensitive', 'maxParamLength'];

/**
 * Fastify tells nobody which routes match a path, so that its routes are told to a router of the same make. Constraints,
 * such as versions, are left aside: a path that exists in one version exists.
 */
export class FastifyRoutes implements RouteTable {
  private readonly matching: object;
  private readonly router: Router;
  private readonly methods = new Set<string>();
  private readonly known = new Map<string, KnownRoute>();

  constructor(
    fastify: FastifyLike,
    private readonly findHandler: FindHandler,
  ) {
    const { initialConfig } = fastify;
    const given = Object.entries({ ...initialConfig, ...initialConfig.routerOptions });
    this.matching = Object.fromEntries(given.filter(([name]) => MATCHING.includes(name)));
    this.router = FindMyWay(this.matching);
    fastify.addHook('onRoute', ({ method, url, handler }) => {
      for (const each of [method].flat()) this.add(each, url, handler);
    });
  }

  methodsOf(path: string): ReadonlySet<string> {
    return new Set([...this.methods].filter((method) => finds(this.router, method, path)));
  }

  routes(): readonly KnownRoute[] {
    // Fastify answers HEAD wherever GET is, which is no route of anybody's.
    return [...this.known.values()].filter(({ method, path }) => method !== 'HEAD' || !this.known.has(`GET ${path}`));
  }

  private add(method: string, path: string, code: unknown): void {
    const key = `${method} ${path}`;
    if (this.known.has(key)) return;
    try {
      this.router.on(method as Method, path, () => {});
    } catch {
      // Two spellings of one path, of which the first is there already, or a method that only Fastify was told of.
      return;
    }
    this.methods.add(method);
    let own: Router | undefined;
    this.known.set(key, {
      method,
      path,
      handler: this.findHandler(code, path),
      matches: (given) => {
        // A router that knows this route alone, made when somebody asks.
        own ??= this.routerOf(method, path);
        return finds(own, method, given);
      },
    });
  }

  private routerOf(method: string, path: string): Router {
    const router = FindMyWay(this.matching);
    router.on(method as Method, path, () => {});
    return router;
  }
}

function finds(router: Router, method: string, path: string): boolean {
  return router.find(method as Method, path) !== null;
}
