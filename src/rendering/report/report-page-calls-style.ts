/** How calls look: quiet cards, of which the one that failed stands out. */
export const REPORT_CALLS_STYLE = `
.console { border-top: 1px solid var(--line); padding: .5rem 1rem 1rem; }
.console iframe { display: block; width: 100%; height: 5rem; min-height: 3.5rem; max-height: max(70vh, 12rem); margin-top: .5rem; border: 1px solid var(--line); border-radius: .4rem; }
.calls { margin: 0; padding: 0; list-style: none; display: grid; gap: .6rem; }
.call { min-width: 0; border: 1px solid var(--line); border-radius: .6rem; background: var(--raised); }
.call > details > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .7rem; padding: .65rem 1rem; list-style: none; }
.call > details > summary::-webkit-details-marker { display: none; }
.call > details > summary::before { content: ''; flex: none; width: .4rem; height: .4rem; border: solid var(--soft); border-width: 0 1.5px 1.5px 0;
  transform: translateY(-.1rem) rotate(-45deg); }
.call > details[open] > summary::before { transform: translateY(-.2rem) rotate(45deg); }
.call > details > summary:hover .name { text-decoration: underline; text-decoration-color: var(--mark); text-underline-offset: .25em; }
.call .name { font: 600 .9375rem/1.6 var(--mono); overflow-wrap: anywhere; }
.call .place { margin-left: auto; color: var(--soft); font: .8125rem/1.6 var(--mono); overflow-wrap: anywhere; }
.call.failing { border-color: color-mix(in srgb, var(--mark) 40%, var(--line)); box-shadow: inset 3px 0 0 var(--mark); }
.call:has(> details > summary[aria-current]) { border-color: var(--mark); }
.call:has(> details > summary[aria-current]:focus) { box-shadow: 0 0 0 2px var(--mark); }
.call.failing:has(> details > summary[aria-current]:focus) { box-shadow: 0 0 0 2px var(--mark), inset 3px 0 0 var(--mark); }
.call > details > summary[aria-current]:focus-visible { outline: none; }
.badge { padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--soft); font: .75rem/1.6 system-ui, sans-serif; white-space: nowrap; }
.badge.failed { border-color: transparent; background: var(--glow); color: var(--ink); }
.inside { display: grid; align-items: start; gap: 1rem; padding: 0 1rem 1rem; }
.inside > * { min-width: 0; }
.path { color: var(--soft); font: .8125rem/1.6 var(--mono); overflow-wrap: anywhere; }
.path b { color: var(--ink); font-weight: 500; }
.location[href] { color: inherit; text-decoration-color: var(--mark); text-underline-offset: .2em; }
.lines { margin: .5rem 0 0; padding: .5rem 0; border-radius: .5rem; background: var(--panel); font: .8125rem/1.65 var(--mono);
  white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
.lines code { font: inherit; }
.row { display: block; position: relative; padding: 0 .75rem 0 calc(3.75rem + 2ch); text-indent: -2ch; }
.row[data-number]::before { content: attr(data-number); position: absolute; left: 0; width: 3rem; text-align: right; text-indent: 0; color: var(--soft);
  font-variant-numeric: tabular-nums; user-select: none; }
.row.called { background: var(--glow); box-shadow: inset 3px 0 0 var(--mark); }
.row.called::before { color: var(--mark); font-weight: 600; }
.row mark { background: none; color: inherit; text-decoration: underline 2px var(--mark); text-underline-offset: .25em; }
.folded { padding: 0 1rem; color: var(--soft); font-size: .875rem; }
.folded > details > summary { width: fit-content; padding: .15rem 0; }
.folded .calls { margin: .5rem 0 .75rem; gap: 0; color: var(--ink); }
.call.quiet { border: 0; border-radius: 0; border-top: 1px solid var(--line); background: none; padding: .55rem 0; }
.quiet .name { font-size: .8125rem; font-weight: 500; }
.quiet .lines { margin: .35rem 0; }
@media (min-width: 64rem) {
  .inside.wide { grid-template-columns: minmax(0, 8fr) minmax(0, 5fr); gap: 1.75rem; }
}
@media (max-width: 40rem) {
  .call .place { margin-left: 1.1rem; flex-basis: 100%; }
  .inside { padding: 0 .75rem .75rem; }
  .row { padding-left: calc(2.75rem + 2ch); }
  .call > details[open] .place { display: none; }
  .row[data-number]::before { width: 2.1rem; }
}
`;
