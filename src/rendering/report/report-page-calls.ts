import { fileURLToPath } from 'node:url';
import type { ExceptionReport, FrameReport } from '../../exceptions/exception-report.js';
import { callName, foldCalls, foldedSummary, sentenceOf } from './call-folding.js';
import { line, text } from './report-page-text.js';
import { valueTable } from './report-page-values.js';
import { sourceExcerpt, type SourceLine } from './source-excerpt.js';

/** What is to be seen of an error: its calls, the most recent first, and the errors that are in it. */
export interface CallsView {
  /** The level of the headings of the errors in it. */
  readonly level: number;
  /** Whether every call of the application is open from the start, and not only the one that failed. */
  readonly isOpen: boolean;
  /** The address of the console of a call; null for one that has none. */
  readonly consoleOf?: (frame: FrameReport) => string | null;
}

/** The calls of an error, the most recent first, and the errors in it. */
export function callList(exception: ExceptionReport, view: CallsView): string {
  const calls = foldCalls(exception).reverse();
  return [
    calls.length === 0 ? bareStack(exception) : '<ol class="calls">',
    ...calls.map((entry) =>
      'folded' in entry
        ? foldedCalls(entry.folded)
        : call(entry.frame, {
            isFailing: entry.isFailing,
            isOpen: view.isOpen || entry.isFailing,
            console: view.consoleOf?.(entry.frame) ?? null,
          }),
    ),
    ...(calls.length === 0 ? [] : ['</ol>']),
    ...exception.exc_errors.map((error, index) =>
      errorPart(`Error ${index + 1} of ${exception.exc_errors.length}`, error, view.level),
    ),
  ].join('\n');
}

function bareStack({ exc_tb_str }: ExceptionReport): string {
  return exc_tb_str.trim() === ''
    ? '<p class="none">The calls are not known.</p>'
    : `<pre class="stack">${text(exc_tb_str)}</pre>`;
}

/** An error that led to another, or is one of several, under a heading of its own. */
export function errorPart(
  title: string,
  error: ExceptionReport,
  level: number,
  consoleOf?: CallsView['consoleOf'],
): string {
  const tag = `h${Math.min(level, 6)}`;
  return [
    '<section class="part">',
    `<${tag} class="error"><span class="mark">${line(title)}</span> ${errorName(error)}</${tag}>`,
    valueTable('Properties', error.exc_properties),
    callList(error, { level: level + 1, isOpen: false, ...(consoleOf === undefined ? {} : { consoleOf }) }),
    '</section>',
  ].join('\n');
}

/** The type of an error and its message. */
export function errorName(error: ExceptionReport): string {
  const isLong = sentenceOf(error).length > 240;
  const message = `<span class="message${isLong ? ' wordy' : ''}">${text(error.exc_value)}</span>`;
  return `<span class="type">${line(error.exc_type)}</span>${error.exc_value === '' ? '' : ` ${message}`}`;
}

function foldedCalls(frames: readonly FrameReport[]): string {
  return [
    '<li class="folded"><details>',
    `<summary>${foldedSummary(frames)}</summary>`,
    '<ol class="calls">',
    ...[...frames].reverse().map((frame) => foldedCall(frame)),
    '</ol>',
    '</details></li>',
  ].join('\n');
}

function foldedCall(frame: FrameReport): string {
  const source = sourceExcerpt({ ...frame, pre_lines: [], post_lines: [] });
  return [
    `<li class="call quiet"${frameId(frame)}>`,
    `<p class="name">${line(callName(frame))}${badges(frame, false)}</p>`,
    `<p class="path">${location(frame)}</p>`,
    ...(source.length === 0 ? [] : [lines(source)]),
    valueTable('Variables', frame.locals ?? {}),
    '</li>',
  ].join('\n');
}

interface CallView {
  readonly isFailing: boolean;
  readonly isOpen: boolean;
  readonly console: string | null;
}

function call(frame: FrameReport, { isFailing, isOpen, console }: CallView): string {
  const source = sourceExcerpt(frame);
  const place = [frame.module_name, frame.lineno].filter((part) => part !== null).join(':');
  const isWide = source.length > 0 && Object.keys(frame.locals ?? {}).length > 0;
  return [
    `<li class="call${isFailing ? ' failing' : ''}"${frameId(frame)}><details${isOpen ? ' open' : ''}>`,
    `<summary><span class="name">${line(callName(frame))}</span>${badges(frame, isFailing)} <span class="place">${line(place)}</span></summary>`,
    `<div class="inside${isWide ? ' wide' : ''}">`,
    `<div class="source"><p class="path">${location(frame)}</p>`,
    source.length === 0 ? '<p class="none">The source is not to be had.</p>' : lines(source),
    '</div>',
    frame.locals !== null && Object.keys(frame.locals).length === 0
      ? '<p class="none">No variables.</p>'
      : valueTable('Variables', frame.locals ?? {}),
    '</div>',
    ...(console === null ? [] : [consoleFrame(callName(frame), console)]),
    '</details></li>',
  ].join('\n');
}

/** A closed element has nothing in it that is loaded: each console is fetched when it is opened. */
function consoleFrame(name: string, address: string): string {
  return (
    '<details class="console"><summary>Console</summary>' +
    `<iframe loading="lazy" src="${line(address)}" title="Console in ${line(name)}"></iframe></details>`
  );
}

function frameId({ id }: FrameReport): string {
  return ` data-frame="${line(String(id))}"`;
}

function badges({ is_async }: FrameReport, isFailing: boolean): string {
  return [
    ...(isFailing ? [' <span class="badge failed">failed here</span>'] : []),
    ...(is_async ? [' <span class="badge">at an await</span>'] : []),
  ].join('');
}

/** Without an address the link is a text; the script gives it the address of the reader's editor. */
function location({ module_path, module_name, lineno, colno }: FrameReport): string {
  const path = fileOf(module_path);
  const end = module_path.endsWith(module_name) ? module_path.length - module_name.length : 0;
  const place = [lineno, colno].filter((part) => part !== null).map((part) => `:${part}`);
  const label = `${line(module_path.slice(0, end)).replaceAll('/', '/<wbr>')}<b>${line(module_path.slice(end))}${line(place.join(''))}</b>`;
  if (path === null) return `<span class="location">${label}</span>`;
  return `<a class="location" data-path="${line(path)}" data-line="${lineno ?? 1}" data-column="${colno ?? 1}">${label}</a>`;
}

/** The path of a file that an editor could open. */
function fileOf(path: string): string | null {
  if (/^(\/|[A-Za-z]:[\\/])/.test(path)) return path;
  try {
    return path.startsWith('file:') ? fileURLToPath(path) : null;
  } catch {
    return null;
  }
}

function lines(source: readonly SourceLine[]): string {
  const rows = source.map(({ number, isCalled, before, token, after }) => {
    const code = `${line(before)}${token === '' ? '' : `<mark>${line(token)}</mark>`}${line(after)}`;
    return `<span class="row${isCalled ? ' called' : ''}"${number === null ? '' : ` data-number="${number}"`}>${code}\n</span>`;
  });
  return `<pre class="lines"><code>${rows.join('')}</code></pre>`;
}
