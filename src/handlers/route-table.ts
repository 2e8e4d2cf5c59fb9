import type { ControllerRoute } from './controller-routes.js';

/** A route of the application. */
export interface KnownRoute {
  /** In capitals; `ALL` for every method. */
  readonly method: string;
  /** The path with its parameters. */
  readonly path: string;
  /** The controller and its method; null for a route that no controller has. */
  readonly handler: ControllerRoute | null;
  /** Whether it answers a path, its method aside. */
  matches(path: string): boolean;
}

/** What the router of an adapter knows. */
export interface RouteTable {
  /** The methods that a path is answered to, in capitals. */
  methodsOf(path: string): ReadonlySet<string>;
  /** Every route, in the order in which they are tried. */
  routes(): readonly KnownRoute[];
}

/** Before the adapter is known. */
export const NO_ROUTES: RouteTable = { methodsOf: () => new Set(), routes: () => [] };

/** The order in which `Allow` names methods. */
const ORDER = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What `Allow` says of a path (RFC 9110, section 10.2.1); empty where there is nothing. */
export function allowedMethods(table: RouteTable, path: string): string[] {
  const found = new Set(table.methodsOf(path));
  // CORS answers OPTIONS wherever it is asked, which makes no path exist.
  found.delete('OPTIONS');
  if (found.size === 0) return [];
  if (found.has('GET')) found.add('HEAD');
  const rank = (method: string): number => (ORDER.indexOf(method) + ORDER.length + 1) % (ORDER.length + 1);
  return [...found].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b)).concat('OPTIONS');
}
