import type { RouteReport, RoutesReport } from '../../exceptions/exception-report.js';
import { line } from './report-page-text.js';
import { answererOf, matchOf } from './route-match.js';

/** The routes that come nearest to the request; nothing where none does. */
export function nearestRoutes({ routes }: RoutesReport): string {
  const nearest = routes.filter(({ is_nearest }) => is_nearest);
  if (nearest.length === 0) return '';
  return [
    '<section aria-labelledby="nearest">',
    '<h2 id="nearest">Did you mean</h2>',
    '<ul class="nearest">',
    ...nearest.map((route) => nearestRoute(route)),
    '</ul>',
    '</section>',
  ].join('\n');
}

function nearestRoute(route: RouteReport): string {
  const { method, path, path_matched, slash_matched } = route;
  // That the method matched says something only next to a path.
  const facts = [answererOf(route), ...(path_matched || slash_matched ? [`matched: ${matchOf(route)}`] : [])];
  return [
    `<li><span class="target"><b>${line(method)}</b> ${line(path)}</span>`,
    `<span class="soft">${line(facts.join(' · '))}</span></li>`,
  ].join(' ');
}

/** Every route that was tried, in its order. */
export function routeTable({ routes }: RoutesReport): string {
  return [
    '<section aria-labelledby="routes">',
    `<h2 id="routes" tabindex="-1">${routes.length === 1 ? 'The route' : `All ${routes.length} routes`}</h2>`,
    ...(routes.length === 0 ? ['<p class="none">The application has no routes.</p>'] : [table(routes)]),
    '</section>',
  ].join('\n');
}

function table(routes: readonly RouteReport[]): string {
  return [
    '<table class="routes"><caption class="unseen">The routes, in the order in which they were tried</caption>',
    '<thead><tr><th scope="col">Method</th><th scope="col">Path</th><th scope="col">Handler</th><th scope="col">Matched</th></tr></thead>',
    '<tbody>',
    ...routes.map((route) => row(route)),
    '</tbody></table>',
  ].join('\n');
}

function row(route: RouteReport): string {
  return [
    `<tr${route.is_nearest ? ' class="near"' : ''}>`,
    `<td class="method">${line(route.method)}</td>`,
    `<th scope="row">${line(route.path)}</th>`,
    `<td class="handler">${line(answererOf(route))}</td>`,
    `<td class="match">${line(matchOf(route))}</td>`,
    '</tr>',
  ].join('');
}
