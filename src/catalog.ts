import type { DataSourceOptions, EntitySchema } from 'typeorm';
import { ErrorEntity } from './catalog/error.entity.js';
import { dialectOf } from './database/dialect.js';
import { entitiesFor } from './database/portable-entities.js';
import { CreateError1700000000000 } from './migrations/1700000000000-create-error.js';

/**
 * The entities of the catalogue, for the `entities` of a DataSource of this type.
 * @throws Error for a kind of database that the catalogue has no tables for.
 */
export function errorEntities(type: DataSourceOptions['type']): (typeof ErrorEntity | EntitySchema)[] {
  dialectOf(type);
  return entitiesFor(type, [ErrorEntity]) as (typeof ErrorEntity | EntitySchema)[];
}

/** The migrations that make the catalogue's tables, for the `migrations` of a DataSource. */
export const errorMigrations = [CreateError1700000000000];

export { ALL_BUILTIN_ERRORS, BASIC_BUILTIN_ERRORS, type BuiltinError } from './catalog/builtin-errors.js';
export {
  ErrorNotFound,
  InvalidErrorDefinition,
  NaturalKeyTaken,
  PageNotFound,
  StaleVersion,
} from './catalog/catalog-errors.js';
export type { CatalogOptions } from './catalog/catalog-options.js';
export type { ErrorChanges, ErrorDefinition, JobErrorModel } from './catalog/error-definition.js';
export type { ErrorField, ErrorFilters, ErrorOrder, PageRequest } from './catalog/error-filters.js';
export { ERROR_CATEGORIES, type ErrorCategory, ErrorEntity } from './catalog/error.entity.js';
export { ErrorRepository } from './catalog/error.repository.js';
export { ErrorBaseView, ErrorDetailsView, ErrorView, showIn, type WireError } from './catalog/error-views.js';
export { type ErrorPage, ErrorsService } from './catalog/errors.service.js';
