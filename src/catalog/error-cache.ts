import type { ErrorEntity } from './error.entity.js';
import { FreshCache } from './fresh-cache.js';

/** How long an error may be served without asking the database, in milliseconds: others' writes are seen within 5 s. */
export const MAX_AGE = 4_000;
const MAX_ABSENCE = 1_000;
const MAX_ERRORS = 10_000;

/** The errors of the catalogue that were asked for lately, by id and by natural key, and their number. */
export class ErrorCache {
  // Each error stands under both of its keys.
  private readonly errors = new FreshCache<string, ErrorEntity>({
    max: 2 * MAX_ERRORS,
    maxAge: MAX_AGE,
    maxAbsence: MAX_ABSENCE,
  });
  private readonly counts = new FreshCache<'all', number>({ max: 1, maxAge: MAX_AGE, maxAbsence: MAX_ABSENCE });

  peekById(id: number): ErrorEntity | null | undefined {
    return this.errors.peek(idKey(id));
  }

  peekByNaturalKey(jobTypeName: string | null, name: string): ErrorEntity | null | undefined {
    return this.errors.peek(naturalKey(jobTypeName, name));
  }

  byId(id: number, load: () => Promise<ErrorEntity | null>): Promise<ErrorEntity | null> {
    return this.errors.fetch(idKey(id), load);
  }

  byNaturalKey(
    jobTypeName: string | null,
    name: string,
    load: () => Promise<ErrorEntity | null>,
  ): Promise<ErrorEntity | null> {
    return this.errors.fetch(naturalKey(jobTypeName, name), load);
  }

  count(load: () => Promise<number>): Promise<number> {
    return this.counts.fetch('all', load) as Promise<number>;
  }

  /** The number is seen to be another one. */
  forgetCount(): void {
    this.counts.forget('all');
  }

  /** Tells of an error that was inserted. */
  inserted(error: ErrorEntity): void {
    this.edited(error);
    this.counts.forget('all');
  }

  /** Tells of an error that was edited. */
  edited(error: ErrorEntity): void {
    for (const key of keysOf(error)) {
      // Of two edits made at once, the answer to the earlier one may come last.
      if ((this.errors.peek(key)?.version ?? 0) <= error.version) this.errors.set(key, error);
    }
  }

  /** Tells of many errors at once, which are not worth the place of those that are read. */
  forget(errors: readonly ErrorEntity[]): void {
    for (const error of errors) for (const key of keysOf(error)) this.errors.forget(key);
    this.counts.forget('all');
  }

  clear(): void {
    this.errors.clear();
    this.counts.clear();
  }
}

function keysOf(error: ErrorEntity): [string, string] {
  return [idKey(error.id), naturalKey(...error.naturalKey())];
}

function idKey(id: number): string {
  return `#${id}`;
}

/** No NUL is in a name that is stored. */
function naturalKey(jobTypeName: string | null, name: string): string {
  return `${jobTypeName === null ? '' : `=${jobTypeName}`}\0${name}`;
}
