import { BadRequestException, ConflictException, NotFoundException, PreconditionFailedException } from '@nestjs/common';
import type { ErrorEntity } from './error.entity.js';
import type { Problem } from './problem.js';

/** No such error in the catalogue. */
export class ErrorNotFound extends NotFoundException {
  constructor(sought: string) {
    super(saying(`The catalogue has no ${sought}.`));
  }
}

/** The list is not that long. */
export class PageNotFound extends NotFoundException {
  constructor(page: string, pages?: number) {
    const extent =
      pages === undefined ? 'Pages are counted from 1, and “last” is the last one.' : `The last one is ${pages}.`;
    super(saying(`There is no page ${page}. ${extent}`));
  }
}

/** What was given cannot be stored; `problems` says which field and why. */
export class InvalidErrorDefinition extends BadRequestException {
  constructor(
    detail: string,
    readonly problems: readonly Problem[] = [],
  ) {
    super({ ...saying(detail), ...(problems.length > 0 ? { errors: problems } : {}) });
  }
}

/** Another error has this job type and name. */
export class NaturalKeyTaken extends ConflictException {
  constructor(readonly holder: ErrorEntity) {
    super(
      saying(
        `The ${describeKey(...holder.naturalKey())} exists already, with id ${holder.id}. ` +
          'Edit that one with PATCH, or choose another name.',
      ),
    );
  }
}

/** The error was edited since the client read it. */
export class StaleVersion extends PreconditionFailedException {
  constructor(current: ErrorEntity) {
    super(
      saying(
        `Error ${current.id} was edited since you read it: its ETag is now "${current.version}". ` +
          'Nothing was changed. Read it again, then repeat your edit.',
      ),
    );
  }
}

/** A natural key as a sentence names it. */
export function describeKey(jobTypeName: string | null, name: string): string {
  return jobTypeName === null ? `error “${name}” of no job type` : `error “${name}” of job type “${jobTypeName}”`;
}

/** Clients read the detail; Nest takes the exception's own message from the body too. */
function saying(detail: string): { detail: string; message: string } {
  return { detail, message: detail };
}
