import { showable, showableLine } from './showable.js';

/** A block of text that nothing in it can end. */
export function fence(text: string, language = 'text'): string {
  const content = showable(text);
  const marks = '`'.repeat(Math.max(3, longestRun(content) + 1));
  return `${marks}${language}\n${content}\n${marks}`;
}

/** A text on one line that stays as it is. */
export function codeSpan(text: string): string {
  const content = showableLine(text);
  if (content.trim() === '') return content === '' ? '*empty*' : '*blank*';
  const marks = '`'.repeat(longestRun(content) + 1);
  // One space is taken away on either side, and lets the content begin and end as it likes.
  const space = /^[` ]|[` ]$/.test(content) ? ' ' : '';
  return `${marks}${space}${content}${space}${marks}`;
}

/** A text within a line of prose. */
export function prose(text: string): string {
  return showable(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|~&#!]/g, '\\$&');
}

/** Names and their values, of which some have several lines. */
export function valueList(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) =>
      /[\n\r]/.test(value.trim())
        ? `- ${codeSpan(name)}:\n\n${fence(value).replace(/^(?=.)/gm, '  ')}`
        : `- ${codeSpan(name)}: ${codeSpan(value)}`,
    )
    .join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
