import leven from 'leven';
import { unstorableProblem } from '../database/storable-text.js';
import type { BuiltinError } from './builtin-errors.js';
import {
  describeKey,
  ErrorNotFound,
  InvalidErrorDefinition,
  NaturalKeyTaken,
  PageNotFound,
  StaleVersion,
} from './catalog-errors.js';
import { textProblem } from './definition-rules.js';
import { ErrorCache } from './error-cache.js';
import { type ErrorChanges, type ErrorDefinition, type JobErrorModel, modelProblems } from './error-definition.js';
import type { ErrorFilters, PageRequest } from './error-filters.js';
import type { ErrorEntity } from './error.entity.js';
import { type ErrorRepository, isAllowedForSystemErrors } from './error.repository.js';

/** The largest id that the column holds. */
const MAX_ID = 2_147_483_647;

/** A page of errors, and how many there are on all pages together. */
export interface ErrorPage {
  readonly count: number;
  /** The number of this page, from 1. */
  readonly page: number;
  /** The number of the last page: at least 1, for the first page of an empty list exists. */
  readonly pages: number;
  readonly errors: readonly ErrorEntity[];
}

/**
 * The error catalogue: cached lookups, lists and edits. The errors it gives are frozen.
 *
 * What is written through it is seen by the next read; what other programs write to the table is seen within 5 seconds.
 */
export class ErrorsService {
  private readonly cache = new ErrorCache();
  private builtins: ReadonlyMap<string, ErrorEntity> = new Map();

  constructor(private readonly repository: ErrorRepository) {}

  /**
   * The built-in error of this name, from memory.
   * @throws Error when there is none: the name is a mistake of the program's.
   */
  getBuiltinError(name: string): ErrorEntity {
    return this.builtins.get(name) ?? this.refuseBuiltin(name);
  }

  /** The error for a cause that nobody knows: the built-in `unknown`. */
  getUnknownError(): ErrorEntity {
    return this.getBuiltinError('unknown');
  }

  /** The error of this id from memory alone, or null when it is not there. */
  peekError(id: number): ErrorEntity | null {
    return this.cache.peekById(id) ?? null;
  }

  /**
   * The error of this id, from the cache or the database.
   * @throws ErrorNotFound when there is none, also for a number that can be no id.
   */
  async getError(id: number): Promise<ErrorEntity> {
    const cached = this.cache.peekById(id);
    if (cached) return cached;
    if (!Number.isInteger(id) || id < 1 || id > MAX_ID) throw new ErrorNotFound(`error with id ${id}`);
    const error = await this.cache.byId(id, () => this.repository.findById(id));
    if (error === null) throw new ErrorNotFound(`error with id ${id}`);
    return error;
  }

  /**
   * The error of this name that the job type declares.
   * @throws ErrorNotFound when it declares none.
   */
  getJobError(jobTypeName: string, name: string): Promise<ErrorEntity> {
    return this.getByNaturalKey(jobTypeName, name);
  }

  /**
   * The error of this natural key.
   * @param jobTypeName null for an error that belongs to no job type, as the built-ins do.
   * @throws ErrorNotFound when there is none.
   */
  async getByNaturalKey(jobTypeName: string | null, name: string): Promise<ErrorEntity> {
    // What cannot be stored is not there, and PostgreSQL would refuse to look for it.
    const error = unstorableProblem(`${jobTypeName ?? ''}${name}`)
      ? null
      : await this.cache.byNaturalKey(jobTypeName, name, () => this.repository.findByNaturalKey(jobTypeName, name));
    if (error === null) throw new ErrorNotFound(describeKey(jobTypeName, name));
    return error;
  }

  /**
   * The error of no job type that has this name, or the one that is named by its job type and its name with a slash between.
   * From memory alone: what is not there yet is loaded, so that it is the next time.
   */
  peekByName(name: string): ErrorEntity | null {
    const builtin = this.builtins.get(name);
    if (builtin !== undefined) return builtin;
    const slash = name.lastIndexOf('/');
    const key = [slash === -1 ? null : name.slice(0, slash), name.slice(slash + 1)] as const;
    const known = this.cache.peekByNaturalKey(...key);
    if (known === undefined) this.getByNaturalKey(...key).catch(() => {});
    return known ?? null;
  }

  /** All errors that match, from the database. */
  getErrors(filters: ErrorFilters = {}): Promise<readonly ErrorEntity[]> {
    return this.repository.find(filters);
  }

  /**
   * One page of the errors that match. The count of an unfiltered list may be up to 5 seconds old for what other programs
   * wrote; any other count is exact.
   * @throws PageNotFound when the list has no such page.
   */
  async getErrorPage(filters: ErrorFilters, { page, pageSize }: PageRequest): Promise<ErrorPage> {
    const counting = this.count(filters);
    if (page === 1) {
      const [count, errors] = await Promise.all([
        counting,
        this.repository.find(filters, { limit: pageSize, offset: 0 }),
      ]);
      return { count, page, pages: pagesOf(count, pageSize), errors };
    }
    const count = await counting;
    const pages = pagesOf(count, pageSize);
    const number = page === 'last' ? pages : page;
    if (number > pages) throw new PageNotFound(String(number), pages);
    const errors = await this.repository.find(filters, { limit: pageSize, offset: (number - 1) * pageSize });
    return { count, page: number, pages, errors };
  }

  /**
   * Adds an error to the catalogue.
   * @throws NaturalKeyTaken when its job type, or no job type, has one of this name.
   */
  async createError(definition: ErrorDefinition): Promise<ErrorEntity> {
    const error = await this.repository.insert(definition);
    if (error === null) {
      const holder = await this.repository.findByNaturalKey(definition.jobTypeName, definition.name);
      // It was there a moment ago, and is gone: the natural key is free again.
      return holder === null ? this.createError(definition) : Promise.reject(new NaturalKeyTaken(holder));
    }
    this.cache.inserted(error);
    return error;
  }

  /**
   * Edits the named fields of an error; without any, nothing is written.
   * @param versions the versions that may be edited, null for any.
   * @throws ErrorNotFound, StaleVersion, or InvalidErrorDefinition when the error's category forbids the edit.
   */
  async editError(id: number, changes: ErrorChanges, versions: readonly number[] | null = null): Promise<ErrorEntity> {
    if (!Number.isInteger(id) || id < 1 || id > MAX_ID) throw new ErrorNotFound(`error with id ${id}`);
    if (Object.keys(changes).length > 0) {
      const edited = await this.repository.update(id, changes, versions);
      if (edited !== null) {
        this.remember(edited);
        return edited;
      }
    }
    const current = await this.repository.findById(id);
    if (current === null) throw new ErrorNotFound(`error with id ${id}`);
    if (versions !== null && !versions.includes(current.version)) throw new StaleVersion(current);
    if (isAllowedForSystemErrors(changes)) return current;
    throw new InvalidErrorDefinition(
      `Error ${id} has category SYSTEM: of such an error only should_be_retried can be changed. Nothing was changed.`,
    );
  }

  /**
   * Saves the errors that a job type declares: those whose natural key exists are updated and keep `id` and `created`, the
   * others are inserted. Any number of them, all or nothing; errors of the job type that are not named stay as they are.
   * @returns the errors as they are stored, in the order given.
   * @throws InvalidErrorDefinition that names every field that cannot be stored.
   */
  async saveJobErrorModels(jobTypeName: string, models: readonly JobErrorModel[]): Promise<readonly ErrorEntity[]> {
    const ofJobType = textProblem('jobTypeName', jobTypeName);
    if (ofJobType !== null) throw new InvalidErrorDefinition(`The job type’s name cannot be used. ${ofJobType}`);
    const problems = modelProblems(models);
    if (problems.length > 0) {
      throw new InvalidErrorDefinition(
        `The errors of job type “${jobTypeName}” were not saved, none of them.`,
        problems,
      );
    }
    if (models.length === 0) return [];
    const written = await this.repository.saveJobErrors(jobTypeName, models);
    this.cache.forget(written);
    const stored = written.length === models.length ? written : await this.repository.findJobErrors(jobTypeName);
    const byName = new Map(stored.map((error) => [error.name, error]));
    return models.flatMap(({ name }) => byName.get(name) ?? []);
  }

  /** Reads the built-in errors into memory; {@link getBuiltinError} then knows what the database knows now. */
  async cacheBuiltinErrors(): Promise<void> {
    const found = await this.repository.findBuiltins();
    // An edit that was made meanwhile is newer than what was read.
    this.builtins = new Map(found.map((error) => [error.name, newer(error, this.builtins.get(error.name))]));
  }

  /** Empties the cache and reads the built-in errors anew. */
  async resetErrorCache(): Promise<void> {
    this.cache.clear();
    await this.cacheBuiltinErrors();
  }

  /** Adds those of the built-in errors that are not in the database yet. What is there stays as it is, edited or not. */
  async seedBuiltinErrors(builtins: readonly BuiltinError[]): Promise<void> {
    await this.repository.seed(builtins);
    await this.resetErrorCache();
  }

  private count(filters: ErrorFilters): Promise<number> {
    const { order: _, ...conditions }: Record<string, unknown> = { ...filters };
    const isFiltered = Object.values(conditions).some((condition) => condition !== undefined);
    return isFiltered ? this.repository.count(filters) : this.cache.count(() => this.repository.count({}));
  }

  private remember(error: ErrorEntity): void {
    this.cache.edited(error);
    if (this.builtins.has(error.name) && error.isBuiltin && error.jobTypeName === null) {
      this.builtins = new Map(this.builtins).set(error.name, newer(error, this.builtins.get(error.name)));
    }
  }

  private refuseBuiltin(name: string): never {
    const nearest = [...this.builtins.keys()].sort((a, b) => leven(a, name) - leven(b, name)).slice(0, 3);
    throw new Error(
      `There is no built-in error “${name}”, so nothing can be said about it. ` +
        (nearest.length > 0
          ? `The nearest names are ${nearest.join(', ')}; other errors are found with getByNaturalKey or getJobError.`
          : 'No built-in errors are loaded at all: call cacheBuiltinErrors() once the database is migrated and seeded.'),
    );
  }
}

function pagesOf(count: number, pageSize: number): number {
  return Math.max(1, Math.ceil(count / pageSize));
}

function newer(error: ErrorEntity, other: ErrorEntity | undefined): ErrorEntity {
  return other !== undefined && other.id === error.id && other.version > error.version ? other : error;
}
