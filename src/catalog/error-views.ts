import { Expose, instanceToPlain } from 'class-transformer';
import { isoTime } from '../rest/iso-time.js';
import { ERROR_FIELDS, type ErrorField } from './error-filters.js';
import type { ErrorCategory, ErrorEntity } from './error.entity.js';

/** An error on the wire, as far as it identifies and explains itself. The fields stand in the order of the contract. */
export class ErrorBaseView {
  @Expose()
  id!: number;

  @Expose()
  name!: string;

  @Expose()
  title!: string | null;

  @Expose()
  description!: string | null;

  @Expose({ name: 'job_type_name' })
  jobTypeName!: string | null;

  @Expose()
  category!: ErrorCategory;

  @Expose({ name: 'is_builtin' })
  isBuiltin!: boolean;

  @Expose({ name: 'should_be_retried' })
  shouldBeRetried!: boolean;
}

/** An error in a list. */
export class ErrorView extends ErrorBaseView {
  @Expose()
  created!: Date;

  @Expose({ name: 'last_modified' })
  lastModified!: Date;
}

/** One error by itself. */
export class ErrorDetailsView extends ErrorView {}

/** An error as it goes over the wire. */
export type WireError = Readonly<Record<string, unknown>>;

/** Shows an error in a view. */
export type Show = (error: ErrorEntity) => WireError;

/**
 * Makes a function that shows errors in a view.
 *
 * Which property goes by which name is asked of class-transformer once, with a view whose every property holds its own
 * name: transforming each row of a list through it would cost more than everything else the list needs.
 */
export function showIn(view: new () => ErrorBaseView): Show {
  const probe = Object.assign(new view(), Object.fromEntries(ERROR_FIELDS.map((field) => [field, field])));
  const exposed = Object.entries(instanceToPlain(probe, { strategy: 'excludeAll' })) as [string, ErrorField][];
  const fields = exposed.sort(([, a], [, b]) => ERROR_FIELDS.indexOf(a) - ERROR_FIELDS.indexOf(b));
  return (error) => {
    const wire: Record<string, unknown> = {};
    for (const [name, field] of fields) wire[name] = onWire(error[field]);
    return wire;
  };
}

/** The JSON of errors that are read again and again: it is made once for each version, since errors are frozen. */
export function writeOnce(show: Show): (error: ErrorEntity) => string {
  const written = new WeakMap<ErrorEntity, string>();
  return (error) => {
    const known = written.get(error);
    if (known !== undefined) return known;
    const json = JSON.stringify(show(error));
    written.set(error, json);
    return json;
  };
}

/** What JSON would make of a time by itself, at a third of the cost. */
function onWire(value: ErrorEntity[ErrorField]): unknown {
  return value instanceof Date ? isoTime(value) : value;
}
