import { types } from 'node:util';

/** How many errors of a cause chain are looked at: it may be endless. */
const MAX_CAUSES = 10;

/** The stacks of an error and of its causes, one below the other. */
export function stacksOf(error: unknown): string {
  return causesOf(error).map(stackOf).join('\nCaused by: ');
}

/** An error with its causes, the outermost first. */
export function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let current = error; current != null && chain.length < MAX_CAUSES && !chain.includes(current);) {
    chain.push(current);
    current = typeof current === 'object' ? (current as { cause?: unknown }).cause : null;
  }
  return chain;
}

/** What an error says, in a line: one that holds others often says nothing itself. */
export function saidBy(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { message, errors, code, name } = error as Readonly<Record<string, unknown>>;
  if (typeof message === 'string' && message !== '') return message;
  if (Array.isArray(errors) && errors.length > 0) return errors.slice(0, MAX_CAUSES).map(messageOf).join(', ');
  const word = [code, name].find((given) => typeof given === 'string');
  return word ?? 'an object without a message';
}

function messageOf(error: unknown): string {
  return String((error as { message?: unknown } | null | undefined)?.message ?? error);
}

function stackOf(error: unknown): string {
  const isError = error instanceof Error || types.isNativeError(error);
  return isError ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
}
