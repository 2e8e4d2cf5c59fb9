import { type DynamicModule, Module } from '@nestjs/common';
import type { ErrorModuleOptions } from './error-module.options.js';

/** Joins the rooms that a host opens. */
@Module({})
export class ErrorModule {
  /** A closed room is not loaded, and what only that room needs may be missing; hence the promise, which Nest awaits. */
  static async forRoot(options: ErrorModuleOptions = {}): Promise<DynamicModule> {
    const imports: DynamicModule[] = [];
    if (options.catalog) {
      const { CatalogModule } = await import('./catalog/catalog.module.js');
      imports.push(await CatalogModule.forRoot(options.catalog === true ? {} : options.catalog));
    }
    return { module: ErrorModule, imports };
  }
}
