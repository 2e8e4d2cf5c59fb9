import { errorRegistry } from '../exceptions/error-registry.js';
import { ScaleError } from '../exceptions/scale-error.js';

/** What nobody registered: exit code 1, as Node itself ends with. */
class UnknownFailure extends ScaleError {
  constructor(cause: unknown) {
    super(1, 'unknown', {
      cause,
      message: 'The program failed for a reason that nobody registered',
      logStacktrace: true,
    });
  }
}

/**
 * Writes to the log what a program failed with. Never throws.
 * @returns the exit code that reports it.
 */
export function reportFailure(thrown: unknown): number {
  const error = errorRegistry.byException(thrown) ?? new UnknownFailure(thrown);
  try {
    error.log();
  } catch {
    process.stderr.write(`The program failed with “${error.errorName}”, and its log could not be written.\n`);
  }
  const { exitCode } = error;
  return Number.isInteger(exitCode) && exitCode > 0 && exitCode < 256 ? exitCode : 1;
}
