import type { Dialect } from '../database/dialect.js';
import { type JobErrorModel, wholeModel } from './error-definition.js';
import type { ErrorField } from './error-filters.js';
import { type ErrorCategory, ErrorEntity } from './error.entity.js';

/** The columns of `error` as a statement of ours selects them. */
export interface ErrorRow {
  id: number;
  name: string;
  job_type_name: string | null;
  title: string | null;
  description: string | null;
  category: string;
  is_builtin: unknown;
  should_be_retried: unknown;
  created: unknown;
  last_modified: unknown;
  version: number;
}

/** The column of each field. */
export const COLUMNS: Readonly<Record<ErrorField, string>> = {
  id: 'id',
  name: 'name',
  title: 'title',
  description: 'description',
  jobTypeName: 'job_type_name',
  category: 'category',
  isBuiltin: 'is_builtin',
  shouldBeRetried: 'should_be_retried',
  created: 'created',
  lastModified: 'last_modified',
};

/** The columns that an error is defined by, as a statement takes them in JSON. */
export const MODEL_COLUMNS = {
  name: 'text',
  title: 'text',
  description: 'text',
  category: 'text',
  should_be_retried: 'boolean',
} as const;

/** What is stored of a definition. */
type Definition = Omit<JobErrorModel, 'category'> & { readonly category?: ErrorCategory };

/** The fields that may be null. */
export const NULLABLE: ReadonlySet<ErrorField> = new Set(['title', 'description', 'jobTypeName']);

/** What a statement selects, or returns, to make entities of. */
export function selectedColumns(dialect: Dialect): string {
  return (
    'id, name, job_type_name, title, description, category, is_builtin, should_be_retried, ' +
    `${dialect.instant('created')}, ${dialect.instant('last_modified')}, version`
  );
}

/** The entity of a row, frozen. */
export function toEntity(row: ErrorRow, dialect: Dialect): ErrorEntity {
  return Object.freeze(
    Object.assign(new ErrorEntity(), {
      id: row.id,
      name: row.name,
      jobTypeName: row.job_type_name,
      title: row.title,
      description: row.description,
      category: row.category,
      isBuiltin: dialect.booleanFrom(row.is_builtin),
      shouldBeRetried: dialect.booleanFrom(row.should_be_retried),
      created: dialect.instantFrom(row.created),
      lastModified: dialect.instantFrom(row.last_modified),
      version: row.version,
    }),
  );
}

/** The row of a definition, for the columns of {@link MODEL_COLUMNS}. */
export function toModelRow(definition: Definition): Record<keyof typeof MODEL_COLUMNS, unknown> {
  const { name, title, description, category, shouldBeRetried } = wholeModel(definition as JobErrorModel);
  return { name, title, description, category, should_be_retried: shouldBeRetried };
}
