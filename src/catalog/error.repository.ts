import type { DataSource } from 'typeorm';
import { type Dialect, dialectOf } from '../database/dialect.js';
import { Statements } from '../database/statements.js';
import { pastTakenIds } from '../database/taken-ids.js';
import type { BuiltinError } from './builtin-errors.js';
import type { ErrorChanges, ErrorDefinition, JobErrorModel } from './error-definition.js';
import type { ErrorField, ErrorFilters, ErrorOrder } from './error-filters.js';
import type { ErrorEntity } from './error.entity.js';
import {
  COLUMNS,
  type ErrorRow,
  MODEL_COLUMNS,
  NULLABLE,
  selectedColumns,
  toEntity,
  toModelRow,
} from './error-rows.js';
import { KnownRows } from './known-rows.js';
import { JobTypeRepository } from './job-types/job-type.repository.js';
import { RetryPolicyRepository } from './verdicts/retry-policy.repository.js';

/** The statements on the table `error`, each of them atomic by itself: none needs a transaction. */
export class ErrorRepository {
  private readonly dialect: Dialect;
  private readonly selected: string;
  private readonly statements: Statements;
  private readonly known: KnownRows | null;
  /** The statements on what job types declare. */
  readonly jobTypes: JobTypeRepository;
  /** The statements on how errors are tried again. */
  readonly retryPolicies: RetryPolicyRepository;

  /** @param prepare whether PostgreSQL keeps the statements prepared on each connection. */
  constructor(dataSource: DataSource, prepare = false) {
    this.statements = new Statements(dataSource, prepare);
    this.dialect = dialectOf(dataSource.options.type);
    this.selected = selectedColumns(this.dialect);
    const { rowVersion } = this.dialect;
    this.known = rowVersion === null ? null : new KnownRows(this.dialect, rowVersion, this.rows.bind(this));
    this.jobTypes = new JobTypeRepository(this.statements, this.dialect);
    this.retryPolicies = new RetryPolicyRepository(this.statements);
  }

  async findById(id: number): Promise<ErrorEntity | null> {
    return (await this.select('WHERE id = :id', { id }))[0] ?? null;
  }

  async findByNaturalKey(jobTypeName: string | null, name: string): Promise<ErrorEntity | null> {
    const ofJobType = jobTypeName === null ? 'job_type_name IS NULL' : 'job_type_name = :jobTypeName';
    return (await this.select(`WHERE ${ofJobType} AND name = :name`, { jobTypeName, name }))[0] ?? null;
  }

  findBuiltins(): Promise<ErrorEntity[]> {
    return this.select('WHERE is_builtin = true AND job_type_name IS NULL', {});
  }

  /** As {@link JobTypeRepository.findErrors}. */
  findJobErrors(jobTypeName: string): Promise<ErrorEntity[]> {
    return this.jobTypes.findErrors(jobTypeName);
  }

  find(filters: ErrorFilters, range?: { limit: number; offset: number }): Promise<ErrorEntity[]> {
    const { condition, parameters } = this.where(filters);
    const ordered = `${condition} ${this.orderBy(filters.order ?? ['lastModified'])}`;
    if (range === undefined) return this.select(ordered, parameters);
    const page = `${ordered} LIMIT ${range.limit} OFFSET ${range.offset}`;
    return this.known === null ? this.select(page, parameters) : this.known.find(page, parameters);
  }

  async count(filters: ErrorFilters): Promise<number> {
    const { condition, parameters } = this.where(filters);
    const [row] = await this.rows<{ count: unknown }>(`SELECT count(*) AS count FROM error ${condition}`, parameters);
    return Number(row?.count);
  }

  /** Inserts one error; null when its natural key is taken. */
  async insert(definition: ErrorDefinition): Promise<ErrorEntity | null> {
    const [row] = await this.insertion(
      `INSERT INTO error (name, job_type_name, title, description, category, should_be_retried)
       VALUES (:name, :jobTypeName, :title, :description, :category, :shouldBeRetried)
       ON CONFLICT ${this.dialect.naturalKey} DO NOTHING RETURNING ${this.selected}`,
      { ...definition },
    );
    return row ?? null;
  }

  /** Inserts the built-ins that are not there yet and leaves those alone that are, edited or not. */
  async seed(builtins: readonly BuiltinError[]): Promise<void> {
    await this.insertion(
      `INSERT INTO error (name, title, description, category, should_be_retried, is_builtin)
       SELECT name, title, description, category, should_be_retried, true
       FROM ${this.dialect.rowsOf(':given', MODEL_COLUMNS)}
       WHERE NOT EXISTS (SELECT 1 FROM error WHERE error.name = given.name AND error.job_type_name IS NULL)
       ON CONFLICT ${this.dialect.naturalKey} DO NOTHING`,
      { given: JSON.stringify(builtins.map(toModelRow)) },
    );
  }

  /** As {@link JobTypeRepository.saveErrors}. */
  saveJobErrors(jobTypeName: string, models: readonly JobErrorModel[]): Promise<ErrorEntity[]> {
    return this.jobTypes.saveErrors(jobTypeName, models);
  }

  /**
   * Edits the named fields of one error, in one statement.
   * @param versions the versions that may be edited; null for any.
   * @returns null when there is no such error in such a version, or when its category forbids the edit.
   */
  async update(id: number, changes: ErrorChanges, versions: readonly number[] | null): Promise<ErrorEntity | null> {
    const assignments = (Object.keys(changes) as (keyof ErrorChanges)[]).map(
      (field) => `${COLUMNS[field]} = :${field}`,
    );
    const conditions = ['id = :id'];
    if (versions !== null) conditions.push('version IN (:...versions)');
    if (!isAllowedForSystemErrors(changes)) conditions.push(`category <> 'SYSTEM'`);
    const [row] = await this.rows<ErrorRow>(
      `UPDATE error SET ${assignments.join(', ')}, last_modified = ${this.dialect.now}, version = version + 1
       WHERE ${conditions.join(' AND ')} RETURNING ${this.selected}`,
      { ...changes, id, versions },
    );
    return row === undefined ? null : toEntity(row, this.dialect);
  }

  private async select(rest: string, parameters: Record<string, unknown>): Promise<ErrorEntity[]> {
    const rows = await this.rows<ErrorRow>(`SELECT ${this.selected} FROM error ${rest}`, parameters);
    return rows.map((row) => toEntity(row, this.dialect));
  }

  private async insertion(statement: string, parameters: Record<string, unknown>): Promise<ErrorEntity[]> {
    const rows = await pastTakenIds('error', this.dialect, this.statements, () =>
      this.rows<ErrorRow>(statement, parameters),
    );
    return rows.map((row) => toEntity(row, this.dialect));
  }

  private rows<Row>(statement: string, parameters: Record<string, unknown> = {}): Promise<Row[]> {
    return this.statements.rows<Row>(statement, parameters);
  }

  private where(filters: ErrorFilters): { condition: string; parameters: Record<string, unknown> } {
    const conditions: string[] = [];
    const parameters: Record<string, unknown> = {};
    const add = (comparison: string, name: string, value: unknown): void => {
      conditions.push(`${comparison} :${name}`);
      parameters[name] = value;
    };
    if (filters.started) add('last_modified >=', 'started', this.dialect.lowerBound(filters.started));
    if (filters.ended) add('last_modified <=', 'ended', this.dialect.instantTo(filters.ended));
    if (filters.isBuiltin !== undefined) add('is_builtin =', 'isBuiltin', filters.isBuiltin);
    if (filters.jobTypeName !== undefined) add('job_type_name =', 'jobTypeName', filters.jobTypeName);
    if (filters.name !== undefined) add('name =', 'name', filters.name);
    if (filters.category !== undefined) add('category =', 'category', filters.category);
    return { condition: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '', parameters };
  }

  private orderBy(order: readonly ErrorOrder[]): string {
    const terms = new Map<ErrorField, string>();
    for (const entry of [...order, 'id'] as const) {
      const field = (entry.startsWith('-') ? entry.slice(1) : entry) as ErrorField;
      const direction = entry.startsWith('-') ? 'DESC' : 'ASC';
      // The table's name keeps PostgreSQL from ordering by the selected expression, which no index serves.
      const column = `error.${COLUMNS[field]}`;
      if (!terms.has(field)) {
        terms.set(field, `${column} ${NULLABLE.has(field) ? this.dialect.nullsSmallest(direction) : direction}`);
      }
    }
    return `ORDER BY ${[...terms.values()].join(', ')}`;
  }
}

/** Of an error of the system only this can be changed: whether it is tried again. */
export function isAllowedForSystemErrors(changes: ErrorChanges): boolean {
  return Object.keys(changes).every((field) => field === 'shouldBeRetried');
}
