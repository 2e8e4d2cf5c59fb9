import { types } from 'node:util';
import type { ValuePreview } from './value-preview.js';

/** What is told of every error in a place of its own. */
const TOLD: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause', 'errors']);

const MAX_PROPERTIES = 40;

/**
 * What an error carries beside its name and message, such as the code and the detail of a database: its own enumerable
 * properties, as a console shows them. Nothing of theirs is run.
 */
export function errorProperties(thrown: unknown, preview: ValuePreview): Record<string, string> {
  if (!types.isNativeError(thrown) || types.isProxy(thrown)) return {};
  const values = Reflect.ownKeys(thrown).flatMap((key): [string, unknown][] => {
    const descriptor = Reflect.getOwnPropertyDescriptor(thrown, key);
    // Drivers set every property that they know, most of them to nothing.
    const isTold = typeof key === 'symbol' || TOLD.has(key) || descriptor?.enumerable !== true;
    return isTold || descriptor.value === undefined ? [] : [[key, descriptor.value]];
  });
  const shown = values
    .slice(0, MAX_PROPERTIES)
    .map(([name, value]): [string, string] => [name, preview.ofNamed(name, value)]);
  const more = values.length - shown.length;
  return Object.fromEntries(more === 0 ? shown : [...shown, ['…', `${more} more`]]);
}
