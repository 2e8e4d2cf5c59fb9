import { type ErrorRegistry, errorRegistry } from '../exceptions/error-registry.js';
import type { ScaleError } from '../exceptions/scale-error.js';
import type { BuiltinError } from './builtin-errors.js';
import type { ErrorChanges, ErrorDefinition, JobErrorModel } from './error-definition.js';
import { ErrorEdits } from './error-edits.js';
import type { ErrorFilters, PageRequest } from './error-filters.js';
import { ErrorLookups } from './error-lookups.js';
import { type ErrorPage, ErrorPages } from './error-pages.js';
import type { ErrorEntity } from './error.entity.js';
import type { ErrorRepository } from './error.repository.js';
import type { ErrorInterface } from './job-types/error-interface.js';
import { JobTypeErrors } from './job-types/job-type-errors.js';
import type { MappedError } from './job-types/job-type.repository.js';
import { registerExitCodes } from './registered-exit-codes.js';
import { Retries, type RetryOptions } from './verdicts/retries.js';
import type { Attempt } from './verdicts/retry.js';
import { RetryPolicies } from './verdicts/retry-policies.js';
import type { RetryPolicy } from './verdicts/retry-policy.js';
import type { Failure, Verdict } from './verdicts/verdict.js';
import { Verdicts } from './verdicts/verdicts.js';

/**
 * The error catalogue: cached lookups, lists and edits. The errors it gives are frozen.
 *
 * What is written through it is seen by the next read; what other programs write to the tables is seen within 5 seconds.
 */
export class ErrorsService {
  private readonly lookups: ErrorLookups;
  private readonly pages: ErrorPages;
  private readonly edits: ErrorEdits;
  private readonly jobTypes: JobTypeErrors;
  private readonly policies: RetryPolicies;
  private readonly verdicts: Verdicts;
  private readonly retries: Retries;

  /** @param registry what exit codes and exceptions stand for. @default the registry of the process */
  constructor(
    private readonly repository: ErrorRepository,
    private readonly registry: ErrorRegistry = errorRegistry,
  ) {
    this.lookups = new ErrorLookups(repository);
    this.pages = new ErrorPages(repository, this.lookups.cache);
    this.edits = new ErrorEdits(repository, this.lookups);
    this.jobTypes = new JobTypeErrors(repository.jobTypes, this.lookups);
    this.policies = new RetryPolicies(repository.retryPolicies, this.lookups);
    this.verdicts = new Verdicts(this.lookups, this.jobTypes, registry);
    this.retries = new Retries(this.verdicts, this.policies);
  }

  /**
   * The built-in error of this name, from memory.
   * @throws Error when there is none: the name is a mistake of the program's.
   */
  getBuiltinError(name: string): ErrorEntity {
    return this.lookups.builtins.get(name);
  }

  /** The error for a cause that nobody knows: the built-in `unknown`. */
  getUnknownError(): ErrorEntity {
    return this.getBuiltinError('unknown');
  }

  /** The error of this id from memory alone, or null when it is not there. */
  peekError(id: number): ErrorEntity | null {
    return this.lookups.cache.peekById(id) ?? null;
  }

  /**
   * The error of this id, from the cache or the database.
   * @throws ErrorNotFound when there is none, also for a number that can be no id.
   */
  getError(id: number): Promise<ErrorEntity> {
    return this.lookups.byId(id);
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
  getByNaturalKey(jobTypeName: string | null, name: string): Promise<ErrorEntity> {
    return this.lookups.byNaturalKey(jobTypeName, name);
  }

  /**
   * The error of no job type that has this name, or the one that is named by its job type and its name with a slash between.
   * From memory alone: what is not there yet is loaded, so that it is the next time.
   */
  peekByName(name: string): ErrorEntity | null {
    return this.lookups.peekByName(name);
  }

  /** The built-in error that is registered for an exit code, from memory; null when none is, or it is not in the catalogue. */
  getErrorByExitCode(exitCode: number): ErrorEntity | null {
    return this.verdicts.registered(exitCode);
  }

  /**
   * The registered process error that an exception is a case of, or null.
   * @param nameOrError an exception, which is then the cause of what is returned; or the name of one.
   */
  getErrorByException(nameOrError: unknown): ScaleError | null {
    return this.registry.byException(nameOrError);
  }

  /** The exit codes that report an error, ascending: those of its job type, or those that are registered for its name. */
  getExitCodes(error: ErrorEntity): Promise<readonly number[]> {
    return this.verdicts.exitCodesOf(error);
  }

  /** All errors that match, from the database. */
  getErrors(filters: ErrorFilters = {}): Promise<readonly ErrorEntity[]> {
    return this.repository.find(filters);
  }

  /**
   * One page of the errors that match. The count of an unfiltered list may be up to 5 seconds old for what other programs
   * wrote, unless the page shows that it is; any other count is exact.
   * @throws PageNotFound when the list has no such page, RangeError for what is no size of a page.
   */
  getErrorPage(filters: ErrorFilters, request: PageRequest): Promise<ErrorPage> {
    return this.pages.get(filters, request);
  }

  /**
   * Adds an error to the catalogue.
   * @throws NaturalKeyTaken when its job type, or no job type, has one of this name; InvalidErrorDefinition that names every
   * field that cannot be stored.
   */
  createError(definition: ErrorDefinition): Promise<ErrorEntity> {
    return this.edits.create(definition);
  }

  /**
   * Edits the named fields of an error; without any, nothing is written.
   * @param versions the versions that may be edited, null for any.
   * @throws ErrorNotFound, StaleVersion, or InvalidErrorDefinition when the error's category forbids the edit, or that names
   * every field that cannot be stored.
   */
  editError(id: number, changes: ErrorChanges, versions: readonly number[] | null = null): Promise<ErrorEntity> {
    return this.edits.edit(id, changes, versions);
  }

  /**
   * Saves the errors that a job type declares: those whose natural key exists are updated and keep `id` and `created`, the
   * others are inserted. Any number of them, all or nothing; errors of the job type that are not named stay as they are.
   * @returns the errors as they are stored, in the order given.
   * @throws InvalidErrorDefinition that names every field that cannot be stored.
   */
  saveJobErrorModels(jobTypeName: string, models: readonly JobErrorModel[]): Promise<readonly ErrorEntity[]> {
    return this.jobTypes.saveModels(jobTypeName, models);
  }

  /**
   * Saves the errors of an error interface as {@link saveJobErrorModels} does, and its exit codes in place of those that the
   * job type had: all or nothing.
   * @returns what is stored for each exit code.
   * @throws InvalidErrorDefinition that names each exit code whose error nobody knows.
   */
  saveErrorInterface(jobTypeName: string, errorInterface: ErrorInterface): Promise<readonly MappedError[]> {
    return this.jobTypes.saveInterface(jobTypeName, errorInterface);
  }

  /** What is stored for each exit code of a job type, from the database. */
  getErrorInterface(jobTypeName: string): Promise<readonly MappedError[]> {
    return this.jobTypes.findInterface(jobTypeName);
  }

  /**
   * The error that an exit code reports for a job type: by its own mapping, then the one that is registered for the code,
   * then the built-in `algorithm-unknown`. Null for 0, which is success.
   * @throws BadRequest for what is no exit code.
   */
  async getJobErrorByExitCode(jobTypeName: string, exitCode: number): Promise<ErrorEntity | null> {
    return (await this.verdicts.ofExitCode(exitCode, jobTypeName)).error;
  }

  /**
   * Judges a failure: which error it was, and whether to try again. Nothing known is the built-in `unknown`.
   * @throws BadRequest when there is nothing to judge, or two things.
   */
  resolve(failure: Failure): Promise<Verdict> {
    return this.verdicts.resolve(failure);
  }

  /**
   * Calls a function again, with pauses, as long as it fails with what the catalogue says should be retried, as often as the
   * retry policy of that error allows.
   * @param fn is given the number of the attempt, from 1.
   * @throws what the last attempt threw, or the reason of the signal.
   */
  retry<Result>(fn: Attempt<Result>, options: RetryOptions = {}): Promise<Result> {
    return this.retries.run(fn, options);
  }

  /**
   * How often and after which pauses an error is tried again, when that was set for it; null for the default.
   * @throws ErrorNotFound
   */
  getRetryPolicy(errorId: number): Promise<RetryPolicy | null> {
    return this.policies.find(errorId);
  }

  /** @throws ErrorNotFound, or InvalidErrorDefinition that names every field out of bounds. */
  setRetryPolicy(errorId: number, policy: RetryPolicy): Promise<RetryPolicy> {
    return this.policies.save(errorId, policy);
  }

  /**
   * Gives an error the default policy again.
   * @throws ErrorNotFound
   */
  deleteRetryPolicy(errorId: number): Promise<void> {
    return this.policies.remove(errorId);
  }

  /** Reads the built-in errors into memory; {@link getBuiltinError} then knows what the database knows now. */
  cacheBuiltinErrors(): Promise<void> {
    return this.lookups.loadBuiltins();
  }

  /** Empties the cache and reads the built-in errors anew. */
  async resetErrorCache(): Promise<void> {
    this.lookups.cache.clear();
    this.jobTypes.clear();
    this.policies.clear();
    await this.cacheBuiltinErrors();
  }

  /**
   * Adds those of the built-in errors that are not in the database yet, and registers their exit codes. What is there stays as
   * it is, edited or not.
   */
  async seedBuiltinErrors(builtins: readonly BuiltinError[]): Promise<void> {
    await this.repository.seed(builtins);
    registerExitCodes(builtins, this.registry);
    await this.resetErrorCache();
  }
}
