import type { FieldError } from '../../exceptions/field-error.js';
import { unstorableProblem } from '../definition-rules.js';
import {
  ERROR_FIELDS,
  type ErrorField,
  type ErrorFilters,
  type ErrorOrder,
  type PageRequest,
} from '../error-filters.js';
import { readInstant } from '../instant.js';

const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 1_000;

const FIELD_OF_WIRE_NAME = new Map<string, ErrorField>(ERROR_FIELDS.map((field) => [toWireName(field), field]));
const BOOLEANS = new Map([
  ...['true', 't', '1'].map((text) => [text, true] as const),
  ...['false', 'f', '0'].map((text) => [text, false] as const),
]);

/** What a list is asked for; `page` is still the text that names a page that cannot exist, if it does. */
export interface ErrorListQuery {
  readonly filters: ErrorFilters;
  readonly page: PageRequest['page'] | { readonly unreadable: string };
  readonly pageSize: number;
}

/**
 * Reads the parameters of `GET /errors/`. Of a repeated one the last counts, except for `order`; unknown ones are ignored.
 * @param search the query string, without the question mark.
 * @returns the query, or everything that is wrong with it.
 */
export function readErrorListQuery(search: string, now = new Date()): ErrorListQuery | FieldError[] {
  const unreadable = unreadableProblem(search);
  if (unreadable !== null) return [{ detail: unreadable }];
  const given = new URLSearchParams(search);
  const problems: FieldError[] = [];
  const last = (parameter: string): string | undefined => given.getAll(parameter).at(-1);
  const read = <Value>(parameter: string, reader: (text: string) => Value | string): Value | undefined => {
    const text = last(parameter);
    const value = text === undefined ? undefined : reader(text);
    if (typeof value !== 'string') return value;
    problems.push({ parameter, detail: value });
    return undefined;
  };
  const equal = (parameter: string): string | undefined => last(parameter) || undefined;

  const started = read('started', (text) => readInstant(text, now));
  const ended = read('ended', (text) => readInstant(text, now));
  if (started && ended && started >= ended) {
    problems.push({
      parameter: 'started',
      detail: 'This is not before “ended”, so nothing can lie between. Swap them.',
    });
  }
  const isBuiltin = read('is_builtin', readBoolean);
  const pageSize = read('page_size', readPageSize) ?? DEFAULT_PAGE_SIZE;
  const order = given.getAll('order').map((text) => {
    const entry = readOrder(text);
    if (entry === null) problems.push({ parameter: 'order', detail: orderProblem(text) });
    return entry;
  });
  if (problems.length > 0) return problems;

  const wanted = {
    started,
    ended,
    isBuiltin,
    jobTypeName: equal('job_type_name'),
    name: equal('name'),
    category: equal('category'),
    order: order.length > 0 ? order : undefined,
  };
  const filters = Object.fromEntries(Object.entries(wanted).filter(([, filter]) => filter !== undefined));
  return { filters, page: readPage(last('page')), pageSize };
}

/** What is sent in an encoding that is none would otherwise be read as something else, or refused by the database. */
function unreadableProblem(search: string): string | null {
  const remedy = 'Percent-encode the text as UTF-8.';
  try {
    const text = decodeURIComponent(search);
    const problem = unstorableProblem(text);
    return problem === null ? null : `The query string cannot be used. ${problem}`;
  } catch {
    return `The query string contains an escape that is no UTF-8. ${remedy}`;
  }
}

function readPage(text: string | undefined): ErrorListQuery['page'] {
  if (text === undefined) return 1;
  if (text === 'last') return 'last';
  const page = /^\d+$/.test(text) ? Number(text) : 0;
  return page > 0 && Number.isSafeInteger(page) ? page : { unreadable: text };
}

function readPageSize(text: string): number | string {
  const size = /^\d+$/.test(text) ? Number(text) : 0;
  if (size > 0) return Math.min(size, MAX_PAGE_SIZE);
  return `“${text}” is no positive integer. Give how many errors a page shall hold, from 1 to ${MAX_PAGE_SIZE}.`;
}

function readBoolean(text: string): boolean | string {
  return BOOLEANS.get(text.toLowerCase()) ?? `“${text}” is neither true nor false. Write true, t, 1, false, f or 0.`;
}

function readOrder(text: string): ErrorOrder | null {
  const isDescending = text.startsWith('-');
  const field = FIELD_OF_WIRE_NAME.get(isDescending ? text.slice(1) : text);
  if (field === undefined) return null;
  return isDescending ? `-${field}` : field;
}

function orderProblem(text: string): string {
  return `“${text}” is no field to order by. The fields are ${[...FIELD_OF_WIRE_NAME.keys()].join(', ')}; “-” before one turns its order round.`;
}

function toWireName(field: string): string {
  return field.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}
