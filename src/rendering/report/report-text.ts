import type {
  ContextualReport,
  ExceptionReport,
  FrameReport,
  RequestReport,
  RoutesReport,
} from '../../exceptions/exception-report.js';
import { callName, foldCalls, foldedSummary, locationOf, sentenceOf } from './call-folding.js';
import { routesTable, widthOf } from './routes-table.js';
import { showable, showableLine } from '../showable.js';
import { calledLine } from './source-excerpt.js';

/** The report as a text, the outermost call first and the failing line last, as a terminal or a log shows it. */
export function reportText(report: ContextualReport): string {
  const { exc_causes, node, notice, req, server_time } = report;
  const blocks = [
    trace(report),
    ...exc_causes.map((cause) => `Caused by:\n\n${trace(cause)}`),
    request(req),
    `Node ${showableLine(node.version)} on ${showableLine(node.platform)}, ${showableLine(server_time)}`,
    ...(notice === null ? [] : [showable(notice)]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** The routes that were tried, as a table in plain text. */
export function routesText(report: RoutesReport): string {
  const { method, path } = report.request;
  const table = indented(routesTable(report), '  ');
  return `${showableLine(method)} ${showableLine(path)}: no route answers.\n\n${table}\n`;
}

function trace(exception: ExceptionReport): string {
  const { exc_tb, exc_tb_str, exc_errors, exc_properties } = exception;
  const sentence = showable(sentenceOf(exception));
  const calls = foldCalls(exception).map((call) =>
    'folded' in call ? `  … ${foldedSummary(call.folded)}` : called(call.frame),
  );
  const stack = exc_tb_str.trim() === '' ? sentence : showable(exc_tb_str);
  const own = exc_tb.frames.length === 0 ? stack : ['Calls, the outermost first:', ...calls, sentence].join('\n');
  const parts = exc_errors.map(
    (error, index) => `  Error ${index + 1} of ${exc_errors.length}:\n\n${indented(trace(error), '    ')}`,
  );
  return [[own, ...values(exc_properties, '  ')].join('\n'), ...parts].join('\n\n');
}

function called(frame: FrameReport): string {
  const line = calledLine(frame);
  return [
    `  ${showableLine(callName(frame))} (${showableLine(locationOf(frame))})${frame.is_async ? ', at an await' : ''}`,
    ...(line === null ? [] : [`    ${line.before}${line.token}${line.after}`]),
    ...(line === null || line.token === '' ? [] : [`    ${blank(line.before)}${blank(line.token, '^')}`]),
    ...values(frame.locals ?? {}, '      '),
  ].join('\n');
}

function values(named: Readonly<Record<string, string>>, indent: string): string[] {
  return Object.entries(named).map(([name, value]) =>
    indented(`${showableLine(name)} = ${indented(showable(value), '  ').trimStart()}`, indent),
  );
}

function request({ method, url, url_params, headers, cookies }: RequestReport): string {
  const lists = Object.entries({ Parameters: url_params, Headers: headers, Cookies: cookies });
  return [
    `Request: ${showableLine(method)} ${showableLine(url)}`,
    ...lists.flatMap(([title, values]) => {
      const items = Object.entries(values).map(([name, value]) => `    ${showableLine(name)}: ${showableLine(value)}`);
      return items.length === 0 ? [] : [`  ${title}`, ...items];
    }),
  ].join('\n');
}

function indented(text: string, indent: string): string {
  return text.replace(/^(?=.)/gm, indent);
}

/** As wide as the text. */
function blank(text: string, filling = ' '): string {
  return filling.repeat(widthOf(text));
}
