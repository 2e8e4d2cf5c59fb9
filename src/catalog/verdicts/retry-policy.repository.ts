import type { Statements } from '../../database/statements.js';
import { boundedPolicy, type RetryPolicy } from './retry-policy.js';

interface PolicyRow {
  max_attempts: number;
  initial_seconds: number;
  coefficient: number;
  max_seconds: number;
}

const COLUMNS = 'max_attempts, initial_seconds, coefficient, max_seconds';

/** The statements on the table `error_retry_policy`, each of them atomic by itself. */
export class RetryPolicyRepository {
  constructor(private readonly statements: Statements) {}

  /** The policy of an error, or null when it has none of its own. */
  async find(errorId: number): Promise<RetryPolicy | null> {
    const [row] = await this.statements.rows<PolicyRow>(
      `SELECT ${COLUMNS} FROM error_retry_policy WHERE error_id = :errorId`,
      { errorId },
    );
    return row === undefined ? null : toPolicy(row);
  }

  /** Gives an error this policy; null when there is no such error. */
  async save(errorId: number, policy: RetryPolicy): Promise<RetryPolicy | null> {
    const [row] = await this.statements.rows<PolicyRow>(
      `INSERT INTO error_retry_policy (error_id, ${COLUMNS})
       SELECT id, :maxAttempts, :initialSeconds, :coefficient, :maxSeconds FROM error WHERE id = :errorId
       ON CONFLICT (error_id) DO UPDATE SET max_attempts = excluded.max_attempts,
         initial_seconds = excluded.initial_seconds, coefficient = excluded.coefficient, max_seconds = excluded.max_seconds
       RETURNING ${COLUMNS}`,
      { errorId, ...policy },
    );
    return row === undefined ? null : toPolicy(row);
  }

  /** Takes an error's own policy away, if it has one. */
  async remove(errorId: number): Promise<void> {
    await this.statements.rows('DELETE FROM error_retry_policy WHERE error_id = :errorId', { errorId });
  }
}

function toPolicy(row: PolicyRow): RetryPolicy {
  return boundedPolicy({
    maxAttempts: row.max_attempts,
    initialSeconds: row.initial_seconds,
    coefficient: row.coefficient,
    maxSeconds: row.max_seconds,
  });
}
