import type { ExceptionReport, FrameReport } from '../../exceptions/exception-report.js';

/** What stands in a list of calls: a call that is shown, or a run of calls that is folded away. */
export type ListedCall =
  { readonly frame: FrameReport; readonly isFailing: boolean } | { readonly folded: readonly FrameReport[] };

/** The calls of an error, the outermost first; the one that failed is shown whosever it is. */
export function foldCalls({ exc_tb, last_frame }: ExceptionReport): ListedCall[] {
  const calls: ListedCall[] = [];
  let run: FrameReport[] = [];
  for (const frame of exc_tb.frames) {
    const isFailing = frame.id === last_frame?.id;
    if (frame.is_hidden && !isFailing) {
      if (run.length === 0) calls.push({ folded: run });
      run.push(frame);
    } else {
      calls.push({ frame, isFailing });
      run = [];
    }
  }
  return calls;
}

/** What is said in place of calls that are folded away. */
export function foldedSummary({ length }: readonly FrameReport[]): string {
  return `${length} ${length === 1 ? 'frame' : 'frames'} of packages and Node`;
}

/** The name of the function that was called. */
export function callName({ func_name }: FrameReport): string {
  return func_name === '' ? '(anonymous)' : func_name;
}

/** Where a call is, as terminals and editors understand it: `/srv/app.js:3:14`. */
export function locationOf({ module_path, lineno, colno }: FrameReport): string {
  return [module_path, lineno, colno].filter((part) => part !== null).join(':');
}

/** An error on one line or on those of its message: `TypeError: x is not a function`. */
export function sentenceOf({ exc_type, exc_value }: ExceptionReport): string {
  return exc_value === '' ? exc_type : `${exc_type}: ${exc_value}`;
}
