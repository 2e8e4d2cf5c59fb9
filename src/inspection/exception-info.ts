import { inspect, types } from 'node:util';
import { parse } from 'stacktrace-parser';

/** One call on the stack of an error. */
export interface StackFrame {
  /** The function, as the engine names it; null at the top level. */
  readonly functionName: string | null;
  readonly file: string | null;
  /** From 1. */
  readonly line: number | null;
  /** From 1. */
  readonly column: number | null;
  /** Whether the call was left at an `await` when the error was made. */
  readonly isAsync: boolean;
}

/** How far a chain of causes is followed. */
const MAX_CAUSES = 10;

const UNREADABLE = '[unreadable]';

/** What happened: whatever was thrown, looked at without ever throwing itself. */
export class ExceptionInfo {
  /** The name of the error, or the type of a value that is none. */
  readonly type: string;
  readonly message: string;
  /** The stack as the engine wrote it; null for a value that has none. */
  readonly stack: string | null;

  constructor(readonly thrown: unknown) {
    this.type = typeOf(thrown);
    this.message = messageOf(thrown);
    this.stack = stackOf(thrown);
  }

  /** The calls, the innermost first. */
  get frames(): readonly StackFrame[] {
    if (this.stack === null) return [];
    return attempt(() => framesIn(withoutMessage(this.stack ?? '', this.message)), []);
  }

  /** The errors that led to this one, the nearest first: at most ten, and each one once. */
  get causes(): readonly ExceptionInfo[] {
    const seen = new Set<unknown>([this.thrown]);
    const causes: ExceptionInfo[] = [];
    for (let cause = causeOf(this.thrown); cause !== undefined && causes.length < MAX_CAUSES; cause = causeOf(cause)) {
      if (seen.has(cause)) break;
      seen.add(cause);
      causes.push(new ExceptionInfo(cause));
    }
    return causes;
  }

  /** The stacks of the error and of its causes, for a log. */
  toString(): string {
    const { causes } = this;
    const lines = [this.trace(), ...causes.map((cause) => `Caused by: ${cause.trace()}`)];
    const last = causeOf((causes.at(-1) ?? this).thrown);
    if (last !== undefined) lines.push(`Caused by: ${causes.length < MAX_CAUSES ? '[circular]' : '[more causes]'}`);
    return lines.join('\n');
  }

  /** Under a heading of our own: the engine's was written when the error was made, by whatever it was called then. */
  private trace(): string {
    const calls = this.stack === null ? -1 : this.stack.search(/^ {4}at /m);
    const heading = `${this.type}: ${this.message}`;
    return [calls === -1 ? heading : `${heading}\n${this.stack?.slice(calls) ?? ''}`, ...this.aggregated()].join('\n');
  }

  /** The errors of an `AggregateError`, in a line each. */
  private aggregated(): string[] {
    return attempt(() => {
      const { errors } = this.thrown as { errors?: unknown };
      if (!isErrorLike(this.thrown) || !Array.isArray(errors)) return [];
      const infos = errors.slice(0, MAX_CAUSES).map((error: unknown) => new ExceptionInfo(error));
      return infos.map(({ type, message }, index) => `  [${index + 1} of ${errors.length}] ${type}: ${message}`);
    }, []);
  }
}

function typeOf(thrown: unknown): string {
  if (thrown === null) return 'null';
  if (typeof thrown !== 'object' && typeof thrown !== 'function') return typeof thrown;
  return attempt(() => {
    const { name, constructor } = thrown as { name?: unknown; constructor?: { name?: unknown } };
    // A class that extends Error is called Error until somebody says otherwise.
    const isNamed = isErrorLike(thrown) && typeof name === 'string' && name !== '' && name !== 'Error';
    const chosen = isNamed ? name : (constructor?.name ?? name);
    return typeof chosen === 'string' && chosen !== '' ? chosen : 'object';
  }, 'object');
}

function messageOf(thrown: unknown): string {
  return attempt(() => {
    if (isErrorLike(thrown)) return String((thrown as { message: unknown }).message);
    return typeof thrown === 'string' ? thrown : inspect(thrown, { depth: 2, breakLength: 120, getters: false });
  }, UNREADABLE);
}

function stackOf(thrown: unknown): string | null {
  return attempt(() => {
    if (typeof thrown !== 'object' || thrown === null) return null;
    const { stack } = thrown as { stack?: unknown };
    return typeof stack === 'string' && stack !== '' ? stack : null;
  }, null);
}

function causeOf(thrown: unknown): unknown {
  return attempt(() => {
    if (typeof thrown !== 'object' || thrown === null) return undefined;
    const { cause } = thrown as { cause?: unknown };
    return cause === null ? undefined : cause;
  }, undefined);
}

/** Errors of another realm, as jest and `node:vm` have them, are no instances of this one's `Error`. */
function isErrorLike(thrown: unknown): boolean {
  return thrown instanceof Error || types.isNativeError(thrown);
}

/** How a parser or a compiler writes that a function has no name. */
const NAMELESS: ReadonlySet<string> = new Set(['<unknown>', '<anonymous>']);

const CALL = /^ {4}at (async )?/;
/** A call is no longer than this, and what is longer would take the parser minutes. */
const MAX_CALL = 1_000;
const MAX_CALLS = 200;

/** A message may hold lines that look like calls, whoever wrote it. */
function withoutMessage(stack: string, message: string): string {
  const start = message === '' ? -1 : stack.indexOf(message);
  return start === -1 ? stack : stack.slice(start + message.length);
}

function framesIn(stack: string): StackFrame[] {
  const calls = stack.split('\n').filter((line) => CALL.test(line) && line.length <= MAX_CALL);
  return calls.slice(0, MAX_CALLS).flatMap((call) => {
    const isAsync = CALL.exec(call)?.[1];
    return parse(call.replace(CALL, '    at ')).map(({ methodName, file, lineNumber, column }) => ({
      functionName: NAMELESS.has(methodName) ? null : methodName,
      file,
      line: lineNumber,
      column,
      isAsync: isAsync !== undefined,
    }));
  });
}

/** What is thrown may answer any question with another throw. */
function attempt<Answer>(ask: () => Answer, otherwise: Answer): Answer {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}
