/** What the router of an adapter knows. */
export interface RouteTable {
  /** The methods that a path is answered to, in capitals. */
  methodsOf(path: string): ReadonlySet<string>;
}

/** Before the adapter is known. */
export const NO_ROUTES: RouteTable = { methodsOf: () => new Set() };

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
