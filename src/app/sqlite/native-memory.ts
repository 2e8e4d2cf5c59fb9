import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How many statements may leave their native memory behind: some 2 KB each. */
const STATEMENTS = 5_000;

let statements = 0;
let collect: (() => void) | undefined;

/**
 * Counts a statement, and has the garbage collected from time to time. libsql keeps the rows of a statement outside the
 * heap until a full collection finds that nobody holds them, and V8, which sees a small heap, would put that off until
 * hundreds of megabytes have gathered.
 */
export function countStatement(): void {
  if (++statements < STATEMENTS) return;
  statements = 0;
  collect ??= exposedCollector();
  collect();
}

function exposedCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as (options: object) => Promise<void>;
  setFlagsFromString('--no-expose-gc');
  return () => void gc({ type: 'major', execution: 'async' });
}
