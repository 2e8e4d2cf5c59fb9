import type { FieldError } from '../../../exceptions/field-error.js';
import { QueryReader } from '../../../rest/query-reader.js';
import { STORABLE_TIMES } from '../../records/storable-times.js';

/** How far back is looked when nothing is said, in milliseconds: a day. */
const DEFAULT_PERIOD = 86_400_000;

/** The period that occurrences are counted in. */
export interface OccurrencesQuery {
  readonly started: Date;
  readonly ended: Date;
}

/**
 * Reads the parameters of `GET /errors/{id}/occurrences/`. Without `started` it is a day that ends where the period ends.
 * @returns the period, or everything that is wrong with it.
 */
export function readOccurrencesQuery(search: string, now = new Date()): OccurrencesQuery | FieldError[] {
  const query = new QueryReader(search);
  const given = query.period(now);
  if (query.problems.length > 0) return query.problems;
  const ended = given.ended ?? now;
  const started = given.started ?? new Date(Math.max(ended.getTime() - DEFAULT_PERIOD, STORABLE_TIMES.first));
  if (started <= ended) return { started, ended };
  return [{ parameter: 'started', detail: 'This lies in the future, so nothing can have happened since. Correct it.' }];
}
