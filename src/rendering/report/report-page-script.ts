/**
 * What the page does where scripts run: walking through the calls, copying, links into an editor. It is the same for every
 * report: whatever it needs of one stands in the page.
 */
export const REPORT_SCRIPT = String.raw`
'use strict';
(() => {
  const find = (id) => document.getElementById(id);
  const said = find('said');
  find('tools').hidden = false;

  // Walking through the calls of the application.
  const calls = [...document.querySelectorAll('li.call > details > summary')];
  const keys = find('keys');
  const walk = (step) => {
    const current = calls.findIndex((call) => call.hasAttribute('aria-current'));
    const next = current < 0 ? calls.at(step > 0 ? 0 : -1) : calls[current + step];
    if (next === undefined) return false;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'start' });
    return true;
  };
  const mark = (call) => {
    for (const other of calls) other.removeAttribute('aria-current');
    call.setAttribute('aria-current', 'true');
  };
  for (const call of calls) call.addEventListener('focus', () => mark(call));
  const isBusy = (target) =>
    target instanceof Element && target.closest('input, select, textarea, dialog, [contenteditable], [tabindex="0"]') !== null;

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isBusy(event.target)) return;
    if (event.key === '?' && keys !== null) keys.showModal();
    else if (event.key === 'j' || event.key === 'ArrowDown') { if (!walk(1)) return; }
    else if (event.key === 'k' || event.key === 'ArrowUp') { if (!walk(-1)) return; }
    else return;
    event.preventDefault();
  });
  find('help')?.addEventListener('click', () => keys.showModal());
  find('keys-close')?.addEventListener('click', () => keys.close());

  // A console is as high as what it holds, as far as its own page says so and nobody else.
  window.addEventListener('message', ({ data, origin, source }) => {
    if (data?.type !== 'errata-console-height' || !Number.isFinite(data.height)) return;
    const frames = document.querySelectorAll('.console iframe');
    const frame = [...frames].find(({ contentWindow, src }) => contentWindow === source && new URL(src).origin === origin);
    if (frame !== undefined) frame.style.height = Math.max(0, data.height) + frame.offsetHeight - frame.clientHeight + 'px';
  });

  // Copying. Without a clipboard, on a page that is not secure, the text is selected as by hand.
  const report = document.querySelector('#markdown textarea');
  let silence;
  const say = (text) => {
    said.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => { said.textContent = ''; }, 6000);
  };
  const copySelected = () => {
    const button = document.activeElement;
    find('markdown').open = true;
    report.focus();
    report.select();
    if (!document.execCommand('copy')) return false;
    find('markdown').open = false;
    button?.focus();
    return true;
  };
  find('copy').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(report.value);
      say('Copied.');
    } catch {
      say(copySelected() ? 'Copied.' : 'The report is selected: copy it with the keys of your system.');
    }
  });

  // Links into the editor of the reader's choice, which stays on this machine.
  const editors = {
    vscode: (path, line, column) => 'vscode://file' + path + ':' + line + ':' + column,
    cursor: (path, line, column) => 'cursor://file' + path + ':' + line + ':' + column,
    zed: (path, line, column) => 'zed://file' + path + ':' + line + ':' + column,
    webstorm: (path, line, column) => 'webstorm://open?file=' + path + '&line=' + line + '&column=' + column,
    sublime: (path, line) => 'subl://open?url=file://' + path + '&line=' + line,
  };
  const addressed = (path) => {
    const slashed = path.replaceAll('\\', '/');
    return (slashed.startsWith('/') ? '' : '/') + slashed.split('/').map(encodeURIComponent).join('/').replace(/^([^/]*)%3A/, '$1:');
  };
  const choice = find('editor');
  const link = () => {
    const address = Object.hasOwn(editors, choice.value) ? editors[choice.value] : null;
    for (const place of document.querySelectorAll('a[data-path]')) {
      if (address === null) place.removeAttribute('href');
      else place.href = address(addressed(place.dataset.path), place.dataset.line, place.dataset.column);
    }
  };
  if (choice !== null) {
    try {
      const kept = localStorage.getItem('errata.editor');
      if (kept !== null && Object.hasOwn(editors, kept)) choice.value = kept;
    } catch { /* Nothing is kept where nothing may be. */ }
    choice.addEventListener('change', () => {
      link();
      try { localStorage.setItem('errata.editor', choice.value); } catch { /* As above. */ }
    });
    link();
  }
})();
`;
