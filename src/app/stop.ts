import type { INestApplication } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Connections } from './connections.js';

/** How often connections are looked through that have become idle, in milliseconds. */
const IDLE_CHECK = 50;

/**
 * Stops the service on SIGTERM and SIGINT: no new connections, what is in flight is finished, then the process ends. A
 * second signal ends it at once, and so does the time limit.
 * @param timeout in seconds.
 */
export function stopOnSignal(app: INestApplication, connections: Connections, timeout: number, logger: Logger): void {
  let isStopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (isStopping) {
      logger.warn(`${signal} came again: requests in flight are broken off.`);
      process.exit(1);
    }
    isStopping = true;
    logger.info(`${signal} came: requests in flight are finished, then the service stops.`);
    setTimeout(() => {
      logger.warn(`Requests in flight did not finish within ${timeout} s and are broken off.`);
      process.exit(1);
    }, timeout * 1000).unref();
    // A connection that is open would be waited for, although nothing may ever come over it.
    setInterval(() => connections.closeIdle(), IDLE_CHECK).unref();
    try {
      await app.close();
      logger.info('The service has stopped.');
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'The service stopped with an error.');
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}
