import leven from 'leven';
import type { ErrorEntity } from './error.entity.js';

/** The built-in errors in memory, where they can be looked up synchronously. */
export class BuiltinIndex {
  private byName: ReadonlyMap<string, ErrorEntity> = new Map();

  /** @throws Error when there is none: the name is a mistake of the program's. */
  get(name: string): ErrorEntity {
    return this.byName.get(name) ?? this.refuse(name);
  }

  find(name: string): ErrorEntity | null {
    return this.byName.get(name) ?? null;
  }

  /** Takes what was read of the database; an edit that was made meanwhile is newer than that. */
  replace(found: readonly ErrorEntity[]): void {
    this.byName = new Map(found.map((error) => [error.name, newer(error, this.byName.get(error.name))]));
  }

  /** Tells of an error that was edited. */
  edited(error: ErrorEntity): void {
    if (!this.byName.has(error.name) || !error.isBuiltin || error.jobTypeName !== null) return;
    this.byName = new Map(this.byName).set(error.name, newer(error, this.byName.get(error.name)));
  }

  private refuse(name: string): never {
    const nearest = [...this.byName.keys()].sort((a, b) => leven(a, name) - leven(b, name)).slice(0, 3);
    throw new Error(
      `There is no built-in error “${name}”, so nothing can be said about it. ` +
        (nearest.length > 0
          ? `The nearest names are ${nearest.join(', ')}; other errors are found with getByNaturalKey or getJobError.`
          : 'No built-in errors are loaded at all: call cacheBuiltinErrors() once the database is migrated and seeded.'),
    );
  }
}

function newer(error: ErrorEntity, other: ErrorEntity | undefined): ErrorEntity {
  return other !== undefined && other.id === error.id && other.version > error.version ? other : error;
}
