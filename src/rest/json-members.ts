import { type FieldError, pointerTo } from '../exceptions/field-error.js';
import { deeperThan, deepMembers } from '../exceptions/nesting.js';

/** The most levels that a member of a body has; what the interface takes has three at most. */
const MAX_LEVELS = 32;

/** Whether a value is an object of JSON, and no array. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is said of the members of an object that nobody asked for, below the steps given. */
export function unknownMembers(object: object, known: readonly string[], ...steps: string[]): FieldError[] {
  const unknown = Object.keys(object).filter((member) => !known.includes(member));
  const detail = `There is no such field. The fields are ${known.join(', ')}.`;
  return unknown.map((member) => ({ pointer: pointerTo(...steps, member), detail }));
}

/** What is said of the members of an object that are nested too deep for anybody to look at the rest. */
export function tooDeepMembers(object: object): FieldError[] {
  const detail = deeperThan(MAX_LEVELS);
  return deepMembers(object, MAX_LEVELS).map((member) => ({ pointer: pointerTo(member), detail }));
}
