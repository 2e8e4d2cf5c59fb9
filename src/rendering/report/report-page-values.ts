import type { RequestReport } from '../../exceptions/exception-report.js';
import { line, text } from './report-page-text.js';

/** From how many characters or lines on a value is scrolled. */
const LONG = { characters: 600, lines: 10 };

/** Names and values as a table; nothing where there are none. */
export function valueTable(caption: string, values: Readonly<Record<string, string>>): string {
  const rows = Object.entries(values);
  if (rows.length === 0) return '';
  return [
    `<table class="values"><caption>${line(caption)}</caption>`,
    '<colgroup><col class="names"><col></colgroup>',
    '<thead class="unseen"><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead>',
    '<tbody>',
    ...rows.map(([name, value]) => `<tr><th scope="row">${line(name)}</th><td>${shown(name, value)}</td></tr>`),
    '</tbody></table>',
  ].join('\n');
}

/** The request that failed. */
export function requestSection({ method, url, url_params, headers, cookies }: RequestReport): string {
  return [
    '<section class="request" aria-labelledby="request">',
    '<h2 id="request">Request</h2>',
    `<p class="target"><b>${line(method)}</b> ${line(url)}</p>`,
    '<div class="tables">',
    ...[valueTable('Parameters', url_params) + valueTable('Cookies', cookies), valueTable('Headers', headers)]
      .filter((tables) => tables !== '')
      .map((tables) => `<div>${tables}</div>`),
    '</div>',
    '</section>',
  ].join('\n');
}

function shown(name: string, value: string): string {
  const isLong = value.length > LONG.characters || value.split('\n').length > LONG.lines;
  // What scrolls can be reached by the keyboard, and has a name for those who hear it.
  return isLong
    ? `<div class="value long" tabindex="0" role="group" aria-label="Value of ${line(name)}">${text(value)}</div>`
    : `<div class="value">${text(value)}</div>`;
}
