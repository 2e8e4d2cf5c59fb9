import type { ContextualReport, RoutesReport } from '../exceptions/exception-report.js';

/** The report as a text, the outermost call first and the failing line last. */
export function reportText(report: ContextualReport): string {
  return report.exc_tb_str;
}

/** The routes that were tried, as a table in plain text. */
export function routesText(report: RoutesReport): string {
  return report.routes.map(({ method, path }) => `${method} ${path}`).join('\n');
}
