import type { ContextualReport, RoutesReport } from '../exceptions/exception-report.js';
import type { Problem } from '../exceptions/representer.js';

/** What a page about a failed request shows. */
export interface ReportPage<Report> {
  /** The title of the document, such as `500 - Internal server error`. */
  readonly title: string;
  /** What the client is told, such as `Internal server error`: it stands above the error itself, in small. */
  readonly heading: string;
  readonly report: Report;
  /** For tools. */
  readonly problem: Problem;
  /** The report as Markdown, to be copied. */
  readonly markdown: string;
  /** A text that nobody can guess, new for every page, and the same that its policy names. */
  readonly nonce: string;
}

/** The policy that a page of a report is sent with: only its own style and script, which carry the nonce, are taken. */
export function reportPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The page of an error that nobody made for a client. */
export function reportPage({ title }: ReportPage<ContextualReport>): string {
  return title;
}

/** The page of a request that no route answers. */
export function routesPage({ title }: ReportPage<RoutesReport>): string {
  return title;
}
