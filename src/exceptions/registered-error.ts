import { registerError } from './error-registry.js';
import type { ScaleError } from './scale-error.js';

/**
 * Registers a class of process errors where it is declared, as {@link registerError} does.
 * @throws Error, while the module is loaded, when its exit code or its exception stands for another error already.
 */
export function RegisteredError(): (type: new () => ScaleError) => void {
  return (type) => registerError(new type());
}
