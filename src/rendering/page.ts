import { createHash } from 'node:crypto';
import escapeHtml from 'escape-html';
import { PALETTE } from './palette.js';
import { scriptSafe } from './script-safe.js';

const STYLE = `
${PALETTE}* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 2rem 1.25rem;
  background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; }
main { width: 100%; max-width: 38rem; }
.mark { margin: 0; color: var(--mark); font-weight: 600; letter-spacing: .06em; font-variant-numeric: tabular-nums; }
h1 { margin: .25rem 0 1rem; font-size: clamp(1.7rem, 6vw, 2.5rem); line-height: 1.15; overflow-wrap: anywhere; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; font-size: .9rem; }
ul { padding-left: 1.2rem; }
dl { margin: 1.5rem 0 0; }
dt { color: var(--soft); font-size: .875rem; }
dd { margin: 0 0 .75rem; overflow-wrap: anywhere; }
code { font-size: .92em; }
a { color: inherit; text-decoration-color: var(--mark); text-underline-offset: .2em; }
footer { margin-top: 2rem; padding-top: .75rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem;
  overflow-wrap: anywhere; }
`;

/** The policy that a page is sent with: nothing but its own style is taken from anywhere, and no script runs. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What a page for people shows. */
export interface Page {
  readonly title: string;
  /** What stands above the heading, in small. */
  readonly mark: string;
  readonly heading: string;
  /** Markup: whoever makes it has escaped every value in it. */
  readonly content: readonly string[];
  /** What stands below, in small. */
  readonly foot: string;
  /** A value for tools, and its media type. */
  readonly data?: { readonly mediaType: string; readonly value: unknown };
}

/** Writes a page. */
export function writePage({ title, mark, heading, content, foot, data }: Page): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${STYLE}</style>`,
    ...(data === undefined
      ? []
      : [`<script type="${data.mediaType}">${scriptSafe(JSON.stringify(data.value))}</script>`]),
    '<main>',
    `<p class="mark">${escapeHtml(mark)}</p>`,
    `<h1>${escapeHtml(heading)}</h1>`,
    ...content,
    `<footer>${escapeHtml(foot)}</footer>`,
    '</main>',
    '</html>',
  ].join('\n');
}
