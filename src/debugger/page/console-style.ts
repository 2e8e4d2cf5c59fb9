import { PALETTE } from '../../rendering/palette.js';

/** How the console looks, by day and by night. */
export const CONSOLE_STYLE = `${PALETTE}
:root { --panel: #f4f1e9; --soft: #565f6d; --raised: #fff; --wrong: #a8201a; --text: #2c6a3f; --name: #3c4f86;
  --mono: ui-monospace, 'Cascadia Code', 'SF Mono', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
@media (prefers-color-scheme: dark) {
  :root { --panel: #111318; --soft: #a3a9b4; --raised: #1c1f26; --wrong: #ff8f87; --text: #8fd0a2; --name: #a9bcf5; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; padding: .75rem 1rem; background: var(--panel); color: var(--ink); font: .875rem/1.55 var(--mono); }
:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; border-radius: .25rem; }
p { margin: 0; }
.unseen { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.alone { max-width: 70rem; margin: .5rem auto 1rem; font: 600 1.125rem/1.4 system-ui, sans-serif; }
.alone ~ * { max-width: 70rem; margin-inline: auto; }
.soft, #candidates { color: var(--soft); }
.wrong { color: var(--wrong); }
#ask { font-family: system-ui, sans-serif; }
#field { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; }
#pin { width: 11em; padding: .35rem .6rem; border: 1px solid var(--soft); border-radius: .4rem; background: var(--raised); color: inherit;
  font: 1rem/1.5 var(--mono); font-variant-numeric: tabular-nums; letter-spacing: .06em; }
::placeholder { color: var(--soft); opacity: 1; }
#ask button { padding: .35rem .9rem; border: 1px solid var(--ink); border-radius: .4rem; background: var(--ink); color: var(--paper);
  font: inherit; font-weight: 600; cursor: pointer; }
#ask button:hover { background: var(--mark); border-color: var(--mark); }
#ask button:disabled { opacity: .6; cursor: default; }
#refusal:not(:empty) { margin-top: .4rem; }
#log > * { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
#log > .greeting { color: var(--soft); margin-bottom: .5rem; }
.entered { margin-top: .5rem !important; padding-left: 1.5em; text-indent: -1.5em; }
.entered::before, .prompt { content: '>'; color: var(--mark); font-weight: 700; }
.entered::before { display: inline-block; width: 1.5em; text-indent: 0; }
.written, .error { padding-left: 1.5em; }
.error { color: var(--wrong); border-left: 2px solid var(--wrong); padding-left: calc(1.5em - 2px); }
.written { color: var(--soft); }
.result { padding-left: 1.5em; }
.running { padding-left: 1.5em; color: var(--soft); }
.result ul { margin: 0; padding: 0 0 0 .6rem; list-style: none; border-left: 1px solid var(--line); }
.result li { padding-left: .8rem; }
.value { display: block; position: relative; width: 100%; padding: 0; border: 0; background: none; color: inherit; font: inherit; text-align: left;
  white-space: pre-wrap; overflow-wrap: anywhere; }
button.value { cursor: pointer; }
button.value:hover { color: var(--mark); }
button.value::before { content: '▸'; position: absolute; left: -1.1em; color: var(--soft); }
button.value[aria-expanded='true']::before { content: '▾'; }
.name { color: var(--name); }
.text { color: var(--text); }
.line { display: flex; align-items: flex-start; margin-top: .5rem; }
.prompt { width: 1.5em; flex: none; }
#input { flex: 1; min-width: 0; padding: 0; border: 0; resize: none; overflow: hidden; background: none; color: inherit; caret-color: var(--mark);
  font: inherit; tab-size: 2; overflow-wrap: anywhere; }
#input:focus-visible { outline: none; }
.line:focus-within { box-shadow: 0 2px 0 var(--mark); }
#candidates { padding-left: 1.5em; overflow-wrap: anywhere; }
#candidates:empty { display: none; }
#keys { margin-top: .6rem; font: .8125rem/1.6 system-ui, sans-serif; }
kbd { padding: 0 .35em; border: 1px solid var(--line); border-radius: .25rem; background: var(--raised); font: .9em/1.5 var(--mono); }
@media (forced-colors: active) { .line:focus-within { outline: 2px solid Highlight; } }
`;
