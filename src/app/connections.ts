import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** Where Node tells of them, whichever server of this process it is. */
const CONNECTED = 'net.server.socket';
const BEGUN = 'http.server.request.start';
const FINISHED = 'http.server.response.finish';

/** What all three of them tell of. */
interface Told {
  readonly socket: Socket;
}

/**
 * The open connections to this process, each with how many of its requests are in flight. Node itself calls none of them idle
 * that has sent nothing yet, or half a head.
 */
export class Connections {
  private readonly inFlight = new Map<Socket, number>();

  constructor() {
    subscribe(CONNECTED, (message) => this.add((message as Told).socket));
    subscribe(BEGUN, (message) => this.count((message as Told).socket, 1));
    subscribe(FINISHED, (message) => this.count((message as Told).socket, -1));
  }

  /** Closes those over which no request is in flight. */
  closeIdle(): void {
    for (const [socket, requests] of this.inFlight) if (requests === 0) socket.destroy();
  }

  private add(socket: Socket): void {
    this.inFlight.set(socket, 0);
    socket.once('close', () => this.inFlight.delete(socket));
  }

  private count(socket: Socket, requests: 1 | -1): void {
    const before = this.inFlight.get(socket);
    if (before !== undefined) this.inFlight.set(socket, before + requests);
  }
}
