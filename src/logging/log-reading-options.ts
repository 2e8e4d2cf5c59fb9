import type { CanActivate, ModuleMetadata, Type } from '@nestjs/common';
import type { RetentionOptions } from './upkeep/retention.js';

/** How the log is read and kept in bounds. */
export interface LogReadingOptions {
  /**
   * The name of the TypeORM DataSource that has the log's table.
   * @default the DataSource without a name
   */
  dataSource?: string;
  /**
   * Whether `GET /v6/logs/` and the occurrences of an error are served; this needs guards.
   * @default false
   */
  controllers?: boolean;
  /**
   * The path before `/v6` and `/v7`.
   * @default ''
   */
  path?: string;
  /**
   * Who may read the log: guards that all have to agree, asked in this order.
   * @default those of the catalogue
   */
  adminGuards?: Type<CanActivate>[];
  /** How much of the log is kept. @default everything */
  retention?: RetentionOptions;
  /** Modules that export what the guards inject. */
  imports?: ModuleMetadata['imports'];
}
