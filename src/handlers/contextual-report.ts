import { basename } from 'node:path';
import type { ContextualReport, ExceptionReport, FrameReport, RequestReport } from '../exceptions/exception-report.js';
import type { ContextualExceptionInfo, ContextualFrame } from '../inspection/contextual-exception-info.js';
import type { NoRecord } from '../inspection/locals-recorder.js';
import { REDACTED, type Redaction } from '../inspection/redaction.js';
import type { ErrorRequest } from './error-request.js';
import { cookiesOf } from './request-secrets.js';

const NOTICES: Readonly<Record<NoRecord, string>> = {
  debugger:
    'A debugger is attached to the process, so no variables were recorded: its user would have been stopped at every error.',
  limit: 'So many errors were thrown in this second that the variables of this one were not recorded.',
  unseen:
    'Nobody saw this error being thrown, so its variables are not known: it was only passed along, or thrown before the recording began.',
};

/** The report of an exception: everything that is known of it, in plain data. */
export function contextualReport(
  info: ContextualExceptionInfo,
  request: ErrorRequest,
  redaction: Redaction,
): ContextualReport {
  const { causes } = info;
  for (const each of [info, ...causes, ...info.errors])
    if (each.recorded !== null) redaction.absorb(each.recorded.redaction);
  const report: ContextualReport = {
    ...exceptionReport(info),
    exc_causes: causes.map(exceptionReport),
    req: requestReport(request, redaction),
    server_time: new Date().toISOString(),
    node: { version: process.version, platform: process.platform },
    notice: info.noRecord === null ? null : NOTICES[info.noRecord],
  };
  return cleaned(report, redaction) as ContextualReport;
}

function exceptionReport(info: ContextualExceptionInfo): ExceptionReport {
  const frames = info.frames.toReversed().map(frameReport);
  return {
    exc_type: info.type,
    exc_value: info.message,
    exc_tb: { frames },
    exc_tb_str: info.stack ?? `${info.type}: ${info.message}`,
    last_frame: frames.findLast((frame) => !frame.is_hidden) ?? frames.at(-1) ?? null,
    exc_errors: info.errors.map(exceptionReport),
  };
}

function frameReport(frame: ContextualFrame, id: number): FrameReport {
  const { file, source } = frame;
  return {
    id,
    func_name: frame.functionName ?? '<anonymous>',
    module_name: file === null ? '<unknown>' : basename(file),
    module_path: file ?? '<unknown>',
    lineno: frame.line,
    colno: frame.column,
    line: source?.line ?? null,
    pre_lines: source?.before ?? [],
    post_lines: source?.after ?? [],
    locals: frame.locals,
    is_hidden: frame.isHidden,
    is_async: frame.isAsync,
  };
}

function requestReport(request: ErrorRequest, redaction: Redaction): RequestReport {
  const { method, url, headers, origin } = request;
  const { params } = request.raw as { readonly params?: object };
  const named = (entries: readonly (readonly [string, unknown])[]): Record<string, string> =>
    Object.fromEntries(entries.map(([name, value]) => [name, redaction.isSecret(name) ? REDACTED : String(value)]));
  return {
    method,
    path: url.split('?', 1)[0] ?? url,
    url: `${origin}${url}`,
    url_params: named(Object.entries(params ?? {})),
    headers: named(Object.entries(headers)),
    cookies: named(cookiesOf(request)),
  };
}

/** The same with every secret taken out of every text, whatever it is called there. */
function cleaned(value: unknown, redaction: Redaction): unknown {
  if (typeof value === 'string') return redaction.text(value.toWellFormed());
  if (Array.isArray(value)) return value.map((item) => cleaned(item, redaction));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, cleaned(member, redaction)]));
}
