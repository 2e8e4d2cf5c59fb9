import 'reflect-metadata';
import { ConfigError, readConfig } from './app/config.js';
import { Connections } from './app/connections.js';
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
  // Made before anything is listened on, so that it misses no connection.
  const connections = new Connections();
  stopOnSignal(await startService(config, dataSource, logger), connections, config.shutdownTimeout, logger);
} catch (error) {
  const isExpected = EXPECTED.some((kind) => error instanceof kind);
  console.error(isExpected ? (error as Error).message : error);
  process.exit(1);
}
