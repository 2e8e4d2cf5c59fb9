import type { FrameReport } from '../../exceptions/exception-report.js';
import { showableLine } from '../showable.js';

/** How many characters of a line are shown, and how many of them before the call. */
const MAX_LENGTH = 400;
const MAX_LEAD = 100;

/** A line of source around a call. Its three texts are the line; only the line of the call may have the last two. */
export interface SourceLine {
  /** From 1; null where it is not known. */
  readonly number: number | null;
  /** Whether it is the line of the call. */
  readonly isCalled: boolean;
  readonly before: string;
  /** The name that the call was at. */
  readonly token: string;
  readonly after: string;
}

/** The lines around a call, without the indentation that all of them have; none where the source cannot be had. */
export function sourceExcerpt(frame: FrameReport): SourceLine[] {
  if (frame.line === null) return [];
  const texts = [...frame.pre_lines, frame.line, ...frame.post_lines];
  const place = frame.pre_lines.length;
  const indent = indentOf(texts);
  return texts.map((text, index) => {
    const column = index === place && frame.colno !== null ? frame.colno - 1 - indent : null;
    return {
      number: frame.lineno === null ? null : frame.lineno + index - place,
      isCalled: index === place,
      ...parts(text.slice(indent).trimEnd(), column),
    };
  });
}

/** The line of the call alone. */
export function calledLine(frame: FrameReport): SourceLine | null {
  return sourceExcerpt({ ...frame, pre_lines: [], post_lines: [] })[0] ?? null;
}

/** How many characters of white space all lines begin with that are not empty. */
function indentOf(texts: readonly string[]): number {
  const indents = texts.filter((text) => text.trim() !== '').map((text) => /^[ \t]*/.exec(text)?.[0] ?? '');
  const [first = ''] = indents;
  let length = first.length;
  while (!indents.every((indent) => indent.startsWith(first.slice(0, length)))) length -= 1;
  return length;
}

function parts(line: string, column: number | null): Pick<SourceLine, 'before' | 'token' | 'after'> {
  const start = column !== null && column > MAX_LEAD && line.length > MAX_LENGTH ? column - MAX_LEAD : 0;
  const lead = start > 0 ? '…' : '';
  const tail = line.length > start + MAX_LENGTH ? '…' : '';
  const text = line.slice(start, start + MAX_LENGTH);
  const from = column === null ? -1 : column - start;
  const token = from < 0 ? '' : (/^(?:[\w$#]+|\S)/.exec(text.slice(from))?.[0] ?? '');
  if (token === '') return { before: lead + tabless(text) + tail, token: '', after: '' };
  return {
    before: lead + tabless(text.slice(0, from)),
    token: tabless(token),
    after: tabless(text.slice(from + token.length)) + tail,
  };
}

function tabless(text: string): string {
  return showableLine(text.replaceAll('\t', '  '));
}
