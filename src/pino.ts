import type { Transform } from 'node:stream';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { DatabaseLogHandler, type DatabaseLogHandlerOptions } from './logging/database-log-handler.js';
import { loadNamedDriver } from './logging/named-driver.js';
import { pinoTransport } from './logging/pino-transport.js';
import { logEntities } from './logging.js';

/** What the transport is given: pino hands it to another thread, so that it can be plain data alone. */
export interface PinoTransportOptions extends Omit<DatabaseLogHandlerOptions, 'dataSource' | 'targets' | 'table'> {
  /**
   * How TypeORM connects to the database. The table has to be there. A `driver` is the name of its module, such as
   * `'libsql'`.
   */
  dataSource: DataSourceOptions;
}

interface PinosOwn {
  readonly $context?: unknown;
  readonly pinoWillSendConfig?: unknown;
}

/**
 * A transport for pino that keeps its lines in the database:
 * `pino.transport({ target: 'nestjs-errata/pino', options: { dataSource: { type: 'postgres', url } } })`.
 * @throws Error for options that cannot be used, and for a database that cannot be reached when it starts.
 */
export default async function transport(options: PinoTransportOptions): Promise<Transform> {
  // Pino puts words of its own among the options.
  const { dataSource, $context: _, pinoWillSendConfig: __, ...others } = options as PinoTransportOptions & PinosOwn;
  const { entities = logEntities(dataSource.type) } = dataSource;
  const source = await new DataSource({ ...(await withDriver(dataSource)), entities }).initialize();
  const handler = new DatabaseLogHandler({ ...others, dataSource: source });
  return pinoTransport(handler, async () => {
    await handler.close();
    await source.destroy();
  });
}

async function withDriver(options: DataSourceOptions): Promise<DataSourceOptions> {
  const { driver } = options as { driver?: unknown };
  return typeof driver === 'string' ? { ...options, driver: await loadNamedDriver(driver) } : options;
}
