import type { Dialect } from '../../database/dialect.js';
import type { Statements } from '../../database/statements.js';
import { pastTakenIds } from '../../database/taken-ids.js';
import type { JobErrorModel } from '../error-definition.js';
import { type ErrorRow, MODEL_COLUMNS, selectedColumns, toEntity, toModelRow } from '../error-rows.js';
import type { ErrorCategory, ErrorEntity } from '../error.entity.js';

/** An exit code of a job type, and what is known of the error that it reports. */
export interface MappedError extends Required<Omit<JobErrorModel, 'category'>> {
  readonly exitCode: number;
  readonly errorId: number;
  /** Null for a built-in error. */
  readonly jobTypeName: string | null;
  readonly category: ErrorCategory;
}

/** What a job type's interface came to. */
export interface SavedInterface {
  /** The errors that were inserted or updated. */
  readonly written: readonly ErrorEntity[];
  /** What is stored for each exit code whose name is known. */
  readonly mapped: readonly MappedError[];
}

interface MappedRow extends Pick<ErrorRow, 'name' | 'job_type_name' | 'title' | 'description' | 'category'> {
  exit_code: number;
  error_id: number;
  should_be_retried: unknown;
}

/** What is read of the error that a row leads to; its own column of the same name is the job type that asks. */
const ERROR_COLUMNS = ['name', 'job_type_name', 'title', 'description', 'category', 'should_be_retried'] as const;

/** The statements on the errors of a job type and on `job_error_exit_code`. */
export class JobTypeRepository {
  private readonly selected: string;

  constructor(
    private readonly statements: Statements,
    private readonly dialect: Dialect,
  ) {
    this.selected = selectedColumns(dialect);
  }

  /** The errors of a job type. */
  async findErrors(jobTypeName: string): Promise<ErrorEntity[]> {
    const rows = await this.statements.rows<ErrorRow>(
      `SELECT ${this.selected} FROM error WHERE job_type_name = :jobTypeName`,
      { jobTypeName },
    );
    return rows.map((row) => toEntity(row, this.dialect));
  }

  /** What each exit code reports, as the ids of errors. */
  async findMapping(jobTypeName: string): Promise<ReadonlyMap<number, number>> {
    const rows = await this.statements.rows<Pick<MappedRow, 'exit_code' | 'error_id'>>(
      `SELECT exit_code, error_id FROM job_error_exit_code WHERE job_type_name = :jobTypeName`,
      { jobTypeName },
    );
    return new Map(rows.map((row) => [row.exit_code, row.error_id]));
  }

  /** What each exit code reports, with the errors. */
  async findMapped(jobTypeName: string): Promise<MappedError[]> {
    const rows = await this.statements.rows<MappedRow>(
      `SELECT exit_code, error_id, ${ERROR_COLUMNS.map((column) => `error.${column}`).join(', ')}
       FROM job_error_exit_code AS code JOIN error ON error.id = code.error_id
       WHERE code.job_type_name = :jobTypeName`,
      { jobTypeName },
    );
    return rows.map((row) => this.toMapped(row));
  }

  /**
   * Inserts the errors that are new and updates those that differ, in one statement: all or nothing. An error that is stored
   * as given already keeps its version too.
   * @returns the errors that were written.
   */
  saveErrors(jobTypeName: string, models: readonly JobErrorModel[]): Promise<ErrorEntity[]> {
    return pastTakenIds('error', this.dialect, this.statements, () =>
      this.upsert(jobTypeName, models, this.statements),
    );
  }

  /**
   * Saves errors as {@link saveErrors} does, and lets the exit codes report the errors of these names and no others: first
   * those of the job type, then built-in ones. One transaction of at most five statements, its begin and its end included.
   * @param check throws when something is amiss with what would be stored; nothing is, then.
   */
  saveInterface(
    jobTypeName: string,
    models: readonly JobErrorModel[],
    names: ReadonlyMap<number, string>,
    check: (mapped: readonly MappedError[]) => void,
  ): Promise<SavedInterface> {
    const save = async (statements: Statements): Promise<SavedInterface> => {
      const { lockFor } = this.dialect;
      // Of two who save at once, the second finds what the first has stored, and replaces it.
      if (lockFor !== null) await statements.rows(lockFor('CAST(:jobTypeName AS text)'), { jobTypeName });
      const written = models.length === 0 ? [] : await this.upsert(jobTypeName, models, statements);
      const mapped = await this.replaceMapping(jobTypeName, names, statements);
      check(mapped);
      return { written, mapped };
    };
    return pastTakenIds('error', this.dialect, this.statements, () => this.statements.inTransaction(save));
  }

  private async upsert(
    jobTypeName: string,
    models: readonly JobErrorModel[],
    statements: Statements,
  ): Promise<ErrorEntity[]> {
    // In one order, or two who save the same errors at once would each wait for what the other has written already.
    const ordered = [...models].sort((one, other) => (one.name < other.name ? -1 : 1));
    const rows = await statements.rows<ErrorRow>(
      `INSERT INTO error (job_type_name, name, title, description, category, should_be_retried)
       SELECT :jobTypeName, name, title, description, category, should_be_retried
       FROM ${this.dialect.rowsOf(':given', MODEL_COLUMNS)} WHERE true
       ON CONFLICT ${this.dialect.jobErrorKey} DO UPDATE SET
         title = excluded.title, description = excluded.description, category = excluded.category,
         should_be_retried = excluded.should_be_retried, last_modified = ${this.dialect.now}, version = error.version + 1
       WHERE error.title IS DISTINCT FROM excluded.title OR error.description IS DISTINCT FROM excluded.description
         OR error.category <> excluded.category OR error.should_be_retried <> excluded.should_be_retried
       RETURNING ${this.selected}`,
      { jobTypeName, given: JSON.stringify(ordered.map(toModelRow)) },
    );
    return rows.map((row) => toEntity(row, this.dialect));
  }

  private async replaceMapping(
    jobTypeName: string,
    names: ReadonlyMap<number, string>,
    statements: Statements,
  ): Promise<MappedError[]> {
    const removal = `DELETE FROM job_error_exit_code WHERE job_type_name = :jobTypeName
      AND exit_code NOT IN (SELECT exit_code FROM ${this.given})`;
    const parameters = {
      jobTypeName,
      given: JSON.stringify([...names].map(([exit_code, name]) => ({ exit_code, name }))),
    };
    if (!this.dialect.deletesInsideInsert) await statements.rows(removal, parameters);
    const rows = await statements.rows<MappedRow>(
      `${this.dialect.deletesInsideInsert ? `WITH removed AS (${removal})` : ''}
       INSERT INTO job_error_exit_code (job_type_name, exit_code, error_id)
       SELECT CAST(:jobTypeName AS text), exit_code, error_id FROM (
         SELECT exit_code, coalesce(
           (SELECT id FROM error WHERE error.job_type_name = :jobTypeName AND error.name = given.name),
           (SELECT id FROM error WHERE error.job_type_name IS NULL AND is_builtin = true AND error.name = given.name)
         ) AS error_id FROM ${this.given}
       ) AS named WHERE error_id IS NOT NULL
       ON CONFLICT (job_type_name, exit_code) DO UPDATE SET error_id = excluded.error_id
       RETURNING exit_code, error_id, ${ERROR_COLUMNS.map(ofMappedError).join(', ')}`,
      parameters,
    );
    return rows.map((row) => this.toMapped(row));
  }

  private get given(): string {
    return this.dialect.rowsOf(':given', { exit_code: 'integer', name: 'text' });
  }

  private toMapped(row: MappedRow): MappedError {
    return {
      exitCode: row.exit_code,
      errorId: row.error_id,
      jobTypeName: row.job_type_name,
      name: row.name,
      title: row.title,
      description: row.description,
      category: row.category as ErrorCategory,
      shouldBeRetried: this.dialect.booleanFrom(row.should_be_retried),
    };
  }
}

function ofMappedError(column: string): string {
  return `(SELECT error.${column} FROM error WHERE error.id = job_error_exit_code.error_id) AS ${column}`;
}
