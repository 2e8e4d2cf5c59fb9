import { unstorableProblem } from '../database/storable-text.js';
import { ERROR_CATEGORIES, ERROR_LIMITS, type ErrorCategory } from './error.entity.js';

/** The categories that may be given: the errors of SYSTEM come with the system. */
export const GIVEN_CATEGORIES = ERROR_CATEGORIES.filter((category) => category !== 'SYSTEM');
export type GivenCategory = Exclude<ErrorCategory, 'SYSTEM'>;

/** Says what is wrong with a text that has to be there, or null. */
export function textProblem(field: keyof typeof ERROR_LIMITS, value: unknown): string | null {
  const limit = ERROR_LIMITS[field];
  if (value === undefined) return `This is missing. Give a text of 1 to ${limit} characters.`;
  if (typeof value !== 'string') return `This is ${kindOf(value)}. Give a text of 1 to ${limit} characters.`;
  if (value.trim() === '') return `This is empty. Give a text of 1 to ${limit} characters.`;
  // A text as long as the limit in UTF-16 units is never longer in characters, which are what databases count.
  const length = value.length > limit ? charactersOf(value) : 0;
  if (length > limit) return `This has ${length} characters, and ${limit} are the most there can be. Shorten it.`;
  return unstorableProblem(value);
}

function charactersOf(text: string): number {
  return Array.from(text).length;
}

/** Says what is wrong with a category that is given, or null. */
export function categoryProblem(value: unknown): string | null {
  if ((GIVEN_CATEGORIES as readonly unknown[]).includes(value)) return null;
  const choice = `Choose one of ${GIVEN_CATEGORIES.join(', ')}.`;
  if (value === 'SYSTEM') return `Errors of category SYSTEM come with the system and cannot be defined. ${choice}`;
  if (value === undefined) return `This is missing. ${choice}`;
  return `${typeof value === 'string' ? `“${value.slice(0, 50).toWellFormed()}”` : `This, ${kindOf(value)},`} is no category. ${choice}`;
}

/** Says what is wrong with a yes or no, or null. */
export function booleanProblem(value: unknown): string | null {
  return typeof value === 'boolean' ? null : `This is ${kindOf(value)}. Give true or false.`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}
