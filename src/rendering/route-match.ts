import type { RouteReport } from '../exceptions/exception-report.js';

/** How far a route matched a request, for people. */
export function matchOf({ path_matched, slash_matched, method_matched }: RouteReport): string {
  const path = path_matched ? 'path' : slash_matched ? 'path but for the last slash' : '';
  if (path === '') return method_matched ? 'method only' : 'nothing';
  return method_matched ? `${path}, method` : `${path}, not the method`;
}

/** Who answers a route: `JobsController.find`. */
export function answererOf({ controller, handler }: RouteReport): string {
  return [controller, handler].filter((name) => name !== null).join('.') || '—';
}
