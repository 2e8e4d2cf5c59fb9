/** How often and after which pauses something that failed with an error is tried again. */
export interface RetryPolicy {
  /** How often it is tried in all, the first time included. */
  readonly maxAttempts: number;
  /** The longest pause after the first attempt, in seconds. */
  readonly initialSeconds: number;
  /** By how much that pause grows with each attempt. */
  readonly coefficient: number;
  /** What the pause never exceeds, in seconds. */
  readonly maxSeconds: number;
}

/** The smallest and the largest value of each field. */
export const RETRY_POLICY_BOUNDS: Readonly<Record<keyof RetryPolicy, readonly [least: number, most: number]>> = {
  maxAttempts: [1, 1_000],
  initialSeconds: [0, 86_400],
  coefficient: [1, 10],
  maxSeconds: [0, 86_400],
};

/** The policy of an error that has none of its own. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = Object.freeze({
  maxAttempts: 5,
  initialSeconds: 1,
  coefficient: 2,
  maxSeconds: 100,
});

/** The fields of a policy. */
export const RETRY_POLICY_FIELDS = Object.keys(RETRY_POLICY_BOUNDS) as (keyof RetryPolicy)[];

/** Says what is wrong with a value of a policy, or null. */
export function policyProblem(field: keyof RetryPolicy, value: unknown): string | null {
  const [least, most] = RETRY_POLICY_BOUNDS[field];
  const remedy = `Give ${field === 'maxAttempts' ? 'an integer' : 'a number'} from ${least} to ${most}.`;
  if (value === undefined) return `This is missing. ${remedy}`;
  if (typeof value !== 'number') return `This is no number. ${remedy}`;
  if (!(value >= least && value <= most)) return `${value} is out of bounds. ${remedy}`;
  return field === 'maxAttempts' && !Number.isInteger(value) ? `${value} is no integer. ${remedy}` : null;
}

/** The nearest policy within the bounds: other programs may have written any number to the table. */
export function boundedPolicy(policy: RetryPolicy): RetryPolicy {
  const within = (field: keyof RetryPolicy): number => {
    const [least, most] = RETRY_POLICY_BOUNDS[field];
    return Math.min(most, Math.max(least, policy[field]));
  };
  return Object.freeze({
    maxAttempts: within('maxAttempts'),
    initialSeconds: within('initialSeconds'),
    coefficient: within('coefficient'),
    maxSeconds: within('maxSeconds'),
  });
}

/** The longest pause after so many attempts, in seconds. */
export function longestPause({ initialSeconds, coefficient, maxSeconds }: RetryPolicy, attempts: number): number {
  return Math.min(maxSeconds, initialSeconds * coefficient ** (attempts - 1));
}
