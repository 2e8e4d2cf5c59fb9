import { InvalidErrorDefinition, NaturalKeyTaken, StaleVersion } from './catalog-errors.js';
import {
  changeProblems,
  definitionProblems,
  type ErrorChanges,
  type ErrorDefinition,
  givenChanges,
  wholeDefinition,
} from './error-definition.js';
import { checkedId, type ErrorLookups, noErrorWithId } from './error-lookups.js';
import type { ErrorEntity } from './error.entity.js';
import { type ErrorRepository, isAllowedForSystemErrors } from './error.repository.js';

/** Adds and edits single errors. */
export class ErrorEdits {
  constructor(
    private readonly repository: ErrorRepository,
    private readonly lookups: ErrorLookups,
  ) {}

  /** @throws InvalidErrorDefinition that names every field that cannot be stored, NaturalKeyTaken */
  async create(given: ErrorDefinition): Promise<ErrorEntity> {
    const definition = wholeDefinition(given);
    const problems = definitionProblems(definition);
    if (problems.length > 0) throw new InvalidErrorDefinition('The error was not added.', problems);
    const error = await this.repository.insert(definition);
    if (error === null) {
      const holder = await this.repository.findByNaturalKey(definition.jobTypeName, definition.name);
      // It was there a moment ago, and is gone: the natural key is free again.
      return holder === null ? this.create(definition) : Promise.reject(new NaturalKeyTaken(holder));
    }
    this.lookups.cache.inserted(error);
    return error;
  }

  /** @throws ErrorNotFound, StaleVersion, InvalidErrorDefinition */
  async edit(id: number, given: ErrorChanges, versions: readonly number[] | null): Promise<ErrorEntity> {
    checkedId(id);
    const changes = givenChanges(given);
    const problems = changeProblems(changes);
    if (problems.length > 0) throw new InvalidErrorDefinition(`Error ${id} was not edited.`, problems);
    if (Object.keys(changes).length > 0) {
      const edited = await this.repository.update(id, changes, versions);
      if (edited !== null) {
        this.lookups.edited(edited);
        return edited;
      }
    }
    const current = await this.repository.findById(id);
    if (current === null) throw noErrorWithId(id);
    if (versions !== null && !versions.includes(current.version)) throw new StaleVersion(current, versions);
    if (isAllowedForSystemErrors(changes)) return current;
    throw new InvalidErrorDefinition(
      `Error ${id} has category SYSTEM: of such an error only should_be_retried can be changed. Nothing was changed.`,
    );
  }
}
