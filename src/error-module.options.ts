import type { CatalogOptions } from './catalog/catalog-options.js';

/** How {@link ErrorModule} is set up in a host. */
export interface ErrorModuleOptions {
  /**
   * Whether the error catalogue is opened, and how. It needs a TypeORM DataSource whose entities include
   * `errorEntities(type)` and whose migrations include `errorMigrations`.
   * @default false
   */
  catalog?: boolean | CatalogOptions;
}
