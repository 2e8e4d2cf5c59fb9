import type { ConsoleAccess, ContextualReport, FrameReport, RoutesReport } from '../../exceptions/exception-report.js';
import type { Problem } from '../../exceptions/representer.js';
import { callList, errorName, errorPart } from './report-page-calls.js';
import { writeReportDocument } from './report-page-document.js';
import { nearestRoutes, routeTable } from './report-page-routes.js';
import { line, text } from './report-page-text.js';
import { requestSection, valueTable } from './report-page-values.js';

/** What a page about a failed request shows. */
export interface ReportPage<Report> {
  /** The title of the document, such as `500 - Internal server error`. */
  readonly title: string;
  /** What the client is told, such as `500 - Internal server error`: it stands above the error itself, in small. */
  readonly heading: string;
  readonly report: Report;
  /** For tools. */
  readonly problem: Problem;
  /** The report as Markdown, to be copied. */
  readonly markdown: string;
  /** A text that nobody can guess, new for every page, and the same that its policy names. */
  readonly nonce: string;
  /** Where the consoles are, if there are any. */
  readonly console?: ConsoleAccess | undefined;
}

/** The policy that a page of a report is sent with: only its own style and script, which carry the nonce, are taken. */
export function reportPolicy(nonce: string, framed?: string): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    ...(framed === undefined ? [] : [`frame-src ${framed}`]),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The page of an error that nobody made for a client: where it failed, how it got there, what was known there. */
export function reportPage(page: ReportPage<ContextualReport>): string {
  const { report, title, heading, problem, markdown, nonce } = page;
  const { exc_causes, exc_tb, exc_tb_str, node, notice, req, server_time } = report;
  return writeReportDocument({
    title,
    mark: heading,
    heading: errorName(report),
    lead: `<p class="lead"><span class="target"><b>${line(req.method)}</b> ${line(req.url)}</span></p>`,
    hasCalls: true,
    skip: { to: 'calls', name: 'Skip to the calls' },
    content: [
      ...(notice === null ? [] : [`<p class="notice" role="note">${text(notice)}</p>`]),
      valueTable('Properties', report.exc_properties),
      '<section aria-labelledby="calls">',
      '<h2 id="calls" tabindex="-1">Calls <span class="soft">the most recent first</span></h2>',
      callList(report, { level: 3, isOpen: true, consoleOf: consolesOf(page.console, 0) }),
      '</section>',
      ...exc_causes.map((cause, index) => errorPart('Caused by', cause, 2, consolesOf(page.console, index + 1))),
      requestSection(req),
    ],
    stack: exc_tb.frames.length === 0 || exc_tb_str.trim() === '' ? null : exc_tb_str,
    foot: [`Node ${node.version} on ${node.platform}`, server_time, occurrence(problem)],
    problem,
    markdown,
    nonce,
  });
}

/** The addresses of the consoles of one error of a chain. */
function consolesOf(access: ConsoleAccess | undefined, number: number): (frame: FrameReport) => string | null {
  return ({ id }) => {
    const key = `${number}.${id}`;
    return access?.frames.includes(key) === true ? `${access.address}${key}` : null;
  };
}

/** The page of a request that no route answers: what was probably meant, and how far every route matched. */
export function routesPage({ report, title, heading, problem, markdown, nonce }: ReportPage<RoutesReport>): string {
  const { method, path } = report.request;
  return writeReportDocument({
    title,
    mark: heading,
    heading: `<span class="target"><b>${line(method)}</b> ${line(path)}</span>`,
    lead: '<p class="lead">No route answers this request.</p>',
    hasCalls: false,
    skip: { to: 'routes', name: 'Skip to the routes' },
    content: [nearestRoutes(report), routeTable(report)],
    stack: null,
    foot: [occurrence(problem)],
    problem,
    markdown,
    nonce,
  });
}

function occurrence({ instance }: Problem): string {
  return `Occurrence ${String(instance).replace('urn:uuid:', '')}`;
}
