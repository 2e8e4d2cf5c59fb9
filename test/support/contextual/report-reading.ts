import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ContextualReport, ExceptionReport, FrameReport } from '../../../src/index.js';
import type { HostProcess } from '../host-process.js';
import type { Question } from '../http-client.js';

/** The answer of the contextual handler in JSON. */
export type Reported = ContextualReport & { readonly code: number; readonly message: string };

/** Asks until the variables are recorded: of so many errors in a second, some are not. */
export async function reportOf(host: HostProcess, path: string, question?: Question): Promise<Reported> {
  for (;;) {
    const report = await host.json<Reported>(path, question);
    if (report.notice?.startsWith('So many errors') !== true) return report;
  }
}

/** The errors that led to one. */
export const causesOf = (report: ContextualReport): readonly ExceptionReport[] => report.exc_causes;

/** The errors of an aggregate. */
export const errorsOf = (report: ExceptionReport): readonly ExceptionReport[] => report.exc_errors;

/** The frames of the application itself, the outermost first. */
export const ownFrames = ({ exc_tb }: ExceptionReport): readonly FrameReport[] =>
  exc_tb.frames.filter(({ is_hidden }) => !is_hidden);

export const JOBS = resolve('test/support/contextual/failing-jobs.ts');
export const GATES = resolve('test/support/contextual/failing-gates.ts');

/** The line that ends with a comment such as `// @thrown`, from 1, and the column at which a text begins in it. */
export function placeOf(file: string, mark: string, text: string): { line: number; column: number; source: string } {
  const lines = readFileSync(file, 'utf8').split('\n');
  const index = lines.findIndex((line) => line.endsWith(`// @${mark}`));
  const source = lines[index] ?? '';
  const column = source.indexOf(text) + 1;
  if (index === -1 || column === 0) throw new Error(`${file} has no “${text}” on a line marked @${mark}.`);
  return { line: index + 1, column, source };
}

/** A frame as the tests write it down. */
export interface ExpectedFrame {
  readonly name: string;
  readonly file?: string;
  readonly mark: string;
  /** Where on the line the call or the throw stands. */
  readonly at: string;
  /** Null for what is not recorded. */
  readonly locals: Readonly<Record<string, unknown>> | null;
  readonly isAsync?: boolean;
}

/** The same as a report has it. */
export function frameOf({ name, file = JOBS, mark, at, locals, isAsync = false }: ExpectedFrame): Partial<FrameReport> {
  const { line, column, source } = placeOf(file, mark, at);
  return {
    func_name: name,
    module_path: file,
    module_name: file.split('/').at(-1) ?? '',
    lineno: line,
    colno: column,
    line: source,
    locals: locals as Record<string, string> | null,
    is_async: isAsync,
    is_hidden: false,
  };
}
