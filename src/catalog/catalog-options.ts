import type { CanActivate, ModuleMetadata, Type } from '@nestjs/common';
import type { BuiltinError } from './builtin-errors.js';

/** How the catalogue is opened in a host. */
export interface CatalogOptions {
  /**
   * The name of the TypeORM DataSource that has the catalogue's table.
   * @default the DataSource without a name
   */
  dataSource?: string;
  /**
   * The built-in errors that are added at start where they are missing: those that the module itself refers to, all that a
   * job platform needs, or a list of the host's own, to which `unknown` and `algorithm-unknown` are added where it lacks them.
   * @default 'basic'
   */
  builtins?: 'basic' | 'all' | readonly BuiltinError[];
  /**
   * Whether PostgreSQL keeps the catalogue's statements prepared on each connection, which makes lists a third faster.
   * Leave it off behind a pooler that hands out connections by the transaction and knows no prepared statements.
   * @default false
   */
  prepareStatements?: boolean;
  /**
   * Whether the REST interface is served; it needs `adminGuards`.
   * @default false
   */
  controllers?: boolean;
  /**
   * The path before `/v6` and `/v7`.
   * @default ''
   */
  path?: string;
  /** Who may write over REST: guards that all have to agree, asked in this order. */
  adminGuards?: Type<CanActivate>[];
  /** Modules that export what the guards inject. */
  imports?: ModuleMetadata['imports'];
}
