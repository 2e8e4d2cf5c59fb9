import type { ErrorRegistry } from '../exceptions/error-registry.js';
import type { BuiltinError } from './builtin-errors.js';

/** Registers the exit codes of built-in errors. A code that a host gave to an error of its own stays with that. */
export function registerExitCodes(builtins: readonly BuiltinError[], registry: ErrorRegistry): void {
  for (const { name, exitCode } of builtins) {
    if (exitCode !== undefined && registry.byExitCode(exitCode) === null)
      registry.register({ exitCode, errorName: name });
  }
}
