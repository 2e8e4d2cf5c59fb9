import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ErrorEntity } from '../error.entity.js';
import { DEFAULT_RETRY_POLICY } from './retry-policy.js';

/** How often and after which pauses an error is tried again: a row of `error_retry_policy`. It goes with its error. */
@Entity('error_retry_policy')
@ForeignKey(() => ErrorEntity, ['errorId'], ['id'], { name: 'error_retry_policy_error_fkey', onDelete: 'CASCADE' })
export class RetryPolicyEntity {
  @PrimaryColumn({ name: 'error_id', type: 'integer' })
  readonly errorId!: number;

  @Column({ name: 'max_attempts', type: 'integer', default: DEFAULT_RETRY_POLICY.maxAttempts })
  readonly maxAttempts!: number;

  @Column({ name: 'initial_seconds', type: 'double precision', default: DEFAULT_RETRY_POLICY.initialSeconds })
  readonly initialSeconds!: number;

  @Column({ type: 'double precision', default: DEFAULT_RETRY_POLICY.coefficient })
  readonly coefficient!: number;

  @Column({ name: 'max_seconds', type: 'double precision', default: DEFAULT_RETRY_POLICY.maxSeconds })
  readonly maxSeconds!: number;
}
