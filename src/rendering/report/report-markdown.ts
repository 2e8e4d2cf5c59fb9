import type {
  ContextualReport,
  ExceptionReport,
  FrameReport,
  RequestReport,
  RoutesReport,
} from '../../exceptions/exception-report.js';
import { callName, foldCalls, foldedSummary, locationOf, sentenceOf } from './call-folding.js';
import { codeSpan, fence, prose, valueList } from '../markdown.js';
import { routesTable } from './routes-table.js';
import { sourceExcerpt } from './source-excerpt.js';

/** The whole report, ready to be pasted into an issue or a chat: the failing line first. */
export function reportMarkdown(report: ContextualReport, title: string): string {
  const { exc_causes, exc_tb_str, node, notice, req, server_time } = report;
  const blocks = [
    `# ${prose(title)}`,
    ...exception(report, 2),
    ...(notice === null ? [] : [`> ${prose(notice)}`]),
    ...exc_causes.flatMap((cause) => ['## Caused by', ...exception(cause, 3)]),
    ...(exc_tb_str.trim() === '' ? [] : ['## Stack', fence(exc_tb_str)]),
    ...request(req),
    '## Environment',
    `- Node: ${codeSpan(node.version)}\n- Platform: ${codeSpan(node.platform)}\n- Time: ${codeSpan(server_time)}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** The routes that were tried, ready to be pasted into an issue or a chat. */
export function routesMarkdown(report: RoutesReport, title: string): string {
  const {
    request: { method, path },
    routes,
  } = report;
  const nearest = routes.filter((route) => route.is_nearest);
  const blocks = [
    `# ${prose(title)}`,
    codeSpan(`${method} ${path}`),
    ...(nearest.length === 0
      ? []
      : [`Did you mean ${nearest.map((route) => codeSpan(`${route.method} ${route.path}`)).join(' or ')}?`]),
    '## Routes',
    fence(routesTable(report)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function exception(report: ExceptionReport, level: number): string[] {
  const calls = foldCalls(report)
    .reverse()
    .flatMap((entry) =>
      'folded' in entry ? [`*… ${foldedSummary(entry.folded)}*`] : call(entry.frame, entry.isFailing, level),
    );
  return [
    fence(sentenceOf(report)),
    ...(Object.keys(report.exc_properties).length === 0 ? [] : [valueList(report.exc_properties)]),
    ...calls,
    ...report.exc_errors.flatMap((error, index) => [
      `${heading(level)} Error ${index + 1} of ${report.exc_errors.length}`,
      ...exception(error, level + 1),
    ]),
  ];
}

function call(frame: FrameReport, isFailing: boolean, level: number): string[] {
  const notes = [...(isFailing ? ['it failed here'] : []), ...(frame.is_async ? ['at an await'] : [])];
  const source = sourceExcerpt(frame);
  return [
    `${heading(level)} ${codeSpan(callName(frame))}${notes.map((note) => `, ${note}`).join('')}`,
    codeSpan(locationOf(frame)),
    ...(source.length === 0 ? [] : [fence(numbered(source), languageOf(frame))]),
    ...(frame.locals === null || Object.keys(frame.locals).length === 0 ? [] : [valueList(frame.locals)]),
  ];
}

function numbered(source: ReturnType<typeof sourceExcerpt>): string {
  const width = Math.max(...source.map(({ number }) => String(number ?? '').length));
  return source
    .map(({ number, isCalled, before, token, after }) =>
      `${isCalled ? '>' : ' '} ${String(number ?? '').padStart(width)} | ${before}${token}${after}`.trimEnd(),
    )
    .join('\n');
}

function request({ method, url, url_params, headers, cookies }: RequestReport): string[] {
  const lists = Object.entries({ Parameters: url_params, Headers: headers, Cookies: cookies });
  return [
    '## Request',
    codeSpan(`${method} ${url}`),
    ...lists.flatMap(([title, values]) =>
      Object.keys(values).length === 0 ? [] : [`**${title}**`, valueList(values)],
    ),
  ];
}

function heading(level: number): string {
  return '#'.repeat(Math.min(level, 6));
}

function languageOf({ module_name }: FrameReport): string {
  return /\.[cm]?tsx?$/.test(module_name) ? 'ts' : 'js';
}
