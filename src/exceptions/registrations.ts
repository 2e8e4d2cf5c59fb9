import { ScaleError } from './scale-error.js';

/** What an exit code is registered for: a class, or a name alone. */
type Registration = Pick<ScaleError, 'exitCode' | 'errorName'> & Partial<Pick<ScaleError, 'wrappedEx'>>;

/** How long the name of an error may be in the catalogue. */
const MAX_NAME = 50;

/** @throws Error for what no process can end with, or no catalogue can hold. */
export function refuseUnusable(error: Registration): void {
  const { exitCode, errorName } = error as { exitCode: unknown; errorName: unknown };
  if (!Number.isInteger(exitCode) || (exitCode as number) < 1 || (exitCode as number) > 255) {
    throw new Error(
      `${describeRegistration(error)} has the exit code ${String(exitCode)} and cannot be registered. A process that fails ends with an integer from 1 to 255.`,
    );
  }
  if (typeof errorName !== 'string' || errorName === '' || errorName.length > MAX_NAME) {
    throw new Error(
      `Exit code ${String(exitCode)} cannot be registered for ${describeRegistration(error)}: the name of an error in the catalogue is a text of 1 to ${MAX_NAME} characters.`,
    );
  }
}

/** @throws Error for a class that cannot be made for an exception. */
export function refuseUnmakeable(error: ScaleError): void {
  const cause = new Error('A trial.');
  let made: unknown;
  let failure: unknown;
  try {
    made = error.wrapping(cause);
  } catch (thrown) {
    failure = thrown;
  }
  if (made instanceof ScaleError && made.exitCode === error.exitCode && made.cause === cause) return;
  throw new Error(
    `${describeRegistration(error)} wraps an exception and cannot be made for one, so it was not registered. ` +
      'Let its constructor take options with a cause, or override wrapping(cause).',
    { cause: failure },
  );
}

/** Whether two registrations of an exit code say the same. A name alone says less than a class, and nothing else. */
export function isAlike(one: Registration, other: Registration): boolean {
  if (one.errorName !== other.errorName) return false;
  if (one instanceof ScaleError && other instanceof ScaleError) return sameClass(one, other);
  const [a, b] = [one.wrappedEx ?? null, other.wrappedEx ?? null];
  return a === b || a === null || b === null;
}

/** By name, because a module that is loaded twice makes its classes twice. */
export function sameClass(one: ScaleError, other: ScaleError): boolean {
  return (
    one.constructor.name === other.constructor.name &&
    one.wrappedEx === other.wrappedEx &&
    one.exitCode === other.exitCode
  );
}

/** A registration as a sentence names it. */
export function describeRegistration(error: Registration): string {
  const name = `“${String((error as { errorName: unknown }).errorName)}”`;
  return error instanceof ScaleError ? `${error.constructor.name} (${name})` : name;
}
