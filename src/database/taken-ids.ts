import type { Dialect } from './dialect.js';
import type { Statements } from './statements.js';

/** Our statements settle a taken natural key themselves, so that this can only be a taken id. */
const POSTGRES_UNIQUE_VIOLATION = '23505';

/** How often an insertion goes on after it met ids that others had inserted by hand. */
const ATTEMPTS = 3;

/**
 * Runs an insertion. Other programs may insert rows with ids of their own, which PostgreSQL's sequence does not notice: an
 * insertion that meets such an id moves the sequence on and is repeated.
 */
export async function pastTakenIds<Result>(
  table: string,
  { advanceIdentity }: Dialect,
  statements: Statements,
  insertion: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await insertion();
    } catch (error) {
      if (advanceIdentity === null || attempt === ATTEMPTS || !isTakenId(error)) throw error;
      await statements.rows(advanceIdentity(table));
    }
  }
}

function isTakenId(error: unknown): boolean {
  return (error as { code?: unknown }).code === POSTGRES_UNIQUE_VIOLATION;
}
