import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { LOG_LIMITS } from '../records/log-limits.js';

/** The identity is a bigint, which PostgreSQL's driver gives as text: no log reaches a number that a double cannot hold. */
const asNumber = {
  to: (value: unknown): unknown => value,
  from: (value: unknown): unknown => (value == null ? value : Number(value)),
};

/**
 * One entry of the log: a row of the table `logentry`.
 *
 * On PostgreSQL the table is partitioned by day, so that the time is part of every unique key there; the primary key is at
 * once what lists are ordered by. The indexes with `synchronize: false` exist in the migration alone.
 */
@Entity('logentry')
@Index('logentry_created', { synchronize: false })
@Index('logentry_record', ['created', 'recordId'], { unique: true })
@Index('logentry_level', ['level', 'created', 'id'])
@Index('logentry_host', ['host', 'created', 'id'])
@Index('logentry_error', ['errorId', 'created', 'id'], { where: 'error_id IS NOT NULL' })
@Index('logentry_request', ['requestId', 'created', 'id'], { where: 'request_id IS NOT NULL' })
@Index('logentry_trace', ['traceId', 'created', 'id'], { where: 'trace_id IS NOT NULL' })
export class LogEntry {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'BY DEFAULT', transformer: asNumber })
  readonly id!: number;

  /** The full name of the machine that wrote the entry. */
  @Column({ type: 'varchar', length: LOG_LIMITS.host, default: '' })
  readonly host!: string;

  /** How severe it is, by name, such as `error`. */
  @Column({ type: 'varchar', length: LOG_LIMITS.level })
  readonly level!: string;

  @Column({ type: 'text' })
  readonly message!: string;

  /** When it was logged, in milliseconds. */
  @PrimaryColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  readonly created!: Date;

  /** The stack of what was logged, if it has one. */
  @Column({ type: 'text', nullable: true })
  readonly stacktrace!: string | null;

  /** The catalogued error that was answered; no foreign key, since the log may outlive it or lie elsewhere. */
  @Column({ name: 'error_id', type: 'integer', nullable: true })
  readonly errorId!: number | null;

  @Column({ name: 'request_id', type: 'varchar', length: LOG_LIMITS.requestId, nullable: true })
  readonly requestId!: string | null;

  /** The trace that it belongs to: of OpenTelemetry, 32 hexadecimal digits. */
  @Column({ name: 'trace_id', type: 'varchar', length: LOG_LIMITS.traceId, nullable: true })
  readonly traceId!: string | null;

  /** What else was said, as JSON. */
  @Column({ type: 'jsonb', nullable: true })
  readonly context!: unknown;

  /** The record's own id, a UUID: one that is written again is written once. */
  @Column({ name: 'record_id', type: 'uuid', nullable: true })
  readonly recordId!: string | null;
}
