import { BadRequest } from '../../exceptions/client-errors.js';
import type { ErrorRegistry } from '../../exceptions/error-registry.js';
import { textProblem } from '../definition-rules.js';
import type { ErrorLookups } from '../error-lookups.js';
import type { ErrorEntity } from '../error.entity.js';
import { checkJobType, type JobTypeErrors } from '../job-types/job-type-errors.js';
import { describeException, namesOf, questionsOf } from './exception-names.js';
import { checkedExitCode } from '../job-types/exit-codes.js';
import type { Failure, Verdict } from './verdict.js';

/** An error, and which rule found it. */
interface Finding {
  readonly error: ErrorEntity | null;
  readonly reason: string;
}

/** Finds the error of the catalogue that a failure was. */
export class Verdicts {
  constructor(
    private readonly lookups: ErrorLookups,
    private readonly jobTypes: JobTypeErrors,
    private readonly registry: ErrorRegistry,
  ) {}

  /** As {@link ErrorsService.getErrorByExitCode}. */
  registered(exitCode: number): ErrorEntity | null {
    const registration = this.registry.byExitCode(exitCode);
    return registration === null ? null : this.lookups.builtins.find(registration.errorName);
  }

  /** As {@link ErrorsService.getExitCodes}. */
  async exitCodesOf({ id, name, jobTypeName }: ErrorEntity): Promise<readonly number[]> {
    return jobTypeName === null ? this.registry.exitCodesOf(name) : this.jobTypes.exitCodesOf(jobTypeName, id);
  }

  /** As {@link ErrorsService.resolve}. */
  async resolve({ jobTypeName, exitCode, exception }: Failure): Promise<Verdict> {
    if (jobTypeName !== undefined) checkJobType(jobTypeName);
    if ((exitCode === undefined) === (exception === undefined)) {
      throw new BadRequest(
        exitCode === undefined
          ? 'Neither an exit code nor an exception is given, so there is nothing to judge. Give one of them.'
          : 'Both an exit code and an exception are given, which may say different things. Give one of them.',
      );
    }
    const { error, reason } =
      exitCode === undefined
        ? await this.ofException(exception, jobTypeName)
        : await this.ofExitCode(exitCode, jobTypeName);
    return { error, retry: error?.shouldBeRetried ?? false, reason };
  }

  /** What an exit code reports; {@link resolve} says the same with a verdict. */
  async ofExitCode(exitCode: number, jobTypeName?: string): Promise<Finding> {
    checkedExitCode(exitCode);
    if (exitCode === 0) return { error: null, reason: 'Exit code 0 is success.' };
    if (jobTypeName !== undefined) {
      checkJobType(jobTypeName);
      const error = await this.jobTypes.mappedError(jobTypeName, exitCode);
      if (error !== null) {
        return { error, reason: `Job type “${jobTypeName}” maps exit code ${exitCode} to “${error.name}”.` };
      }
    }
    const registration = this.registry.byExitCode(exitCode);
    const error = registration === null ? null : await this.lookups.findOfNoJobType(registration.errorName);
    const ofJobType = jobTypeName === undefined ? '' : `, and job type “${jobTypeName}” maps it to nothing else`;
    if (error !== null) {
      return { error, reason: `Exit code ${exitCode} is registered for “${error.name}”${ofJobType}.` };
    }
    const reason =
      registration === null
        ? `Exit code ${exitCode} is registered for no error`
        : `Exit code ${exitCode} is registered for “${registration.errorName}”, which the catalogue does not have`;
    return jobTypeName === undefined
      ? { error: this.lookups.builtins.get('unknown'), reason: `${reason}, and no job type is given.` }
      : { error: this.lookups.builtins.get('algorithm-unknown'), reason: `${reason}${ofJobType}.` };
  }

  private async ofException(exception: unknown, jobTypeName: string | undefined): Promise<Finding> {
    const described = describeException(exception);
    for (const question of questionsOf(exception, described)) {
      const found = this.registry.byException(question);
      if (found === null) continue;
      // What the process knows goes before what a job type calls by that name.
      const error =
        (await this.lookups.findOfNoJobType(found.errorName)) ?? (await this.ofJobType(found.errorName, jobTypeName));
      if (error !== null) {
        const asked = typeof question === 'string' ? `“${question}”` : `“${described.name}” or a cause of it`;
        return { error, reason: `The exception ${asked} is registered as “${error.name}”.` };
      }
    }
    for (const name of namesOf(described).filter((text) => textProblem('name', text) === null)) {
      const error = (await this.ofJobType(name, jobTypeName)) ?? this.lookups.builtins.find(name);
      if (error === null) continue;
      const holder = error.jobTypeName === null ? 'A built-in error' : `An error of job type “${error.jobTypeName}”`;
      return { error, reason: `${holder} is called “${name}”, as the exception or what caused it is.` };
    }
    return {
      error: this.lookups.builtins.get('unknown'),
      reason: `The exception “${described.name.slice(0, 100)}” is registered for no error, and no error is called like it or its causes.`,
    };
  }

  private async ofJobType(name: string, jobTypeName: string | undefined): Promise<ErrorEntity | null> {
    return jobTypeName === undefined ? null : this.lookups.findByNaturalKey(jobTypeName, name);
  }
}
