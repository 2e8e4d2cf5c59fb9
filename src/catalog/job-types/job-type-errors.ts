import { pointerTo } from '../../exceptions/field-error.js';
import { InvalidErrorDefinition } from '../catalog-errors.js';
import { textProblem } from '../definition-rules.js';
import { MAX_AGE } from '../error-cache.js';
import { type JobErrorModel, modelProblems } from '../error-definition.js';
import type { ErrorLookups } from '../error-lookups.js';
import type { ErrorEntity } from '../error.entity.js';
import { FreshCache } from '../fresh-cache.js';
import { type ErrorInterface, refusedInterface } from './error-interface.js';
import type { JobTypeRepository, MappedError } from './job-type.repository.js';

const MAX_JOB_TYPES = 1_000;

type Mapping = ReadonlyMap<number, number>;

/** What job types declare: their errors, and which of them their exit codes report. */
export class JobTypeErrors {
  private readonly mappings = new FreshCache<string, Mapping>({
    max: MAX_JOB_TYPES,
    maxAge: MAX_AGE,
    maxAbsence: MAX_AGE,
  });

  constructor(
    private readonly repository: JobTypeRepository,
    private readonly lookups: ErrorLookups,
  ) {}

  /** @throws InvalidErrorDefinition that names every field that cannot be stored. */
  async saveModels(jobTypeName: string, models: readonly JobErrorModel[]): Promise<readonly ErrorEntity[]> {
    checkJobType(jobTypeName);
    const problems = modelProblems(models);
    if (problems.length > 0) {
      throw new InvalidErrorDefinition(
        `The errors of job type “${jobTypeName}” were not saved, none of them.`,
        problems,
      );
    }
    if (models.length === 0) return [];
    const written = await this.repository.saveErrors(jobTypeName, models);
    this.lookups.cache.forget(written);
    const stored = written.length === models.length ? written : await this.repository.findErrors(jobTypeName);
    const byName = new Map(stored.map((error) => [error.name, error]));
    return models.flatMap(({ name }) => byName.get(name) ?? []);
  }

  /** @throws InvalidErrorDefinition that names each exit code whose error nobody knows. */
  async saveInterface(
    jobTypeName: string,
    { models, names, exitCodes }: ErrorInterface,
  ): Promise<readonly MappedError[]> {
    checkJobType(jobTypeName);
    const { written, mapped } = await this.repository.saveInterface(jobTypeName, models, names, (stored) => {
      const known = new Set(stored.map(({ exitCode }) => exitCode));
      const unknown = [...exitCodes.keys()].filter((code) => !known.has(code));
      if (unknown.length > 0) throw unknownNames(jobTypeName, unknown, names);
    });
    this.lookups.cache.forget(written);
    this.mappings.set(jobTypeName, mappingOf(mapped));
    return mapped;
  }

  /** What is stored of the error interface of a job type. */
  async findInterface(jobTypeName: string): Promise<readonly MappedError[]> {
    checkJobType(jobTypeName);
    return this.repository.findMapped(jobTypeName);
  }

  /** The error that the job type’s own mapping has for an exit code, or null. */
  async mappedError(jobTypeName: string, exitCode: number): Promise<ErrorEntity | null> {
    const id = (await this.mapping(jobTypeName)).get(exitCode);
    return id === undefined ? null : this.lookups.findById(id);
  }

  /** The exit codes by which the job type reports an error, ascending. */
  async exitCodesOf(jobTypeName: string, errorId: number): Promise<readonly number[]> {
    const codes = [...(await this.mapping(jobTypeName))].flatMap(([code, id]) => (id === errorId ? [code] : []));
    return codes.sort((one, other) => one - other);
  }

  clear(): void {
    this.mappings.clear();
  }

  private async mapping(jobTypeName: string): Promise<Mapping> {
    const load = (): Promise<Mapping> => this.repository.findMapping(jobTypeName);
    return (await this.mappings.fetch(jobTypeName, load)) ?? new Map<number, number>();
  }
}

/** @throws InvalidErrorDefinition for what no job type can be called. */
export function checkJobType(jobTypeName: string): void {
  const problem = textProblem('jobTypeName', jobTypeName);
  if (problem !== null) throw new InvalidErrorDefinition(`The job type’s name cannot be used. ${problem}`);
}

function mappingOf(mapped: readonly MappedError[]): Mapping {
  return new Map(mapped.map(({ exitCode, errorId }) => [exitCode, errorId]));
}

function unknownNames(
  jobTypeName: string,
  exitCodes: readonly number[],
  names: ReadonlyMap<number, string>,
): InvalidErrorDefinition {
  return refusedInterface(
    exitCodes.map((code) => ({
      pointer: pointerTo('exit_codes', code),
      detail:
        `“${names.get(code) ?? ''}” is neither an error of job type “${jobTypeName}” nor a built-in one. ` +
        'Define it here, or name one that there is.',
    })),
  );
}
