import type { RouteReport } from '../../exceptions/exception-report.js';

/** How far a route matched a request, for people. */
export function matchOf({ path_matched, slash_matched, method_matched }: RouteReport): string {
  if (path_matched) return method_matched ? 'path and method' : 'path, not the method';
  if (slash_matched) return method_matched ? 'all but the last slash' : 'path but for the last slash, not the method';
  return method_matched ? 'method only' : 'nothing';
}

/** Who answers a route: `JobsController.find`. */
export function answererOf({ controller, handler }: RouteReport): string {
  return [controller, handler].filter((name) => name !== null).join('.') || '—';
}
