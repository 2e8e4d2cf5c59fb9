import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Whose fault an error is: the platform's, the algorithm's or the data's. */
export const ERROR_CATEGORIES = ['SYSTEM', 'ALGORITHM', 'DATA'] as const;
/** One of {@link ERROR_CATEGORIES}. */
export type ErrorCategory = (typeof ERROR_CATEGORIES)[number];

/** The longest text of each field, in characters. */
export const ERROR_LIMITS = { name: 50, jobTypeName: 250, title: 50, description: 250 } as const;

/**
 * One error of the catalogue: a row of the table `error`.
 *
 * The indexes with `synchronize: false` exist in the migration alone, since TypeORM cannot say that null counts as a value.
 */
@Entity('error')
@Index('error_natural_key', { synchronize: false })
@Index('error_builtin_natural_key', { synchronize: false })
@Index('error_last_modified', ['lastModified', 'id'])
@Index('error_name', ['name', 'lastModified', 'id'])
export class ErrorEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'BY DEFAULT' })
  readonly id!: number;

  /** The identifying name, unique for a job type. */
  @Column({ type: 'varchar', length: ERROR_LIMITS.name })
  readonly name!: string;

  /** The job type that the error belongs to; null for one that belongs to none. */
  @Column({ name: 'job_type_name', type: 'varchar', length: ERROR_LIMITS.jobTypeName, nullable: true })
  readonly jobTypeName!: string | null;

  /** The name that people read. */
  @Column({ type: 'varchar', length: ERROR_LIMITS.title, nullable: true })
  readonly title!: string | null;

  @Column({ type: 'varchar', length: ERROR_LIMITS.description, nullable: true })
  readonly description!: string | null;

  @Column({ type: 'varchar', length: 50, default: 'SYSTEM' })
  readonly category!: ErrorCategory;

  /** Whether the error comes with the system, as opposed to being defined by its users. */
  @Index('error_is_builtin')
  @Column({ name: 'is_builtin', type: 'boolean', default: false })
  readonly isBuiltin!: boolean;

  /** Whether a job that failed with this error should be tried again. */
  @Column({ name: 'should_be_retried', type: 'boolean', default: false })
  readonly shouldBeRetried!: boolean;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly created!: Date;

  @Column({ name: 'last_modified', type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly lastModified!: Date;

  /** Counts the edits: 1 as created; shown to REST clients as the `ETag`. */
  @Column({ type: 'integer', default: 1 })
  readonly version!: number;

  /** What identifies the error apart from its id, in any database: its job type and its name. */
  naturalKey(): readonly [jobTypeName: string | null, name: string] {
    return [this.jobTypeName, this.name];
  }
}
