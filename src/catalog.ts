import type { DataSourceOptions, EntitySchema } from 'typeorm';
import { ErrorEntity } from './catalog/error.entity.js';
import { JobErrorExitCodeEntity } from './catalog/job-types/exit-code.entity.js';
import { RetryPolicyEntity } from './catalog/verdicts/retry-policy.entity.js';
import { dialectOf } from './database/dialect.js';
import { entitiesFor } from './database/portable-entities.js';
import { CreateError1700000000000 } from './migrations/1700000000000-create-error.js';
import { CreateJobTypes1700000100000 } from './migrations/1700000100000-create-job-types.js';

/** A class of the catalogue's tables. */
type CatalogueEntity = typeof ErrorEntity | typeof JobErrorExitCodeEntity | typeof RetryPolicyEntity;

/**
 * The entities of the catalogue, for the `entities` of a DataSource of this type.
 * @throws Error for a kind of database that the catalogue has no tables for.
 */
export function errorEntities(type: DataSourceOptions['type']): (CatalogueEntity | EntitySchema)[] {
  dialectOf(type);
  const entities: CatalogueEntity[] = [ErrorEntity, JobErrorExitCodeEntity, RetryPolicyEntity];
  return entitiesFor(type, entities) as (CatalogueEntity | EntitySchema)[];
}

/** The migrations that make the catalogue's tables, for the `migrations` of a DataSource. */
export const errorMigrations = [CreateError1700000000000, CreateJobTypes1700000100000];

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
export { type ErrorAnswer, ErrorDetails } from './catalog/error-details.js';
export type { ErrorField, ErrorFilters, ErrorOrder, PageRequest } from './catalog/error-filters.js';
export { ERROR_CATEGORIES, type ErrorCategory, ErrorEntity } from './catalog/error.entity.js';
export { ErrorRepository } from './catalog/error.repository.js';
export { ErrorBaseView, ErrorDetailsView, ErrorView, showIn, type WireError } from './catalog/error-views.js';
export type { ErrorPage } from './catalog/error-pages.js';
export { ErrorsService } from './catalog/errors.service.js';
export { ErrorInterface, type ErrorInterfaceParts } from './catalog/job-types/error-interface.js';
export { JobErrorExitCodeEntity } from './catalog/job-types/exit-code.entity.js';
export { JobErrorMapping, type MappingCatalogue } from './catalog/job-types/job-error-mapping.js';
export type { MappedError } from './catalog/job-types/job-type.repository.js';
export type { RetryOptions } from './catalog/verdicts/retries.js';
export type { Attempt } from './catalog/verdicts/retry.js';
export { RetryPolicyEntity } from './catalog/verdicts/retry-policy.entity.js';
export { DEFAULT_RETRY_POLICY, type RetryPolicy } from './catalog/verdicts/retry-policy.js';
export type { Failure, ReportedException, Verdict } from './catalog/verdicts/verdict.js';
