import { pointerTo } from '../../exceptions/field-error.js';
import { InvalidErrorDefinition } from '../catalog-errors.js';
import { MAX_AGE } from '../error-cache.js';
import { checkedId, type ErrorLookups, noErrorWithId } from '../error-lookups.js';
import { FreshCache } from '../fresh-cache.js';
import type { RetryPolicyRepository } from './retry-policy.repository.js';
import { policyProblem, RETRY_POLICY_FIELDS, type RetryPolicy } from './retry-policy.js';

const MAX_POLICIES = 10_000;

/** The retry policies of errors, with a cache. */
export class RetryPolicies {
  // That an error has none of its own is what is asked most, and is known as long as anything else.
  private readonly cache = new FreshCache<number, RetryPolicy>({
    max: MAX_POLICIES,
    maxAge: MAX_AGE,
    maxAbsence: MAX_AGE,
  });

  constructor(
    private readonly repository: RetryPolicyRepository,
    private readonly lookups: ErrorLookups,
  ) {}

  /**
   * The policy that an error has of its own, or null.
   * @throws ErrorNotFound
   */
  async find(errorId: number): Promise<RetryPolicy | null> {
    const { id } = await this.lookups.byId(errorId);
    return this.cache.fetch(id, () => this.repository.find(id));
  }

  /** @throws ErrorNotFound, or InvalidErrorDefinition that names every field out of bounds. */
  async save(errorId: number, policy: RetryPolicy): Promise<RetryPolicy> {
    const problems = RETRY_POLICY_FIELDS.flatMap((field) => {
      const detail = policyProblem(field, policy[field]);
      return detail === null ? [] : [{ pointer: pointerTo(field), detail }];
    });
    if (problems.length > 0) throw new InvalidErrorDefinition('The retry policy cannot be used.', problems);
    const saved = await this.repository.save(checkedId(errorId), policy);
    if (saved === null) throw noErrorWithId(errorId);
    this.cache.set(errorId, saved);
    return saved;
  }

  /** @throws ErrorNotFound */
  async remove(errorId: number): Promise<void> {
    const { id } = await this.lookups.byId(errorId);
    await this.repository.remove(id);
    this.cache.forget(id);
  }

  clear(): void {
    this.cache.clear();
  }
}
