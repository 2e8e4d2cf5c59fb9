import type { ErrorReport } from '../exceptions/exception-report.js';
import { reportText, routesText } from './report/report-text.js';
import type { Renderer } from './renderer.js';

/** `text/plain`: the status and the message on the first line, then whatever else is known. */
export const textRenderer: Renderer = {
  mediaType: 'text/plain',
  contentType: 'text/plain; charset=utf-8',
  render({ code, message, detail, errorType, errors, report }) {
    if (report !== null) return `${code} - ${message}\n\n${reportOf(report)}`;
    const parts = [`${code} - ${message}`, readable(detail)];
    if (errors.length > 0) {
      parts.push(
        errors.map((error) => [error.pointer ?? error.parameter, error.detail].filter(Boolean).join(': ')).join('\n'),
      );
    }
    if (errorType !== null) parts.push(`Error type: ${errorType}`);
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
  },
};

function reportOf(report: ErrorReport): string {
  return report.kind === 'exception' ? reportText(report.report) : routesText(report.report);
}

/** A detail as people read it: a text as it is, a structure as indented JSON. */
export function readable(detail: unknown): string {
  return typeof detail === 'string' ? detail : JSON.stringify(detail, null, 2);
}
