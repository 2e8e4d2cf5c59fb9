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

/**
 * Refuses values that would fail later and elsewhere, or be taken for something else.
 * @throws Error that names the option, what it was given and what to give.
 */
export function refuseUnusable(options: CatalogOptions): void {
  const { builtins, prepareStatements, controllers, path, adminGuards }: Record<string, unknown> = { ...options };
  if (builtins !== undefined) refuseNoBuiltins(builtins);
  const isYesOrNo = (value: unknown): boolean => typeof value === 'boolean';
  refuseUnless(isYesOrNo, { prepareStatements, controllers }, 'true or false');
  refuseUnless((value) => typeof value === 'string', { path }, "a text such as 'api'");
  refuseUnless(Array.isArray, { adminGuards }, 'a list of guards, such as [AdminsOnly]');
}

function refuseNoBuiltins(builtins: unknown): void {
  if (builtins === 'basic' || builtins === 'all') return;
  const remedy = "'basic', 'all' or a list of errors, each with its name, title, description and category";
  if (!Array.isArray(builtins)) throw refusal('builtins', `is ${shown(builtins)}`, remedy);
  for (const builtin of builtins as readonly unknown[]) {
    if (typeof builtin !== 'object' || builtin === null) throw refusal('builtins', `holds ${shown(builtin)}`, remedy);
    const isNamed = 'name' in builtin && typeof builtin.name === 'string';
    if (!isNamed) throw refusal('builtins', 'holds an object without a name', remedy);
  }
}

function refuseUnless(isUsable: (value: unknown) => boolean, given: Record<string, unknown>, remedy: string): void {
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && !isUsable(value)) throw refusal(name, `is ${shown(value)}`, remedy);
  }
}

function refusal(option: string, finding: string, remedy: string): Error {
  return new Error(`ErrorModule: catalog.${option} ${finding}. Give ${remedy}.`);
}

/** A value as a sentence shows it. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `“${value.slice(0, 100)}”`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
