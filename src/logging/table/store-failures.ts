import { RecordsRefused, TargetAway } from '../delivery/log-target.js';

/** What a record can be to blame for: data, constraints, sizes, and what a trigger raises (SQLSTATE classes). */
const REFUSALS = new Set(['22', '23', '54', 'P0']);

/** The same in SQLite's words, and where MySQL's state says something else. */
const REFUSAL_CODES =
  /^(SQLITE_(CONSTRAINT|TOOBIG|MISMATCH)|ER_(NET_PACKET_TOO_LARGE|TRUNCATED_WRONG_VALUE|DATA_TOO_LONG))/;

/**
 * Tells a database that cannot be written to at present, which is the rule, from one that refuses what it is given. What a
 * driver throws by itself is left as it is: it may be either.
 */
export function storeFailure(error: unknown): unknown {
  if (error instanceof RangeError || error instanceof TypeError || error instanceof TargetAway) return error;
  const { message = String(error), code, sqlState } = (error ?? {}) as Record<'message' | 'code' | 'sqlState', unknown>;
  const state = typeof sqlState === 'string' ? sqlState : code;
  const isRefusal =
    (typeof state === 'string' && state.length === 5 && REFUSALS.has(state.slice(0, 2))) ||
    (typeof code === 'string' && REFUSAL_CODES.test(code));
  return isRefusal
    ? new RecordsRefused(String(message), { cause: error })
    : new TargetAway(describe(String(message), code), { cause: error });
}

/** A refused connection has no words of its own. */
function describe(message: string, code: unknown): string {
  return message === '' && typeof code === 'string' ? code : message;
}
