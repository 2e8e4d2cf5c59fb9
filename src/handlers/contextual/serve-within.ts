import type { Server } from 'node:http';

type Listener = (...args: unknown[]) => unknown;

/**
 * Lets a server serve each request within something, such as an asynchronous context.
 * @returns what takes that away again.
 */
export function serveWithin(server: Server, within: (serve: () => void) => void): () => void {
  const listeners = server.listeners('request') as Listener[];
  const serve: Listener = (...args) =>
    within(() => {
      for (const listener of listeners) Reflect.apply(listener, server, args);
    });
  server.removeAllListeners('request').on('request', serve);
  return () => {
    server.off('request', serve);
    for (const listener of listeners) server.on('request', listener);
  };
}
