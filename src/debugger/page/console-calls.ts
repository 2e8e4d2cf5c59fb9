/** Calls to the console's server, and what is shown of values. Whatever comes from there is text. */
export const CONSOLE_CALLS = String.raw`
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const find = (id) => document.getElementById(id);
const log = find('log');

// Refusals are errors for whoever calls.
const call = async (path, body) => {
  let response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'x-errata-console': data.secret },
      body: JSON.stringify({ error: data.error, frame: data.frame, ...body }),
    });
  } catch {
    throw new Error('The console does not answer. The application may have been stopped.');
  }
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.refusal), { status: response.status });
  return answer;
};

const make = (tag, className, text = '') => {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
};

const print = (className, text) => {
  const line = make('pre', className, text);
  log.append(line);
  return line;
};

// A value, which opens when it has members. They are asked for when it is opened first.
const valueOf = ({ name, text, id }) => {
  const isOpenable = id !== null;
  const value = make(isOpenable ? 'button' : 'span', 'value');
  if (name !== undefined) value.append(make('span', 'name', name), ': ');
  value.append(make('span', text.startsWith('"') ? 'text' : '', text));
  if (!isOpenable) return [value];
  const members = make('ul', '');
  members.hidden = true;
  value.type = 'button';
  value.setAttribute('aria-expanded', 'false');
  let isAsked = false;
  value.addEventListener('click', async () => {
    const isOpen = value.getAttribute('aria-expanded') === 'true';
    value.setAttribute('aria-expanded', String(!isOpen));
    members.hidden = isOpen;
    if (isAsked) return;
    isAsked = true;
    try {
      const answer = await call('open', { value: id });
      for (const member of answer.members) {
        const item = make('li', '');
        item.append(...valueOf(member));
        members.append(item);
      }
      if (answer.members.length === 0) members.append(make('li', 'soft', 'no members'));
    } catch (error) {
      isAsked = false;
      members.replaceChildren(make('li', 'wrong', error.message));
    }
  });
  return [value, members];
};

// The page around this one gives it as much room as it needs.
new ResizeObserver(() => {
  if (parent === window || data.ancestor === "'none'") return;
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  parent.postMessage({ type: 'errata-console-height', height }, data.ancestor);
}).observe(document.body);
`;
