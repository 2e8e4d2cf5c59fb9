import leven from 'leven';
import type { RouteReport, RoutesReport } from '../../exceptions/exception-report.js';
import type { ErrorRequest } from '../error-request.js';
import type { KnownRoute } from '../route-table.js';

/** How much of a path may differ for a route to be the one that was meant, of its length. */
const NEAR = 0.4;

/** A path that is longer than this is nobody's slip of the pen. */
const MAX_PATH = 300;

/** The routes of the application and how far each matched, in the order in which they are tried. */
export function routesReport({ method, url }: ErrorRequest, routes: readonly KnownRoute[]): RoutesReport {
  const path = url.split('?', 1)[0] ?? url;
  const nearest = nearestTo(path, routes);
  return {
    request: { method, path },
    routes: routes.map((route): RouteReport => {
      const isMatched = route.matches(path);
      return {
        method: route.method,
        path: route.path,
        controller: route.handler?.controller.name ?? null,
        handler: route.handler?.method ?? null,
        path_matched: isMatched,
        method_matched:
          route.method === method || route.method === 'ALL' || (route.method === 'GET' && method === 'HEAD'),
        slash_matched: isMatched || route.matches(withOtherSlash(path)),
        is_nearest: route.path === nearest,
      };
    }),
  };
}

function withOtherSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) || '/' : `${path}/`;
}

/** The path that is spelt most alike; parameters are as the request has them. Null when none is near. */
function nearestTo(path: string, routes: readonly KnownRoute[]): string | null {
  if (path.length > MAX_PATH) return null;
  const beside = routes.find((route) => route.matches(path) || route.matches(withOtherSlash(path)));
  if (beside !== undefined) return beside.path;
  let best: { readonly path: string; readonly distance: number } | null = null;
  for (const route of routes) {
    const distance = leven(path.toLowerCase(), filledIn(route.path, path).toLowerCase());
    if (distance <= NEAR * path.length && distance < (best?.distance ?? Infinity))
      best = { path: route.path, distance };
  }
  return best?.path ?? null;
}

function filledIn(pattern: string, path: string): string {
  const given = path.split('/');
  return pattern
    .split('/')
    .map((step, index) => (/^[:*{]/.test(step) ? given[index] || step : step))
    .join('/');
}
