import { BadRequest, Conflict, NotFound, PreconditionFailed } from '../exceptions/client-errors.js';
import type { FieldError } from '../exceptions/field-error.js';
import type { ErrorEntity } from './error.entity.js';

/** No such error in the catalogue. */
export class ErrorNotFound extends NotFound {
  constructor(sought: string) {
    super(`The catalogue has no ${sought}.`);
  }
}

/** The list is not that long. */
export class PageNotFound extends NotFound {
  constructor(page: string, pages?: number) {
    const extent =
      pages === undefined ? 'Pages are counted from 1, and “last” is the last one.' : `The last one is ${pages}.`;
    super(`There is no page ${page}. ${extent}`);
  }
}

/** What was given cannot be stored; `errors` says which field and why. */
export class InvalidErrorDefinition extends BadRequest {
  constructor(detail: string, errors: readonly FieldError[] = []) {
    super(detail, { errors });
  }
}

/** Another error has this job type and name. */
export class NaturalKeyTaken extends Conflict {
  constructor(readonly holder: ErrorEntity) {
    super(
      `The ${describeKey(...holder.naturalKey())} exists already, with id ${holder.id}. ` +
        'Edit that one with PATCH, or choose another name.',
    );
  }
}

/** The error is of another version than the client asks for: most likely it was edited since the client read it. */
export class StaleVersion extends PreconditionFailed {
  /** @param versions those that the client allows; without any that the error ever had, nothing says that it was edited. */
  constructor(current: ErrorEntity, versions: readonly number[] = []) {
    const wasRead = versions.some((version) => version > 0 && version < current.version);
    super(
      wasRead
        ? `Error ${current.id} was edited since you read it: its ETag is now "${current.version}". ` +
            'Nothing was changed. Read it again, then repeat your edit.'
        : `If-Match names no version that error ${current.id} has had: a weak tag (W/"…") or what is no entity tag matches ` +
            'nothing. Nothing was changed. Read the error and send its ETag as it is, quotes and all, such as ' +
            `If-Match: "${current.version}".`,
    );
  }
}

/** A natural key as a sentence names it. */
export function describeKey(jobTypeName: string | null, name: string): string {
  return jobTypeName === null ? `error “${name}” of no job type` : `error “${name}” of job type “${jobTypeName}”`;
}
