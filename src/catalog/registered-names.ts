import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { errorRegistry } from '../exceptions/error-registry.js';
import { ErrorsService } from './errors.service.js';

/** Says at start which registered errors the catalogue does not have: nothing could be said about them when they happen. */
@Injectable()
export class RegisteredNames implements OnApplicationBootstrap {
  private readonly logger = new Logger('ErrorCatalogue');

  constructor(@Inject(ErrorsService) private readonly errors: ErrorsService) {}

  onApplicationBootstrap(): void {
    for (const { exitCode, errorName } of errorRegistry.registrations()) {
      if (this.errors.getErrorByExitCode(exitCode) !== null) continue;
      this.logger.warn(
        `Exit code ${exitCode} is registered for “${errorName}”, which is no built-in error of the catalogue, so it is judged ` +
          'as unknown. Add the error to catalog.builtins, or correct the name that is registered.',
      );
    }
  }
}
