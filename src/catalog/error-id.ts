import { noErrorWithId } from './error-lookups.js';

/**
 * Reads the id in a path.
 * @throws ErrorNotFound for what is no id: no error has it.
 */
export function readErrorId(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw noErrorWithId(`“${text}”`);
  return Number(text);
}
