import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ERROR_LIMITS, ErrorEntity } from '../error.entity.js';

/** What an exit code of a job type means: a row of the table `job_error_exit_code`. It goes with its error. */
@Entity('job_error_exit_code')
@Index('job_error_exit_code_error', ['errorId'])
@ForeignKey(() => ErrorEntity, ['errorId'], ['id'], { name: 'job_error_exit_code_error_fkey', onDelete: 'CASCADE' })
export class JobErrorExitCodeEntity {
  @PrimaryColumn({ name: 'job_type_name', type: 'varchar', length: ERROR_LIMITS.jobTypeName })
  readonly jobTypeName!: string;

  /** From 1 to 255: what a process can end with, 0 being success. */
  @PrimaryColumn({ name: 'exit_code', type: 'integer' })
  readonly exitCode!: number;

  /** The id of an error of this job type, or of a built-in one. */
  @Column({ name: 'error_id', type: 'integer' })
  readonly errorId!: number;
}
