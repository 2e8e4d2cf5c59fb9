import type { ErrorDocument } from './error-document.js';
import { prose } from './markdown.js';
import type { Renderer } from './renderer.js';
import { reportMarkdown, routesMarkdown } from './report/report-markdown.js';
import { readable } from './text-renderer.js';

/** `text/markdown` (RFC 7763): a report that can be pasted into an issue or a chat. */
export const markdownRenderer: Renderer = {
  mediaType: 'text/markdown',
  contentType: 'text/markdown; charset=utf-8; variant=CommonMark',
  render: markdownOf,
};

/** An error as Markdown. */
export function markdownOf({ code, message, detail, report }: ErrorDocument): string {
  const title = `${code} - ${message}`;
  if (report?.kind === 'exception') return reportMarkdown(report.report, title);
  if (report?.kind === 'routes') return routesMarkdown(report.report, title);
  return `# ${prose(title)}\n\n${prose(readable(detail))}\n`;
}
