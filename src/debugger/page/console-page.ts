import { scriptSafe } from '../../rendering/script-safe.js';
import { text } from '../../rendering/report/report-page-text.js';
import { APPLICATION } from '../captures.js';
import { CONSOLE_CALLS } from './console-calls.js';
import { CONSOLE_SCRIPT } from './console-script.js';
import { CONSOLE_STYLE } from './console-style.js';

/** What the page of a console is made of. */
export interface ConsolePage {
  readonly nonce: string;
  readonly secret: string;
  /** Whether the PIN was given before, is asked for, or is not taken any more. */
  readonly access: 'trusted' | 'asked' | 'locked';
  readonly error: string;
  /** The number of the frame, or what stands for one: `application`. */
  readonly frame: string;
  /** The origin of the page that frames it, or `'none'`. */
  readonly ancestor: string;
}

/** The policy of the page: its own style and script, calls to its own server, and the application's page around it. */
export function consolePolicy(nonce: string, ancestor: string): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestor}`,
  ].join('; ');
}

/** The page that stands where a console would, and says why there is none. */
export function refusalPage(nonce: string, refusal: string): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="color-scheme" content="light dark">',
    '<title>No console</title>',
    `<style nonce="${nonce}">${CONSOLE_STYLE}</style>`,
    '</head>',
    `<body><main id="ask"><h1 class="unseen">No console</h1><p>${text(refusal)}</p></main></body>`,
    '</html>',
    '',
  ].join('\n');
}

/** The page of a console. What needs the script is hidden until it runs. */
export function consolePage({ nonce, ...page }: ConsolePage): string {
  const { title, heading, greeting, label } = page.frame === APPLICATION ? OF_APPLICATION : OF_FRAME;
  const data = { ...page, greeting };
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${title}</title>`,
    `<style nonce="${nonce}">${CONSOLE_STYLE}</style>`,
    `<script type="application/json" id="data">${scriptSafe(JSON.stringify(data))}</script>`,
    '</head>',
    '<body>',
    '<main>',
    heading,
    PIN_FORM,
    terminal(label),
    '<noscript><p>The console needs JavaScript.</p></noscript>',
    '</main>',
    `<script nonce="${nonce}">${CONSOLE_CALLS}${CONSOLE_SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** What the page says in a call of an error, below which it stands. */
const OF_FRAME = {
  title: 'Console of a frame',
  heading: '<h1 class="unseen">Console of this frame</h1>',
  greeting: 'JavaScript in this frame. _ is the last result, help tells more.',
  label: 'JavaScript, evaluated in this frame',
};

/** What it says where it stands alone. */
const OF_APPLICATION = {
  title: 'Console of the application',
  heading: '<h1 class="alone">Console of the application</h1>',
  greeting:
    'JavaScript in the application: get(Service) gives an instance, debug() lists what there is. help tells more.',
  label: 'JavaScript, evaluated in the application',
};

const PIN_FORM = `<form id="ask" hidden>
<p id="locked" hidden>There were too many wrong PINs. Restart the application to get a new one.</p>
<p id="field"><label for="pin">PIN, as the terminal of the application shows it</label>
<input id="pin" inputmode="numeric" autocomplete="off" spellcheck="false" maxlength="40" placeholder="123-456-789" aria-describedby="refusal">
<button type="submit">Unlock</button></p>
<p id="refusal" class="wrong" role="alert"></p>
</form>`;

const terminal = (label: string): string => `<div id="terminal" hidden>
<div id="log" role="log" aria-live="polite" aria-label="Results"></div>
<div class="line"><span class="prompt" aria-hidden="true">&gt;</span>
<textarea id="input" rows="1" spellcheck="false" autocomplete="off" autocapitalize="off" autocorrect="off" wrap="soft" aria-label="${label}" aria-describedby="keys"></textarea></div>
<p id="candidates" role="status" aria-live="polite"></p>
<p id="keys" class="soft"><kbd>Enter</kbd> runs, <kbd>Shift</kbd>+<kbd>Enter</kbd> breaks the line, <kbd>↑</kbd> <kbd>↓</kbd> walk the history, <kbd>Tab</kbd> completes, <kbd>Ctrl</kbd>+<kbd>L</kbd> clears. <kbd>Esc</kbd>, then <kbd>Tab</kbd>, leaves; so does <kbd>Tab</kbd> where nothing is typed.</p>
</div>`;
