import { createHash } from 'node:crypto';
import escapeHtml from 'escape-html';
import type { FieldError } from '../exceptions/field-error.js';
import type { Renderer } from './renderer.js';
import { readable } from './text-renderer.js';

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2330; --soft: #5b6472; --paper: #fbfaf7; --line: #e2dfd6; --mark: #b4431f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e6df; --soft: #a3a9b4; --paper: #16181d; --line: #2e323a; --mark: #f08a5f; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 2rem 1.25rem;
  background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; }
main { width: 100%; max-width: 38rem; }
.code { margin: 0; color: var(--mark); font-weight: 600; letter-spacing: .06em; font-variant-numeric: tabular-nums; }
h1 { margin: .25rem 0 1rem; font-size: clamp(1.7rem, 6vw, 2.5rem); line-height: 1.15; overflow-wrap: anywhere; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; font-size: .9rem; }
ul { padding-left: 1.2rem; }
code { font-size: .92em; }
a { color: inherit; text-decoration-color: var(--mark); text-underline-offset: .2em; }
footer { margin-top: 2rem; padding-top: .75rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem;
  overflow-wrap: anywhere; }
`;

/** Nothing but the style above is taken from anywhere. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `text/html`: a page for people, with the problem in it for tools. */
export const htmlRenderer: Renderer = {
  mediaType: 'text/html',
  contentType: 'text/html; charset=utf-8',
  headers: { 'Content-Security-Policy': POLICY },
  render({ code, message, detail, errorType, errors, problem }) {
    const name = escapeHtml(message);
    const page = [
      '<!doctype html>',
      '<html lang="en">',
      '<meta charset="utf-8">',
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      '<meta name="robots" content="noindex">',
      `<title>${code} - ${name}</title>`,
      `<style>${STYLE}</style>`,
      `<script type="application/problem+json">${scriptSafe(JSON.stringify(problem))}</script>`,
      '<main>',
      `<p class="code">${code}</p>`,
      `<h1>${name}</h1>`,
      typeof detail === 'string' ? `<p>${escapeHtml(detail)}</p>` : `<pre>${escapeHtml(readable(detail))}</pre>`,
      errors.length === 0 ? '' : `<ul>${errors.map(item).join('')}</ul>`,
      errorType === null ? '' : `<p>Error type: ${link(errorType, problem['type'])}</p>`,
      `<footer>Occurrence ${escapeHtml(String(problem['instance']).replace('urn:uuid:', ''))}</footer>`,
      '</main>',
      '</html>',
    ];
    return page.filter((line) => line !== '').join('\n');
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

/** JSON in which nothing can end the element it stands in. */
function scriptSafe(json: string): string {
  return json.replaceAll('<', '\\u003c');
}
