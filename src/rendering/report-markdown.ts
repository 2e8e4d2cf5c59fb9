import type { ContextualReport, RoutesReport } from '../exceptions/exception-report.js';

/** The whole report, ready to be pasted into an issue or a chat. */
export function reportMarkdown(report: ContextualReport, title: string): string {
  return `# ${title}\n\n${report.exc_tb_str}`;
}

/** The routes that were tried, ready to be pasted into an issue or a chat. */
export function routesMarkdown(report: RoutesReport, title: string): string {
  return `# ${title}\n\n${report.routes.map(({ method, path }) => `${method} ${path}`).join('\n')}`;
}
