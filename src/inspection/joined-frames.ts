import type { LiveCode } from './paused-calls.js';
import type { WrittenCall } from './call-sources.js';
import type { StackFrame } from './exception-info.js';

type Located = Pick<StackFrame, 'file' | 'line' | 'column'>;

/** A call of which the variables were recorded. */
interface FrameWithLocals {
  readonly functionName: string;
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly isInternal: boolean;
  readonly locals: Readonly<Record<string, string>>;
  readonly live: LiveCode | null;
}

/** A call that waited, of which the variables were kept. */
interface AwaitedWithLocals {
  readonly places: readonly Located[];
  readonly locals: Readonly<Record<string, string>>;
  readonly live: LiveCode;
}

/** A call with its variables, if they were recorded. */
export interface JoinedFrame extends WrittenCall {
  readonly locals: Readonly<Record<string, string>> | null;
  /** The frame itself, where it was kept. */
  readonly live: LiveCode | null;
}

/**
 * Finds the recorded variables of each call on a stack. Both are in the same order; the stack is that of the place where the
 * error was made, the record that of the place where it was thrown, which may be another line of the same function. Where
 * it is another place altogether, as for an error that was made once and is thrown ever again, the record stands in.
 * @param stack what the error tells; empty for a value that has no stack.
 * @param awaited the calls that waited, which only their places tell.
 */
export function joinFrames(
  stack: readonly WrittenCall[],
  recorded: readonly FrameWithLocals[],
  awaited: readonly AwaitedWithLocals[] = [],
): JoinedFrame[] {
  const left = [...recorded];
  const waiting = [...awaited];
  const joined = stack.map((frame) => {
    // A call that was left at an await is not running when the error is thrown.
    const match = frame.isAsync
      ? taken(waiting, ({ places }) => places.some((place) => isSamePlace(place, frame)))
      : left.splice(0, matchIn(left, frame) + 1).at(-1);
    return { ...frame, locals: match?.locals ?? null, live: match?.live ?? null };
  });
  if (recorded.length === 0 || joined.some(({ locals }) => locals !== null)) return joined;
  return recorded.map((frame) => ({ ...frame, functionName: frame.functionName || null, isAsync: false }));
}

/** The first that matches; it is taken out with all before it, which belong to no later call. */
function taken<Frame>(left: Frame[], matches: (frame: Frame) => boolean): Frame | undefined {
  return left.splice(0, left.findIndex(matches) + 1).at(-1);
}

function isSamePlace(one: Located, { file, line, column }: Located): boolean {
  return one.file === file && one.line === line && one.column === column;
}

function matchIn(recorded: readonly FrameWithLocals[], { file, line, column, functionName }: StackFrame): number {
  const inFile = (frame: FrameWithLocals): boolean => frame.file === file;
  const exact = recorded.findIndex((frame) => isSamePlace(frame, { file, line, column }));
  if (exact !== -1) return exact;
  const named = recorded.findIndex((frame) => inFile(frame) && isSameFunction(frame.functionName, functionName));
  if (named !== -1) return named;
  // A function without a name that is called as a method is told by the name of that: `Jobs.price`.
  return recorded.findIndex((frame) => inFile(frame) && frame.functionName === '' && frame.line === line);
}

/** A stack says `Jobs.read`, `new Jobs` or `get state [as state]` where the engine says `read`, `Jobs` or `get state`. */
function isSameFunction(recorded: string, told: string | null): boolean {
  if (recorded === '' || told === null) return recorded === '' && told === null;
  return bareName(told) === bareName(recorded);
}

function bareName(name: string): string | undefined {
  return name
    .replace(/ \[as [^\]]+\]$/, '')
    .split(/[. ]/)
    .at(-1);
}
