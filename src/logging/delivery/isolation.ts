import type { FinishedRecord } from '../records/log-record.js';
import { type LogTarget, TargetAway } from './log-target.js';
import { withinBounds } from '../records/mending.js';

/** Is told what has become of records, in their order. */
export interface Isolation {
  /** So many of the records are stored. */
  stored(count: number): Promise<void>;
  /** The target would not take a record, for this reason, and took one in its place. */
  replaced(record: FinishedRecord, reason: unknown): void;
}

/**
 * Stores records, and finds by halves those that the target refuses: each is replaced by one that says so.
 * @throws TargetAway when the target cannot keep anything, which is also found out by a replacement that is refused.
 */
export async function storeIsolated(
  target: LogTarget,
  records: readonly FinishedRecord[],
  isolation: Isolation,
): Promise<void> {
  try {
    await target.store(records);
  } catch (reason) {
    if (isAway(reason)) throw reason;
    const [first] = records;
    if (first !== undefined && records.length === 1) await replace(target, first, reason, isolation);
    else {
      const half = Math.ceil(records.length / 2);
      await storeIsolated(target, records.slice(0, half), isolation);
      await storeIsolated(target, records.slice(half), isolation);
    }
    return;
  }
  await isolation.stored(records.length);
}

async function replace(
  target: LogTarget,
  record: FinishedRecord,
  reason: unknown,
  isolation: Isolation,
): Promise<void> {
  try {
    await target.store([replacementOf(record, reason)]);
  } catch (again) {
    if (isAway(again)) throw again;
    throw new TargetAway(`It refuses also what is known to be good: ${reasonOf(again)}`, { cause: again });
  }
  isolation.replaced(record, reason);
  await isolation.stored(1);
}

/** A record in the place of one that is refused, which nothing can be wrong with. */
function replacementOf({ recordId, created, level }: FinishedRecord, reason: unknown): FinishedRecord {
  return {
    recordId,
    created,
    level: /^\w+$/.test(level) ? level : 'error',
    host: '',
    message: withinBounds(`A log record was refused and this one stands in its place. The reason: ${reasonOf(reason)}`),
    stacktrace: null,
    context: null,
    errorId: null,
    requestId: null,
    traceId: null,
  };
}

/** By its name, because an ESM and a CommonJS copy of the package may be loaded side by side. */
function isAway(reason: unknown): boolean {
  return reason instanceof TargetAway || (reason as { name?: unknown } | null)?.name === 'TargetAway';
}

/** What was wrong, in so many words, without the full stop. */
export function reasonOf(reason: unknown): string {
  const { message, code } = (reason ?? {}) as { message?: unknown; code?: unknown };
  const parts = [message, code].filter((part) => typeof part === 'string' && part !== '');
  return (parts.join(', ') || String(reason)).replace(/\.$/, '');
}
