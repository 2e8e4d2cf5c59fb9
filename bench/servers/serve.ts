import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Begins in a process that {@link startBareServer} began: it ends with its parent, which sends the settings. */
export async function settingsFromParent<Settings>(): Promise<Settings> {
  process.once('disconnect', () => process.exit());
  // Ctrl-C reaches every process of the terminal; the parent ends this one once it is done with it.
  process.on('SIGINT', () => {});
  const [settings] = (await once(process, 'message')) as [Settings];
  return settings;
}

/** Tells the parent on which port it is listened. */
export function tellParent(server: Server): void {
  process.send?.((server.address() as AddressInfo).port);
}

/** Runs a server on a free port, as the settings from the parent want it. */
export async function serve<Settings>(
  listenerFor: (settings: Settings) => RequestListener,
  keepAliveTimeout: (settings: Settings) => number | undefined = () => undefined,
): Promise<void> {
  const settings = await settingsFromParent<Settings>();
  const server = createServer(listenerFor(settings));
  server.keepAliveTimeout = keepAliveTimeout(settings) ?? server.keepAliveTimeout;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  tellParent(server);
}
