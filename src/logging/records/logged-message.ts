import { ExceptionInfo } from '../../inspection/exception-info.js';
import { contextText } from './context-text.js';
import type { LogRecord } from './log-record.js';

/** A stack as Nest's own logger tells one: an error's first line, and then a call. */
const STACK = /^(.)+\n\s+at .+:\d+:\d+/;

/**
 * The records of a call of Nest's logger: its messages, then for errors a stack, then the context. Nest puts the context
 * last, and a stack before it.
 */
export function recordsOf(level: string, message: unknown, rest: readonly unknown[]): LogRecord[] {
  const context = typeof rest.at(-1) === 'string' && !isStack(rest.at(-1)) ? { logger: rest.at(-1) } : null;
  const others = context === null ? [...rest] : rest.slice(0, -1);
  const mayHaveStack = level === 'error' || level === 'fatal';
  const last = others.at(-1);
  const hasStack = mayHaveStack && (isStack(last) || (others.length === 1 && context !== null && isText(last)));
  const stacktrace = hasStack ? (others.pop() as string) : null;
  const messages = [message, ...others.filter((other) => other !== undefined)];
  return messages.map((given, index) => ({
    level,
    ...described(given),
    ...(index === 0 && stacktrace !== null ? { stacktrace } : {}),
    ...(context === null ? {} : { context }),
  }));
}

function described(given: unknown): Pick<LogRecord, 'message' | 'stacktrace'> {
  if (given instanceof Error)
    return { message: `${given.name}: ${given.message}`, stacktrace: new ExceptionInfo(given).toString() };
  return { message: typeof given === 'string' ? given : (contextText(given) ?? String(given)) };
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isStack(value: unknown): boolean {
  return typeof value === 'string' && STACK.test(value);
}
