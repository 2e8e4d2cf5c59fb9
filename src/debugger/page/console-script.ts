/** The PIN, and a terminal with history and completion. */
export const CONSOLE_SCRIPT = String.raw`
const input = find('input');
const pin = find('pin');
const candidates = find('candidates');

// The history is of the tab: where nothing can be kept it lasts as long as the page.
const KEPT = 100;
const KEY = 'errata-console-history';
const readHistory = () => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
};
let history = readHistory();
let place = history.length;
let draft = '';
const remember = (text) => {
  // Another frame of the same page may have added some.
  const kept = readHistory();
  if (kept.length > 0) history = kept;
  if (history.at(-1) !== text) history.push(text);
  history = history.slice(-KEPT);
  place = history.length;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(history));
  } catch {}
};

const fit = () => {
  input.style.height = 'auto';
  input.style.height = input.scrollHeight + 'px';
};
const put = (text, caret = text.length) => {
  input.value = text;
  input.setSelectionRange(caret, caret);
  fit();
};
const insert = (text) => {
  input.setRangeText(text, input.selectionStart, input.selectionEnd, 'end');
  fit();
};

const greet = () => {
  print('greeting', data.greeting + '\nSecrets are not taken out here: what is evaluated is shown as it is.');
};

const askForPin = (isLocked) => {
  find('terminal').hidden = true;
  find('ask').hidden = false;
  find('locked').hidden = !isLocked;
  find('field').hidden = isLocked;
};
const openTerminal = () => {
  find('ask').hidden = true;
  find('terminal').hidden = false;
  if (log.childElementCount === 0) greet();
  fit();
};

// Where one console takes the PIN, the others of this server learn of it and need none: the cookie is theirs too. They are
// asked whether it is, so that the message itself opens nothing.
const unlocked = new BroadcastChannel('errata-console');
unlocked.addEventListener('message', async () => {
  if (find('ask').hidden) return;
  try {
    await call('complete', { input: '' });
    pin.value = '';
    find('refusal').textContent = '';
    openTerminal();
  } catch {}
});

find('ask').addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = event.submitter ?? find('ask').querySelector('button');
  const digits = pin.value.replace(/\D/g, '');
  find('refusal').textContent = '';
  if (digits.length !== 9) {
    find('refusal').textContent = 'The PIN has nine digits.';
    pin.focus();
    return;
  }
  button.disabled = true;
  try {
    await call('pin', { pin: digits });
    pin.value = '';
    openTerminal();
    input.focus();
    unlocked.postMessage('unlocked');
  } catch (error) {
    find('refusal').textContent = error.message;
    pin.select();
  } finally {
    button.disabled = false;
  }
});

let isRunning = false;
const run = async () => {
  const text = input.value;
  if (text.trim() === '' || isRunning) return;
  isRunning = true;
  input.readOnly = true;
  const running = make('p', 'running', 'running …');
  running.hidden = true;
  log.append(running);
  const waiting = setTimeout(() => {
    running.hidden = false;
  }, 300);
  try {
    const outcome = await call('run', { input: text });
    if (outcome.isUnfinished) {
      input.readOnly = false;
      put(text + '\n');
      return;
    }
    show(text, outcome);
    put('');
  } catch (error) {
    print('entered', text);
    print('error', error.message);
    // Another PIN is asked for when the cookie has run out; what was typed stays.
    if (error.status === 401) {
      askForPin(false);
      pin.focus();
    }
  } finally {
    clearTimeout(waiting);
    running.remove();
    isRunning = false;
    input.readOnly = false;
    input.scrollIntoView({ block: 'nearest' });
  }
};
const show = (text, { lines, value, error }) => {
  remember(text);
  print('entered', text);
  for (const line of lines) print('written', line);
  if (error !== null) print('error', error);
  if (value === null) return;
  const result = make('div', 'result');
  result.append(...valueOf(value));
  log.append(result);
};

// Up and down leave the text only from its first and its last line.
const walk = (step) => {
  const { value, selectionStart, selectionEnd } = input;
  if (selectionStart !== selectionEnd) return false;
  if (step < 0 ? value.slice(0, selectionStart).includes('\n') : value.slice(selectionEnd).includes('\n')) return false;
  const next = place + step;
  if (next < 0 || next > history.length) return true;
  if (place === history.length) draft = value;
  place = next;
  const text = place === history.length ? draft : history[place];
  // Going up ends on the first line's end, so that the next step goes up again.
  put(text, step < 0 && text.includes('\n') ? text.indexOf('\n') : text.length);
  return true;
};

const commonStart = (names) =>
  names.reduce((start, name) => {
    let length = 0;
    while (length < start.length && start[length] === name[length]) length++;
    return start.slice(0, length);
  });
const complete = async () => {
  const before = input.value.slice(0, input.selectionStart);
  const typed = /[\p{ID_Continue}$]*$/u.exec(before)[0];
  try {
    const { names } = await call('complete', { input: before });
    // Somebody typed on meanwhile.
    if (input.value.slice(0, input.selectionStart) !== before) return;
    if (names.length > 0) insert(commonStart(names).slice(typed.length));
    candidates.textContent = names.length > 1 ? names.join('  ') : names.length === 0 ? 'Nothing to complete.' : '';
  } catch (error) {
    candidates.textContent = error.message;
  }
};

// Tab completes, unless it would hold somebody who only passes through.
let isLeaving = false;
input.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === 'Escape') {
    isLeaving = true;
    candidates.textContent = 'Tab leaves now.';
    return;
  }
  if (event.key === 'Tab' && !event.shiftKey && isPlain) {
    if (isLeaving || input.value.trim() === '') return;
    event.preventDefault();
    void complete();
    return;
  }
  if (event.key === 'Shift' || event.key === 'Tab') return;
  isLeaving = false;
  candidates.textContent = '';
  if (event.key === 'Enter' && isPlain && !event.shiftKey) void run();
  else if (event.key === 'ArrowUp' && isPlain && !event.shiftKey) { if (!walk(-1)) return; }
  else if (event.key === 'ArrowDown' && isPlain && !event.shiftKey) { if (!walk(1)) return; }
  else if (event.key.toLowerCase() === 'l' && event.ctrlKey && !event.shiftKey && !event.altKey) log.replaceChildren();
  else return;
  event.preventDefault();
});
input.addEventListener('input', () => {
  if (place !== history.length) place = history.length;
  fit();
});
input.addEventListener('blur', () => {
  isLeaving = false;
  candidates.textContent = '';
});

// As in a terminal, a click anywhere is for the line that is typed, unless it is for something else or selects text.
document.addEventListener('click', ({ target }) => {
  if (target.closest('button, input, textarea, label') === null && getSelection().isCollapsed) {
    (find('terminal').hidden ? pin : input).focus({ preventScroll: true });
  }
});

if (data.access === 'trusted') openTerminal();
else askForPin(data.access === 'locked');
// Alone on its page there is nothing else to begin with; in a frame it would be taken from somebody.
if (parent === window) (find('terminal').hidden ? pin : input).focus();
`;
