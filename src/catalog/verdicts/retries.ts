import { checkJobType } from '../job-types/job-type-errors.js';
import { type Attempt, retryAs } from './retry.js';
import type { RetryPolicies } from './retry-policies.js';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry-policy.js';
import type { Verdicts } from './verdicts.js';

/** How {@link ErrorsService.retry} goes about it. */
export interface RetryOptions {
  /** The job type whose errors are looked for as well. */
  readonly jobTypeName?: string;
  /** Ends the pause between two attempts, and with it the whole; what an attempt is doing is for itself to end. */
  readonly signal?: AbortSignal;
}

/** Tries again what the catalogue says should be tried again. */
export class Retries {
  constructor(
    private readonly verdicts: Verdicts,
    private readonly policies: RetryPolicies,
  ) {}

  /** As {@link ErrorsService.retry}. */
  async run<Result>(attempt: Attempt<Result>, { jobTypeName, signal }: RetryOptions): Promise<Result> {
    if (jobTypeName !== undefined) checkJobType(jobTypeName);
    const ofJobType = jobTypeName === undefined ? {} : { jobTypeName };
    return retryAs((exception) => this.policyFor(exception, ofJobType), attempt, signal);
  }

  private async policyFor(thrown: unknown, ofJobType: { jobTypeName?: string }): Promise<RetryPolicy | null> {
    const exception = thrown ?? String(thrown);
    // The database may be what failed: what is said without a job type is in memory.
    const { error, retry } = await this.verdicts
      .resolve({ exception, ...ofJobType })
      .catch(() => this.verdicts.resolve({ exception }));
    if (!retry || error === null) return null;
    const own = await this.policies.find(error.id).catch(() => null);
    return own ?? DEFAULT_RETRY_POLICY;
  }
}
