import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { HasNoProblem, IsRefused } from '../../dto/validators.js';
import { DEFAULT_RETRY_POLICY, policyProblem, RETRY_POLICY_BOUNDS, type RetryPolicy } from '../retry-policy.js';

const PolicyProperty = (field: keyof RetryPolicy, description: string): PropertyDecorator => {
  const [minimum, maximum] = RETRY_POLICY_BOUNDS[field];
  const document = ApiProperty({
    description,
    type: field === 'maxAttempts' ? 'integer' : 'number',
    minimum,
    maximum,
    example: DEFAULT_RETRY_POLICY[field],
  });
  const check = HasNoProblem('isWithinBounds', (value) => policyProblem(field, value));
  return (target, property) => {
    document(target, property);
    check(target, property);
  };
};

/** The body of `PUT /errors/{id}/retry-policy/`, and what is answered there. */
export class RetryPolicyDto {
  @PolicyProperty('maxAttempts', 'How often it is tried in all, the first time included.')
  max_attempts!: number;

  @PolicyProperty('initialSeconds', 'The longest pause after the first attempt.')
  initial_seconds!: number;

  @PolicyProperty('coefficient', 'By how much that pause grows with each attempt.')
  coefficient!: number;

  @PolicyProperty('maxSeconds', 'What the pause never exceeds.')
  max_seconds!: number;

  @ApiHideProperty()
  @IsRefused('This says of an answer that the error has no policy of its own, and cannot be set. Leave it out.')
  default?: never;
}

/** A policy on the wire; `default` is there when the error has none of its own. */
export type WireRetryPolicy = Omit<RetryPolicyDto, 'default'> & { readonly default?: true };

/** The policy that a body holds. */
export function policyIn(body: RetryPolicyDto): RetryPolicy {
  return {
    maxAttempts: body.max_attempts,
    initialSeconds: body.initial_seconds,
    coefficient: body.coefficient,
    maxSeconds: body.max_seconds,
  };
}

/** Shows the policy that an error has of its own, or the default. */
export function showRetryPolicy(own: RetryPolicy | null): WireRetryPolicy {
  const { maxAttempts, initialSeconds, coefficient, maxSeconds } = own ?? DEFAULT_RETRY_POLICY;
  const wire = { max_attempts: maxAttempts, initial_seconds: initialSeconds, coefficient, max_seconds: maxSeconds };
  return own === null ? { ...wire, default: true } : wire;
}
