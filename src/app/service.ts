import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { HandlerRefused } from '../index.js';
import { DatabaseLogger } from '../logging.js';
import { AppModule } from './app.module.js';
import { type Config, ConfigError } from './config.js';
import { describeDatabase } from './database.js';
import { answerDetailsAhead } from './details-ahead.js';
import { addHttpHooks, createHttpAdapter } from './http-adapter.js';
import { serveOpenApi } from './openapi.js';
import { NestLogger } from './service-logger.js';

/** The port or the address cannot be listened on. */
export class AddressUnusable extends Error {}

/**
 * Starts the service.
 * @returns the running application.
 * @throws ConfigError, DatabaseUnusable, AddressUnusable
 */
export async function startService(
  config: Config,
  dataSource: DataSource,
  logger: Logger,
): Promise<NestFastifyApplication> {
  try {
    return await start(config, dataSource, logger);
  } catch (error) {
    if (!(error instanceof HandlerRefused)) throw error;
    throw new ConfigError(`ERROR_HANDLER=${config.errorHandler} cannot be used here. ${error.message}`);
  }
}

async function start(config: Config, dataSource: DataSource, logger: Logger): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    await AppModule.with(config, dataSource, logger),
    createHttpAdapter(config),
    { logger: new NestLogger(logger), abortOnError: false, forceCloseConnections: false },
  );
  try {
    app.useLogger(app.get(DatabaseLogger).printBy(new NestLogger(logger)));
    addHttpHooks(app, logger);
    answerDetailsAhead(app, config);
    serveOpenApi(app);
    await listen(app, config);
  } catch (error) {
    await app.close();
    throw error;
  }
  logger.info(`Errata listens on ${await app.getUrl()} and keeps its data in ${describeDatabase(config)}.`);
  if (config.adminToken === undefined) {
    logger.warn('ADMIN_TOKEN is not set, so the catalogue can be read but not edited.');
  }
  return app;
}

async function listen(app: NestFastifyApplication, { host, port }: Config): Promise<void> {
  await app.init();
  try {
    await app.listen(port, host);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    // A plugin of Fastify's may fail as late as this.
    if (syscall === undefined) throw error;
    const reason = REASONS.get(code) ?? String(error);
    throw new AddressUnusable(`The service cannot listen on port ${port} of ${host}: ${reason}`);
  }
}

const REASONS = new Map<unknown, string>([
  ['EADDRINUSE', 'another program does. Stop that one, or set PORT to a free port.'],
  ['EACCES', 'this user may not. Set PORT to 1024 or above.'],
  ['EADDRNOTAVAIL', 'this machine has no such address. Correct HOST.'],
  ['ENOTFOUND', 'no such address is known. Correct HOST.'],
]);
