import { describe, expect, test } from '@jest/globals';
import type { ErrorRequest } from '../../src/handlers/error-request.js';
import type { RoutesReport } from '../../src/index.js';
import type { KnownRoute } from '../../src/handlers/route-table.js';
import { routesReport } from '../../src/handlers/contextual/routes-report.js';

class JobsController {
  read = 'a job';
}

/** A route that answers exactly these paths. */
const route = (method: string, path: string, ...paths: string[]): KnownRoute => ({
  method,
  path,
  handler: path === '/jobs/:id' ? { controller: JobsController, method: 'read' } : null,
  matches: (given) => paths.includes(given),
});

const ROUTES = [
  route('GET', '/jobs', '/jobs'),
  route('POST', '/jobs', '/jobs'),
  route('GET', '/jobs/:id', '/jobs/7'),
  route('ALL', '/queues/:id/state', '/queues/7/state'),
];

const reportOf = (method: string, url: string): RoutesReport => routesReport({ method, url } as ErrorRequest, ROUTES);
const nearest = (url: string): string[] =>
  reportOf('GET', url)
    .routes.filter(({ is_nearest }) => is_nearest)
    .map(({ method, path }) => `${method} ${path}`);

test('The routes are told in their order, with who answers them', () => {
  const { request, routes } = reportOf('PUT', '/jobs/7?token=a');
  expect(request).toEqual({ method: 'PUT', path: '/jobs/7' });
  expect(routes.map(({ method, path, controller, handler }) => [method, path, controller, handler])).toEqual([
    ['GET', '/jobs', null, null],
    ['POST', '/jobs', null, null],
    ['GET', '/jobs/:id', 'JobsController', 'read'],
    ['ALL', '/queues/:id/state', null, null],
  ]);
});

test.each([
  ['GET', [true, false, true, true]],
  ['HEAD', [true, false, true, true]],
  ['POST', [false, true, false, true]],
  ['DELETE', [false, false, false, true]],
])('A route says whether it takes %s', (method, matched) => {
  expect(reportOf(method, '/nowhere').routes.map(({ method_matched }) => method_matched)).toEqual(matched);
});

test.each([
  ['/jobs', [true, true, false, false], [true, true, false, false]],
  ['/jobs/', [false, false, false, false], [true, true, false, false]],
  ['/jobs/7', [false, false, true, false], [false, false, true, false]],
  ['/jobs/7/', [false, false, false, false], [false, false, true, false]],
  ['/', [false, false, false, false], [false, false, false, false]],
])('A route says whether it takes %s, and whether it would without or with a slash', (url, path, slash) => {
  const { routes } = reportOf('GET', url);
  expect(routes.map(({ path_matched }) => path_matched)).toEqual(path);
  expect(routes.map(({ slash_matched }) => slash_matched)).toEqual(slash);
});

describe('The route that was meant is', () => {
  test.each([
    ['/job', ['GET /jobs', 'POST /jobs']],
    ['/jbos', ['GET /jobs', 'POST /jobs']],
    ['/JOBS', ['GET /jobs', 'POST /jobs']],
    ['/jobs/', ['GET /jobs', 'POST /jobs']],
    ['/jops/7', ['GET /jobs/:id']],
    ['/queue/7/state', ['ALL /queues/:id/state']],
    ['/queues/a-long-name-of-a-queue/stat', ['ALL /queues/:id/state']],
    ['/something/else/entirely', []],
    ['/', []],
  ])('for %s %j', (url, routes) => {
    expect(nearest(url)).toEqual(routes);
  });

  test('found at once in a path that nobody means', () => {
    const begun = performance.now();
    nearest(`/${'x'.repeat(15_000)}`);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
