import { ScaleError } from '../exceptions/scale-error.js';
import { ErrorHandler } from './error-handler.js';

/** The handlers that are given by name. */
const NAMED = ['default', 'contextual', 'debug'];

/**
 * Refuses options that there are not, which would otherwise be passed over in silence.
 * @param place what they are options of, such as `handlerOptions`.
 * @throws Error that names what is wrong and what there is.
 */
export function refuseUnknown(place: string, given: unknown, known: readonly string[]): void {
  if (given === undefined) return;
  const [be, have] = place.endsWith(' options') ? ['are', 'have'] : ['is', 'has'];
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new Error(
      `ErrorModule: ${place} ${be} ${shown(given)}, and ${have} to be an object of options: ${known.join(', ')}.`,
    );
  }
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new Error(
    `ErrorModule: ${place} ${have} no option “${unknown.join('”, “')}”. The options are ${known.join(', ')}.`,
  );
}

/**
 * Refuses what is neither true nor false: a text such as 'false' would be taken for true.
 * @param place what they are options of, such as `debugger`.
 * @throws Error that names the option and what it was given.
 */
export function refuseNoBooleans(place: string, given: object = {}): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || typeof value === 'boolean') continue;
    throw new Error(`ErrorModule: ${place}.${name} is ${shown(value)}. Give true or false.`);
  }
}

/** @throws Error for what is no handler. */
export function refuseNoHandler(handler: unknown): void {
  const isNamed = typeof handler === 'string' && NAMED.includes(handler);
  const isClass =
    typeof handler === 'function' && (handler === ErrorHandler || handler.prototype instanceof ErrorHandler);
  if (isNamed || isClass || handler instanceof ErrorHandler) return;
  throw new Error(
    `ErrorModule: handler is ${shown(handler)}. Give ${NAMED.map((name) => `'${name}'`).join(', ')}, a class that extends ErrorHandler, or an instance of one.`,
  );
}

/** @throws Error for what renders nothing. */
export function refuseNoRenderers(renderers: unknown): void {
  if (renderers === undefined) return;
  const isRenderer = (given: unknown): boolean => {
    const { mediaType, render } = (given ?? {}) as { mediaType?: unknown; render?: unknown };
    return typeof mediaType === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) && typeof render === 'function';
  };
  if (Array.isArray(renderers) && renderers.every(isRenderer)) return;
  throw new Error(
    "ErrorModule: renderers has to be a list, each with a mediaType such as 'application/yaml' and a function render(document).",
  );
}

/** @throws Error for what no process can end with. */
export function refuseNoErrors(errors: unknown): void {
  if (errors === undefined) return;
  const given: readonly unknown[] = Array.isArray(errors) ? errors : [errors];
  const wrong = given.findIndex((error) => !(error instanceof ScaleError));
  if (Array.isArray(errors) && wrong === -1) return;
  throw new Error(
    `ErrorModule: errors ${Array.isArray(errors) ? 'holds' : 'is'} ${shown(given[Math.max(wrong, 0)])}. ` +
      'Give a list of instances of classes that extend ScaleError, such as [new DiskFull()].',
  );
}

/** A value as a sentence shows it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `“${value.slice(0, 100)}”`;
  if (typeof value === 'function') return `the function ${value.name || 'without a name'}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
