import escapeHtml from 'escape-html';
import type { FieldError } from '../exceptions/field-error.js';
import { PAGE_POLICY, writePage } from './page.js';
import { reportHtml } from './report/report-html.js';
import type { Renderer } from './renderer.js';
import { readable } from './text-renderer.js';

/** `text/html`: a page for people, with the problem in it for tools. */
export const htmlRenderer: Renderer = {
  mediaType: 'text/html',
  contentType: 'text/html; charset=utf-8',
  headers: { 'Content-Security-Policy': PAGE_POLICY },
  render(document) {
    if (document.report !== null) return reportHtml(document.report, document);
    const { code, message, detail, errorType, errors, problem } = document;
    return writePage({
      title: `${code} - ${message}`,
      mark: String(code),
      heading: message,
      content: [
        typeof detail === 'string' ? `<p>${escapeHtml(detail)}</p>` : `<pre>${escapeHtml(readable(detail))}</pre>`,
        ...(errors.length === 0 ? [] : [`<ul>${errors.map(item).join('')}</ul>`]),
        ...(errorType === null ? [] : [`<p>Error type: ${link(errorType, problem['type'])}</p>`]),
      ],
      foot: `Occurrence ${String(problem['instance']).replace('urn:uuid:', '')}`,
      data: { mediaType: 'application/problem+json', value: problem },
    });
  },
};

function item({ pointer, parameter, detail }: FieldError): string {
  const place = pointer ?? parameter;
  const text = escapeHtml(detail.toWellFormed());
  return place === undefined ? `<li>${text}</li>` : `<li><code>${escapeHtml(place)}</code>: ${text}</li>`;
}

/**
 * The error type, linked to the page that explains it. Only addresses that lead to a page become links; a scheme such as
 * `javascript:` would do something else.
 */
function link(errorType: string, address: unknown): string {
  const text = escapeHtml(errorType);
  return typeof address === 'string' && /^https?:\/\//i.test(address)
    ? `<a href="${escapeHtml(address)}" rel="noreferrer">${text}</a>`
    : `<code>${text}</code>`;
}
