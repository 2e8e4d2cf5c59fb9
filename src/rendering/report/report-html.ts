import { randomBytes } from 'node:crypto';
import type { ErrorDocument } from '../error-document.js';
import type { ErrorReport } from '../../exceptions/exception-report.js';
import type { RenderedBody } from '../renderer.js';
import { markdownOf } from '../markdown-renderer.js';
import { reportPage, reportPolicy, routesPage } from './report-page.js';

/** The page of a report, with a policy of its own: it has a script, which nothing but this page's may be. */
export function reportHtml(report: ErrorReport, document: ErrorDocument): RenderedBody {
  const nonce = randomBytes(16).toString('base64');
  const title = `${document.code} - ${document.message}`;
  const page = { title, heading: title, problem: document.problem, markdown: markdownOf(document), nonce };
  if (report.kind === 'routes') return withPolicy(routesPage({ ...page, report: report.report }), nonce);
  const { console } = report;
  return withPolicy(reportPage({ ...page, report: report.report, console }), nonce, console?.origin);
}

function withPolicy(body: string, nonce: string, framed?: string): RenderedBody {
  return { body, headers: { 'Content-Security-Policy': reportPolicy(nonce, framed) } };
}
