import type { DataSource } from 'typeorm';
import { type Dialect, dialectOf } from '../database/dialect.js';
import { Statements } from '../database/statements.js';
import type { BuiltinError } from './builtin-errors.js';
import type { ErrorChanges, ErrorDefinition, JobErrorModel } from './error-definition.js';
import type { ErrorField, ErrorFilters, ErrorOrder } from './error-filters.js';
import type { ErrorEntity } from './error.entity.js';
import { COLUMNS, type ErrorRow, NULLABLE, selectedColumns, toEntity } from './error-rows.js';

const MODEL_COLUMNS = {
  name: 'text',
  title: 'text',
  description: 'text',
  category: 'text',
  should_be_retried: 'boolean',
} as const;

/** Our statements settle a taken natural key themselves, so that this can only be a taken id. */
const POSTGRES_UNIQUE_VIOLATION = '23505';

/** How often an insertion goes on after it met ids that others had inserted by hand. */
const IDENTITY_ATTEMPTS = 3;

/** The statements on the table `error`, each of them atomic by itself: none needs a transaction. */
export class ErrorRepository {
  private readonly dialect: Dialect;
  private readonly selected: string;

  private readonly statements: Statements;

  /** @param prepare whether PostgreSQL keeps the statements prepared on each connection. */
  constructor(dataSource: DataSource, prepare = false) {
    this.statements = new Statements(dataSource, prepare);
    this.dialect = dialectOf(dataSource.options.type);
    this.selected = selectedColumns(this.dialect);
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

  findJobErrors(jobTypeName: string): Promise<ErrorEntity[]> {
    return this.select('WHERE job_type_name = :jobTypeName', { jobTypeName });
  }

  find(filters: ErrorFilters, range?: { limit: number; offset: number }): Promise<ErrorEntity[]> {
    const { condition, parameters } = this.where(filters);
    const page = range === undefined ? '' : ` LIMIT ${range.limit} OFFSET ${range.offset}`;
    return this.select(`${condition} ${this.orderBy(filters.order ?? ['lastModified'])}${page}`, parameters);
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

  /**
   * Inserts the errors of a job type that are new and updates those that differ, in one statement: all or nothing. An error
   * that is stored as given already keeps its version too.
   * @returns the errors that were written.
   */
  saveJobErrors(jobTypeName: string, models: readonly JobErrorModel[]): Promise<ErrorEntity[]> {
    return this.insertion(
      `INSERT INTO error (job_type_name, name, title, description, category, should_be_retried)
       SELECT :jobTypeName, name, title, description, category, should_be_retried
       FROM ${this.dialect.rowsOf(':given', MODEL_COLUMNS)} WHERE true
       ON CONFLICT ${this.dialect.jobErrorKey} DO UPDATE SET
         title = excluded.title, description = excluded.description, category = excluded.category,
         should_be_retried = excluded.should_be_retried, last_modified = ${this.dialect.now}, version = error.version + 1
       WHERE error.title IS DISTINCT FROM excluded.title OR error.description IS DISTINCT FROM excluded.description
         OR error.category <> excluded.category OR error.should_be_retried <> excluded.should_be_retried
       RETURNING ${this.selected}`,
      { jobTypeName, given: JSON.stringify(models.map(toModelRow)) },
    );
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

  /**
   * Other programs may insert rows with ids of their own, which PostgreSQL's sequence does not notice. An insertion that
   * meets such an id moves the sequence on and is repeated.
   */
  private async insertion(statement: string, parameters: Record<string, unknown>): Promise<ErrorEntity[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        const rows = await this.rows<ErrorRow>(statement, parameters);
        return rows.map((row) => toEntity(row, this.dialect));
      } catch (error) {
        const { advanceIdentity } = this.dialect;
        if (advanceIdentity === null || attempt === IDENTITY_ATTEMPTS || !isTakenId(error)) throw error;
        await this.rows(advanceIdentity('error'));
      }
    }
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
    if (filters.started) add('last_modified >=', 'started', this.dialect.instantTo(filters.started));
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

function toModelRow(model: JobErrorModel | BuiltinError): Record<keyof typeof MODEL_COLUMNS, unknown> {
  return {
    name: model.name,
    title: model.title ?? null,
    description: model.description ?? null,
    category: model.category ?? 'ALGORITHM',
    should_be_retried: model.shouldBeRetried ?? false,
  };
}

function isTakenId(error: unknown): boolean {
  return (error as { code?: unknown }).code === POSTGRES_UNIQUE_VIOLATION;
}
