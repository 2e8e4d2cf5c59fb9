import type { Problem } from '../../exceptions/representer.js';
import { REPORT_SCRIPT } from './report-page-script.js';
import { REPORT_STYLE } from './report-page-style.js';
import { line, text } from './report-page-text.js';
import { scriptSafe } from '../script-safe.js';

/** A page with its tools. Whoever makes the markup has escaped every value in it. */
export interface ReportDocument {
  readonly title: string;
  /** Above the heading, in small. */
  readonly mark: string;
  /** Markup. */
  readonly heading: string;
  /** Markup, below the heading. */
  readonly lead: string;
  /** Markup. */
  readonly content: readonly string[];
  readonly foot: readonly string[];
  /** Where the keyboard gets to at once. */
  readonly skip: { readonly to: string; readonly name: string };
  /** Whether there are calls to walk through and to open in an editor. */
  readonly hasCalls: boolean;
  /** The stack as Node writes it; null where that says nothing more. */
  readonly stack: string | null;
  readonly problem: Problem;
  readonly markdown: string;
  readonly nonce: string;
}

/** Writes the page. What needs the script is hidden until it runs. */
export function writeReportDocument(page: ReportDocument): string {
  const nonce = line(page.nonce);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${line(page.title)}</title>`,
    `<style nonce="${nonce}">${REPORT_STYLE}</style>`,
    `<script type="application/problem+json">${scriptSafe(JSON.stringify(page.problem))}</script>`,
    '</head>',
    '<body>',
    `<a class="skip" href="#${line(page.skip.to)}">${line(page.skip.name)}</a>`,
    '<header>',
    `<p class="mark">${line(page.mark)}</p>`,
    `<h1 class="error">${page.heading}</h1>`,
    page.lead,
    ...tools(page.hasCalls),
    '</header>',
    '<main>',
    ...page.content,
    '<section aria-labelledby="plain">',
    '<h2 id="plain">Plain texts</h2>',
    ...(page.stack === null
      ? []
      : [`<details><summary>The stack</summary><pre class="stack">${text(page.stack)}</pre></details>`]),
    '<details id="markdown"><summary>The report as Markdown</summary>',
    // The first line break in a textarea is not of its text.
    `<textarea readonly rows="16" spellcheck="false" aria-label="The report as Markdown">\n${text(page.markdown)}</textarea>`,
    '</details>',
    '</section>',
    '</main>',
    `<footer>${page.foot.map((part) => `<span>${line(part)}</span>`).join(' ')}</footer>`,
    ...(page.hasCalls ? [KEYS] : []),
    `<script nonce="${nonce}">${REPORT_SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function tools(hasCalls: boolean): string[] {
  return [
    '<div class="tools" id="tools" role="group" aria-label="Tools" hidden>',
    '<button type="button" id="copy">Copy as Markdown</button>',
    ...(hasCalls ? [EDITORS, '<button type="button" id="help" aria-haspopup="dialog">Keys <kbd>?</kbd></button>'] : []),
    '<span class="said" id="said" role="status" aria-live="polite"></span>',
    '</div>',
  ];
}

const EDITORS = [
  '<span class="choice"><label for="editor">Open files in</label>',
  '<select id="editor">',
  '<option value="none">none</option>',
  '<option value="vscode">VS Code</option>',
  '<option value="cursor">Cursor</option>',
  '<option value="webstorm">WebStorm</option>',
  '<option value="zed">Zed</option>',
  '<option value="sublime">Sublime Text</option>',
  '</select></span>',
].join('');

const KEYS = [
  '<dialog id="keys" aria-labelledby="keys-title">',
  '<h2 id="keys-title">Keys</h2>',
  '<dl>',
  '<div><dt><kbd>j</kbd> <kbd>↓</kbd></dt><dd>Next call of the application</dd></div>',
  '<div><dt><kbd>k</kbd> <kbd>↑</kbd></dt><dd>Previous call of the application</dd></div>',
  '<div><dt><kbd>Enter</kbd></dt><dd>Open or close a call</dd></div>',
  '<div><dt><kbd>?</kbd></dt><dd>These keys</dd></div>',
  '</dl>',
  '<button type="button" id="keys-close">Close</button>',
  '</dialog>',
].join('\n');
