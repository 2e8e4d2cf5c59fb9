import type { ErrorEntity } from '../error.entity.js';
import type { MappedError } from './job-type.repository.js';
import { ErrorInterface, type ErrorInterfaceParts } from './error-interface.js';

/** The catalogue, as far as a mapping needs it: `ErrorsService`. */
export interface MappingCatalogue {
  getJobErrorByExitCode(jobTypeName: string, exitCode: number): Promise<ErrorEntity | null>;
  saveErrorInterface(jobTypeName: string, errorInterface: ErrorInterface): Promise<readonly MappedError[]>;
}

/** Which error each exit code of a job type reports. */
export class JobErrorMapping {
  /** What {@link saveModels} stores. */
  readonly errorInterface: ErrorInterface;

  /** @throws InvalidErrorDefinition for an interface that cannot be used. */
  constructor(
    private readonly errors: MappingCatalogue,
    readonly jobTypeName: string,
    errorInterface: ErrorInterface | ErrorInterfaceParts = {},
  ) {
    this.errorInterface =
      errorInterface instanceof ErrorInterface ? errorInterface : new ErrorInterface(errorInterface);
  }

  /**
   * Saves the errors that are defined here, and the mapping in place of the one that was stored: all or nothing.
   * @throws InvalidErrorDefinition that names each exit code whose error nobody knows.
   */
  async saveModels(): Promise<void> {
    await this.errors.saveErrorInterface(this.jobTypeName, this.errorInterface);
  }

  /**
   * The error that an exit code reports by the mapping that is stored; then the one that is registered for the code, then
   * the built-in `algorithm-unknown`. Null for 0, which is success.
   */
  getError(exitCode: number): Promise<ErrorEntity | null> {
    return this.errors.getJobErrorByExitCode(this.jobTypeName, exitCode);
  }
}
