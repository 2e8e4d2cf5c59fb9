import type { RoutesReport } from '../../exceptions/exception-report.js';
import { answererOf, matchOf } from './route-match.js';
import { showableLine } from '../showable.js';

/** Routes in aligned columns, with how far each matched; the nearest is pointed at. */
export function routesTable({ routes }: RoutesReport): string {
  if (routes.length === 0) return 'The application has no routes.';
  const rows = routes.map((route) => [route.method, route.path, answererOf(route), matchOf(route)].map(showableLine));
  const table = [['METHOD', 'PATH', 'HANDLER', 'MATCHED'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => widthOf(row[column] ?? ''))));
  const lines = table.map((row) => row.map((cell, column) => padded(cell, widths[column] ?? 0)).join('  '));
  return lines.map((line, index) => (routes[index - 1]?.is_nearest ? `${line}   ← did you mean` : line)).join('\n');
}

/** How many columns of a terminal a text takes, near enough. */
export function widthOf(text: string): number {
  return Array.from(text).length;
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
}
