import 'reflect-metadata';
import { ConfigError, readConfig } from './app/config.js';
import { DatabaseUnusable } from './app/open-database.js';
import { AddressUnusable, startService } from './app/service.js';
import { createLogger } from './app/service-logger.js';
import { stopOnSignal } from './app/stop.js';

/** What a person at the terminal can mend; anything else is a fault, and its stack is wanted. */
const EXPECTED = [ConfigError, DatabaseUnusable, AddressUnusable];

try {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const { default: dataSource } = await import('../ormconfig.js');
  stopOnSignal(await startService(config, dataSource, logger), config.shutdownTimeout, logger);
} catch (error) {
  const isExpected = EXPECTED.some((kind) => error instanceof kind);
  console.error(isExpected ? (error as Error).message : error);
  process.exit(1);
}
