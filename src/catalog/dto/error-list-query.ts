import type { FieldError } from '../../exceptions/field-error.js';
import {
  ERROR_FIELDS,
  type ErrorField,
  type ErrorFilters,
  type ErrorOrder,
  type PageRequest,
} from '../error-filters.js';
import { QueryReader, type Unreadable } from '../../rest/query-reader.js';

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
  const query = new QueryReader(search);
  const { started, ended } = query.period(now);
  const isBuiltin = query.read('is_builtin', readBoolean);
  const pageSize = query.pageSize();
  const order = query.readAll('order', (text) => readOrder(text) ?? { problem: orderProblem(text) });
  if (query.problems.length > 0) return query.problems;

  const wanted = {
    started,
    ended,
    isBuiltin,
    jobTypeName: query.equal('job_type_name'),
    name: query.equal('name'),
    category: query.equal('category'),
    order: order.length > 0 ? order : undefined,
  };
  const filters = Object.fromEntries(Object.entries(wanted).filter(([, filter]) => filter !== undefined));
  return { filters, page: readPage(query.last('page')), pageSize };
}

function readPage(text: string | undefined): ErrorListQuery['page'] {
  if (text === undefined) return 1;
  if (text === 'last') return 'last';
  const page = /^\d+$/.test(text) ? Number(text) : 0;
  return page > 0 && Number.isSafeInteger(page) ? page : { unreadable: text };
}

function readBoolean(text: string): boolean | Unreadable {
  const problem = `“${text}” is neither true nor false. Write true, t, 1, false, f or 0.`;
  return BOOLEANS.get(text.toLowerCase()) ?? { problem };
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
