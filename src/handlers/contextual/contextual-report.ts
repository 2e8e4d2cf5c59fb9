import { basename } from 'node:path';
import type {
  ContextualReport,
  ExceptionReport,
  FrameReport,
  RequestReport,
} from '../../exceptions/exception-report.js';
import type { ContextualExceptionInfo, ContextualFrame } from '../../inspection/contextual-exception-info.js';
import { errorProperties } from '../../inspection/error-properties.js';
import type { NoRecord } from '../../inspection/locals-recorder.js';
import { isNothing, REDACTED, type Redaction } from '../../inspection/redaction.js';
import { deadlineIn, ValuePreview } from '../../inspection/value-preview.js';
import type { ErrorRequest } from '../error-request.js';
import { cookiesOf } from './request-secrets.js';

const NOTICES: Readonly<Record<NoRecord, string>> = {
  debugger:
    'A debugger is attached to the process, so no variables were recorded: its user would have been stopped at every error.',
  limit: 'So many errors were thrown in this second that the variables of this one were not recorded.',
  unseen:
    'Nobody saw this error being thrown, so its variables are not known: it was only passed along, or thrown before the recording began.',
};

/** How long it may take to show what the errors carry, in milliseconds. */
const TIME_LIMIT = 100;

/** How many characters of a message or a stack are told. */
const MAX_TEXT = 20_000;

/** The report of an exception: everything that is known of it, in plain data, without the secrets in it. */
export function contextualReport(
  info: ContextualExceptionInfo,
  request: ErrorRequest,
  redaction: Redaction,
): ContextualReport {
  const { causes } = info;
  const all = [info, ...causes].flatMap(withErrors);
  for (const each of all) if (each.recorded !== null) redaction.absorb(each.recorded.redaction);
  const writer = new ReportWriter(redaction, all);
  return {
    ...writer.exception(info),
    exc_causes: causes.map((cause) => writer.exception(cause)),
    req: writer.request(request),
    server_time: new Date().toISOString(),
    node: { version: process.version, platform: process.platform },
    notice: info.noRecord === null ? null : NOTICES[info.noRecord],
  };
}

/** An error with those of the aggregates that it holds. */
function withErrors(info: ContextualExceptionInfo): ContextualExceptionInfo[] {
  return [info, ...info.errors.flatMap(withErrors)];
}

/** Writes each part of a report, and takes every secret out of every text, whatever it is called there. */
class ReportWriter {
  private readonly properties: ReadonlyMap<unknown, Record<string, string>>;

  /** @param infos every error there is: what one of them carries may be a secret that the message of another tells. */
  constructor(
    private readonly redaction: Redaction,
    infos: readonly ContextualExceptionInfo[],
  ) {
    const preview = new ValuePreview(redaction, deadlineIn(TIME_LIMIT));
    this.properties = new Map(infos.map(({ thrown }) => [thrown, errorProperties(thrown, preview)]));
  }

  exception(info: ContextualExceptionInfo): ExceptionReport {
    const frames = info.frames.toReversed().map((frame, id) => this.frame(frame, id));
    return {
      exc_type: this.text(info.type),
      exc_value: this.text(info.message),
      exc_properties: this.named(Object.entries(this.properties.get(info.thrown) ?? {})),
      exc_tb: { frames },
      exc_tb_str: this.text(info.stack ?? `${info.type}: ${info.message}`),
      last_frame: frames.findLast((frame) => !frame.is_hidden) ?? frames.at(-1) ?? null,
      exc_errors: info.errors.map((error) => this.exception(error)),
    };
  }

  request(request: ErrorRequest): RequestReport {
    const { method, url, headers, origin } = request;
    const { params } = request.raw as { readonly params?: object };
    return {
      method,
      path: this.text(url.split('?', 1)[0] ?? url),
      url: this.text(`${origin}${url}`),
      url_params: this.named(Object.entries(params ?? {})),
      headers: this.named(Object.entries(headers)),
      cookies: this.named(cookiesOf(request)),
    };
  }

  private frame(frame: ContextualFrame, id: number): FrameReport {
    const { file, source } = frame;
    const { before = [], line = null, after = [] } = source ?? {};
    const lines = line === null ? [] : this.redaction.source([...before, line, ...after]);
    return {
      id,
      func_name: this.text(frame.functionName ?? '<anonymous>'),
      module_name: file === null ? '<unknown>' : this.text(basename(file)),
      module_path: this.text(file ?? '<unknown>'),
      lineno: frame.line,
      colno: frame.column,
      line: lines[before.length] ?? null,
      pre_lines: lines.slice(0, before.length),
      post_lines: lines.slice(before.length + 1),
      locals: frame.locals === null ? null : this.named(Object.entries(frame.locals)),
      is_hidden: frame.isHidden,
      is_async: frame.isAsync,
    };
  }

  private named(entries: readonly (readonly [string, unknown])[]): Record<string, string> {
    return Object.fromEntries(entries.map(([name, value]) => [name, this.shown(name, String(value))]));
  }

  private shown(name: string, text: string): string {
    return this.redaction.isSecret(name) && !isNothing(text) ? REDACTED : this.text(text);
  }

  private text(text: string): string {
    const more = text.length > MAX_TEXT ? `… (${text.length} characters)` : '';
    return this.redaction.text(wellFormed(text.slice(0, MAX_TEXT)) + more);
  }
}

function wellFormed(text: string): string {
  return text.toWellFormed();
}
