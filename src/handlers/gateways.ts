import type { ModulesContainer } from '@nestjs/core';
import { ErrorFilter } from './error.filter.js';

/** What Nest's decorators leave on a gateway, and `@UseFilters()` on a class. */
const GATEWAY_METADATA = 'websockets:is_gateway';
const FILTERS_METADATA = '__exceptionFilters__';

/**
 * Puts the filter on every gateway, because Nest asks no global filter about what happens over WebSockets. It stands first,
 * which is to be asked last; that of another application which has the gateway, too, makes room.
 */
export function watchGateways(filter: ErrorFilter, modules: ModulesContainer): void {
  for (const { providers } of modules.values()) {
    for (const { metatype } of providers.values()) {
      if (typeof metatype !== 'function' || !Reflect.hasMetadata(GATEWAY_METADATA, metatype)) continue;
      const filters = (Reflect.getMetadata(FILTERS_METADATA, metatype) as unknown[] | undefined) ?? [];
      const others = filters.filter((other) => !(other instanceof ErrorFilter));
      Reflect.defineMetadata(FILTERS_METADATA, [filter, ...others], metatype);
    }
  }
}
