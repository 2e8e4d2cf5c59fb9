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

function stackOf(error: unknown): string {
  const isError = error instanceof Error || types.isNativeError(error);
  return isError ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
}
