import type { ApplicationConfig } from '@nestjs/core';
import type { CataloguedPaths } from '../rendering/problem-types.js';
import type { ErrorEntity } from './error.entity.js';
import type { ErrorsService } from './errors.service.js';

/** The path without a version: problems carry it for ever. */
export const ERROR_TYPES = 'errors/types';

/** Where the errors of a catalogue are explained. */
export class ErrorTypePaths implements CataloguedPaths {
  /**
   * @param path what the host puts before the paths of the catalogue.
   * @param areServed whether the host serves what explains them.
   */
  constructor(
    private readonly errors: ErrorsService,
    private readonly config: ApplicationConfig,
    private readonly path: string,
    readonly areServed: boolean,
  ) {}

  /** The path of an error that is named by itself, or by its job type and itself with a slash between; from memory alone. */
  readonly of = (name: string): string | null => {
    const error = this.errors.peekByName(name);
    if (error === null) return null;
    const steps = [this.config.getGlobalPrefix(), this.path, ERROR_TYPES].map((step) => step.replace(/^\/|\/$/g, ''));
    return ['', ...steps.filter(Boolean), ...stepsOf(error)].join('/');
  };

  readonly idOf = (name: string): number | null => this.errors.peekByName(name)?.id ?? null;
}

function stepsOf(error: ErrorEntity): string[] {
  return error.naturalKey().flatMap((step) => (step === null ? [] : [encodeURIComponent(step)]));
}
