import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { errorRegistry } from '../exceptions/error-registry.js';
import { ErrorNotFound } from './catalog-errors.js';
import { ErrorsService } from './errors.service.js';

/** Says at start which of the errors that processes end with is in no catalogue, where everybody would look for it in vain. */
@Injectable()
export class RegisteredNames implements OnApplicationBootstrap {
  private readonly logger = new Logger('Errors');

  constructor(@Inject(ErrorsService) private readonly errors: ErrorsService) {}

  async onApplicationBootstrap(): Promise<void> {
    const names = new Set(errorRegistry.registrations().map(({ errorName }) => errorName));
    for (const name of names) {
      if (await this.isCatalogued(name)) continue;
      const exitCodes = errorRegistry.exitCodesOf(name).join(', ');
      this.logger.warn(
        `The error “${name}” is registered for exit code ${exitCodes} and is not in the catalogue, so nothing is known of it there. ` +
          'Add an error of this name that belongs to no job type, or register another name.',
      );
    }
  }

  private async isCatalogued(name: string): Promise<boolean> {
    try {
      await this.errors.getByNaturalKey(null, name);
      return true;
    } catch (error) {
      if (error instanceof ErrorNotFound) return false;
      throw error;
    }
  }
}
