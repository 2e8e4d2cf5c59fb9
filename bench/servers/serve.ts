import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Runs a server in a process that {@link startBareServer} began: takes the settings that the parent sends, listens on a
 * free port, tells it to the parent, and ends with it.
 */
export async function serve<Settings>(
  listenerFor: (settings: Settings) => RequestListener,
  keepAliveTimeout: (settings: Settings) => number | undefined = () => undefined,
): Promise<void> {
  process.once('disconnect', () => process.exit());
  // Ctrl-C reaches every process of the terminal; the parent ends this one once it is done with it.
  process.on('SIGINT', () => {});
  const [settings] = (await once(process, 'message')) as [Settings];
  const server = createServer(listenerFor(settings));
  server.keepAliveTimeout = keepAliveTimeout(settings) ?? server.keepAliveTimeout;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.((server.address() as AddressInfo).port);
}
