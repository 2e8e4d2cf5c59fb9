import { PALETTE } from '../palette.js';
import { REPORT_CALLS_STYLE } from './report-page-calls-style.js';

const GROUND = `
:root { --panel: #f4f1e9; --glow: #fbe7da; --soft: #565f6d; --raised: #fff;
  --mono: ui-monospace, 'Cascadia Code', 'SF Mono', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
@media (prefers-color-scheme: dark) {
  :root { --panel: #111318; --glow: #3b261c; --soft: #a3a9b4; --raised: #1c1f26; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 1.25rem; }
body { margin: 0 auto; max-width: 80rem; padding: clamp(1.25rem, 4vw, 3rem) clamp(1rem, 4vw, 3rem) 2rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; border-radius: .25rem; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem .9rem; background: var(--ink); color: var(--paper); border-radius: .4rem; }
.skip:focus { top: .5rem; z-index: 1; }
p { margin: 0; }
.soft { color: var(--soft); font-weight: 400; }
.mark { margin: 0; color: var(--mark); font-weight: 600; letter-spacing: .04em; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.target { font-family: var(--mono); font-size: .9375rem; overflow-wrap: anywhere; }
`;

const HEAD = `
header { padding-bottom: 1.5rem; }
h1 { margin: .6rem 0 .9rem; line-height: 1.2; overflow-wrap: anywhere; }
h1 .type { display: block; font-size: 1.0625rem; font-family: var(--mono); font-weight: 600; color: var(--soft); }
h1 .message { display: block; margin-top: .35rem; font-size: clamp(1.5rem, 4.4vw, 2.25rem); letter-spacing: -.01em; white-space: pre-wrap; text-wrap: pretty; }
h1 .message.wordy { font-size: 1.125rem; font-weight: 500; line-height: 1.5; letter-spacing: 0; }
h1 > .target { font-size: clamp(1.35rem, 4vw, 2rem); }
h1 > .target b { color: var(--mark); }
.lead { color: var(--soft); }
.lead .target b { color: var(--ink); }
.tools { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem .75rem; margin-top: 1.35rem; font-size: .9375rem; }
button, select { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: .45rem;
  padding: .4rem .8rem; min-height: 2.5rem; cursor: pointer; }
button:hover, select:hover { border-color: var(--mark); }
#copy { background: var(--ink); border-color: var(--ink); color: var(--paper); font-weight: 600; }
#copy:hover { background: var(--mark); border-color: var(--mark); }
.choice { display: inline-flex; align-items: center; gap: .5rem; color: var(--soft); }
.choice select { color: var(--ink); }
.said { color: var(--soft); }
kbd { display: inline-block; min-width: 1.6em; padding: 0 .4em; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: .3rem;
  background: var(--panel); font: .85em/1.5 var(--mono); text-align: center; }
.notice { margin: 0 0 1.25rem; padding: .7rem 1rem; border: 1px solid var(--line); border-left: 3px solid var(--soft); border-radius: .4rem;
  background: var(--panel); overflow-wrap: anywhere; white-space: pre-line; }
`;

const BODY = `
h2 { margin: 2.5rem 0 .9rem; font-size: 1.25rem; line-height: 1.3; }
h2 .soft { margin-left: .4rem; font-size: .9375rem; }
main > section:first-child > h2 { margin-top: .5rem; }
.part > .error { margin: 2.5rem 0 .9rem; line-height: 1.35; overflow-wrap: anywhere; }
.part .mark { display: block; font-size: .9375rem; }
.part .type { font-family: var(--mono); font-size: .9375rem; font-weight: 600; color: var(--soft); display: block; }
.part .message { font-size: 1.125rem; font-weight: 600; white-space: pre-wrap; }
.part .message.wordy { font-size: 1rem; font-weight: 500; }
.part .part { margin-left: .25rem; padding-left: 1.1rem; border-left: 2px solid var(--line); }
.part .part > .error { margin-top: 1.75rem; }
table { width: 100%; border-collapse: collapse; text-align: left; font-size: .875rem; }
caption { padding-bottom: .35rem; color: var(--soft); font-size: .8125rem; text-align: left; }
.values { table-layout: fixed; }
.values .names { width: 8.5rem; }
.values th { font-weight: 600; }
.request .values .names { width: 11rem; }
.values th, .values td { padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line); vertical-align: top;
  font-family: var(--mono); font-size: .8125rem; line-height: 1.55; overflow-wrap: anywhere; }
.values td { padding-right: 0; }
.value { white-space: pre-wrap; }
.value.long { max-height: 13rem; overflow: auto; padding: .4rem .55rem; background: var(--panel); border-radius: .35rem; }
.tables { display: grid; gap: 1.5rem 2.5rem; margin-top: 1rem; }
.tables > div { display: grid; gap: 1.5rem; align-content: start; }
.stack { margin: .75rem 0 0; padding: 1rem; background: var(--panel); border-radius: .5rem; font: .8125rem/1.6 var(--mono);
  white-space: pre-wrap; overflow-wrap: anywhere; }
textarea { display: block; width: 100%; margin-top: .75rem; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; resize: vertical;
  background: var(--panel); color: inherit; font: .8125rem/1.6 var(--mono); }
summary { cursor: pointer; }
main > section > details > summary { width: fit-content; color: var(--soft); }
main > section > details + details { margin-top: .5rem; }
.none { color: var(--soft); font-size: .875rem; }
.nearest { margin: 0; padding: 0; list-style: none; display: grid; gap: .5rem; }
.nearest li { display: flex; flex-wrap: wrap; gap: .1rem 1rem; align-items: baseline; padding: .75rem 1rem; border: 1px solid var(--line);
  border-left: 3px solid var(--mark); border-radius: .5rem; background: var(--raised); }
.nearest .target { font-size: 1.0625rem; }
.nearest .soft { font-size: .875rem; overflow-wrap: anywhere; }
.routes th, .routes td { padding: .5rem 1rem .5rem 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
.routes thead th { border-top: 0; color: var(--soft); font-weight: 400; font-size: .8125rem; }
.routes tbody th, .routes .method, .routes .handler { font-family: var(--mono); font-size: .8125rem; line-height: 1.7; }
.routes .match { color: var(--soft); padding-right: 0; }
.routes .near th, .routes .near .method { color: var(--mark); }
dialog { max-width: 26rem; width: calc(100% - 2rem); padding: 1.25rem 1.5rem 1.5rem; border: 1px solid var(--line); border-radius: .75rem;
  background: var(--paper); color: var(--ink); }
dialog::backdrop { background: rgb(10 12 16 / .5); }
dialog h2 { margin: 0 0 .75rem; }
dl { margin: 0 0 1.25rem; display: grid; gap: .55rem; }
dl div { display: flex; gap: .75rem; }
dt { flex: 0 0 5rem; }
dd { margin: 0; }
footer { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin-top: 3rem; padding-top: .85rem; border-top: 1px solid var(--line);
  color: var(--soft); font-size: .875rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
@media (min-width: 60rem) {
  .tables:has(> div + div) { grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); }
}
@media (max-width: 40rem) {
  .values .names, .request .values .names { width: 34%; }
  .routes thead { position: absolute; clip-path: inset(50%); }
  .routes tr { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr); padding: .5rem 0; border-top: 1px solid var(--line); }
  .routes th, .routes td { padding: 0; border: 0; }
  .routes .handler, .routes .match { grid-column: 2; }
}
@media (hover: none) and (pointer: coarse) {
  #help { display: none; }
}
@media (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth; }
}
@media print {
  .tools, .skip { display: none; }
}
`;

/** The style of the pages of reports: the house's, for much more to read. */
export const REPORT_STYLE = [PALETTE, GROUND, HEAD, BODY, REPORT_CALLS_STYLE].join('');
