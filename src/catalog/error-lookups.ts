import { unstorableProblem } from '../database/storable-text.js';
import { BuiltinIndex } from './builtin-index.js';
import { describeKey, ErrorNotFound } from './catalog-errors.js';
import { ErrorCache } from './error-cache.js';
import type { ErrorEntity } from './error.entity.js';
import type { ErrorRepository } from './error.repository.js';

/** The largest id that the column holds. */
const MAX_ID = 2_147_483_647;

/** Finds single errors: built-in ones in memory, others in the cache, and only then in the database. */
export class ErrorLookups {
  readonly builtins = new BuiltinIndex();
  readonly cache = new ErrorCache();

  constructor(private readonly repository: ErrorRepository) {}

  /** @throws ErrorNotFound when there is none, also for a number that can be no id. */
  async byId(id: number): Promise<ErrorEntity> {
    const error = this.cache.peekById(id) ?? (await this.findById(checkedId(id)));
    if (error === null) throw noErrorWithId(id);
    return error;
  }

  /** The error of an id that the table could have, or null. */
  findById(id: number): Promise<ErrorEntity | null> {
    return this.cache.byId(id, () => this.repository.findById(id));
  }

  /** The error of this natural key, or null. */
  async findByNaturalKey(jobTypeName: string | null, name: string): Promise<ErrorEntity | null> {
    // What cannot be stored is not there, and PostgreSQL would refuse to look for it.
    if (unstorableProblem(`${jobTypeName ?? ''}${name}`) !== null) return null;
    return this.cache.byNaturalKey(jobTypeName, name, () => this.repository.findByNaturalKey(jobTypeName, name));
  }

  /** The error of no job type that has this name, or null; a built-in one is found without the database. */
  async findOfNoJobType(name: string): Promise<ErrorEntity | null> {
    return this.builtins.find(name) ?? (await this.findByNaturalKey(null, name));
  }

  /** @throws ErrorNotFound when there is none. */
  async byNaturalKey(jobTypeName: string | null, name: string): Promise<ErrorEntity> {
    const error = await this.findByNaturalKey(jobTypeName, name);
    if (error === null) throw new ErrorNotFound(describeKey(jobTypeName, name));
    return error;
  }

  /** As {@link ErrorsService.peekByName}. */
  peekByName(name: string): ErrorEntity | null {
    const builtin = this.builtins.find(name);
    if (builtin !== null) return builtin;
    const slash = name.lastIndexOf('/');
    const key = [slash === -1 ? null : name.slice(0, slash), name.slice(slash + 1)] as const;
    const known = this.cache.peekByNaturalKey(...key);
    if (known === undefined) this.findByNaturalKey(...key).catch(() => {});
    return known ?? null;
  }

  /** Tells of an error that was edited. */
  edited(error: ErrorEntity): void {
    this.cache.edited(error);
    this.builtins.edited(error);
  }

  async loadBuiltins(): Promise<void> {
    this.builtins.replace(await this.repository.findBuiltins());
  }
}

/** @throws ErrorNotFound for a number that can be no id. */
export function checkedId(id: number): number {
  if (!Number.isInteger(id) || id < 1 || id > MAX_ID) throw noErrorWithId(id);
  return id;
}

/** What is said of an id that no error has. */
export function noErrorWithId(id: number | string): ErrorNotFound {
  return new ErrorNotFound(`error with id ${id}`);
}
