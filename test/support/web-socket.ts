import { createRequire } from 'node:module';
import { once } from 'node:events';
import type { EventEmitter } from 'node:events';

/** What is needed of the sockets of `ws`, which comes without types. */
interface Socket extends EventEmitter {
  send(text: string): void;
  close(): void;
}

const { WebSocket } = createRequire(import.meta.url)('ws') as { WebSocket: new (address: string) => Socket };

/** The client's side of a WebSocket whose messages are events. */
export class EventSocket {
  private constructor(private readonly socket: Socket) {}

  /** @param origin of the application, as `http://127.0.0.1:<port>`. */
  static async open(origin: string, path: string): Promise<EventSocket> {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`);
    await once(socket, 'open');
    return new EventSocket(socket);
  }

  /** Sends an event, and gives the next one that comes back. */
  async ask(event: string, data: unknown): Promise<unknown> {
    const answer = once(this.socket, 'message');
    this.socket.send(JSON.stringify({ event, data }));
    const [text] = (await answer) as [Buffer];
    return JSON.parse(text.toString());
  }

  async close(): Promise<void> {
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }
}
