import { Inject, Injectable, Logger } from '@nestjs/common';
import { MAX_AGE } from './error-cache.js';
import { ErrorsService } from './errors.service.js';

/**
 * Keeps the built-in errors in memory as fresh as the rest of the cache: they are looked up synchronously, so that they
 * cannot be loaded when they are asked for.
 */
@Injectable()
export class BuiltinRefresh {
  private readonly logger = new Logger('ErrorCatalogue');
  private readonly timer: NodeJS.Timeout;
  private isFailing = false;

  constructor(@Inject(ErrorsService) private readonly errors: ErrorsService) {
    this.timer = setInterval(() => void this.refresh(), MAX_AGE).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async refresh(): Promise<void> {
    try {
      await this.errors.cacheBuiltinErrors();
      this.isFailing = false;
    } catch (error) {
      // Said once for each outage: what was read last stays good meanwhile.
      if (!this.isFailing) this.logger.warn(`The built-in errors could not be read anew: ${String(error)}`);
      this.isFailing = true;
    }
  }
}
