export { ErrorModule } from './error.module.js';
export type { ErrorModuleOptions } from './error-module.options.js';
export type { CatalogOptions } from './catalog/catalog-options.js';
export type { BuiltinError } from './catalog/builtin-errors.js';
