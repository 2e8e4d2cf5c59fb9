import FindMyWay from 'find-my-way';
import type { RouteTable } from './route-table.js';

/** A route as Fastify tells of it. */
interface FastifyRoute {
  readonly method: string | readonly string[];
  readonly url: string;
}

/** A Fastify instance, as far as it is used here. */
export interface FastifyLike {
  readonly initialConfig: object & { readonly routerOptions?: object };
  addHook(name: 'onRoute', hook: (route: FastifyRoute) => void): unknown;
}

/** What Fastify's router is told that decides which paths match. */
const MATCHING = ['ignoreTrailingSlash', 'ignoreDuplicateSlashes', 'caseSensitive', 'maxParamLength'];

/**
 * Fastify tells nobody which routes match a path, so that its routes are told to a router of the same make. Constraints,
 * such as versions, are left aside: a path that exists in one version exists.
 */
export class FastifyRoutes implements RouteTable {
  private readonly router: FindMyWay.Instance<FindMyWay.HTTPVersion.V1>;
  private readonly methods = new Set<string>();
  private readonly known = new Set<string>();

  constructor(fastify: FastifyLike) {
    const { initialConfig } = fastify;
    const given = Object.entries({ ...initialConfig, ...initialConfig.routerOptions });
    this.router = FindMyWay(Object.fromEntries(given.filter(([name]) => MATCHING.includes(name))));
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) this.add(each, url);
    });
  }

  methodsOf(path: string): ReadonlySet<string> {
    return new Set(
      [...this.methods].filter((method) => this.router.find(method as FindMyWay.HTTPMethod, path) !== null),
    );
  }

  private add(method: string, url: string): void {
    const key = `${method} ${url}`;
    if (this.known.has(key)) return;
    this.known.add(key);
    try {
      this.router.on(method as FindMyWay.HTTPMethod, url, () => {});
      this.methods.add(method);
    } catch {
      // Two spellings of one path, of which the first is there already, or a method that only Fastify was told of.
    }
  }
}
