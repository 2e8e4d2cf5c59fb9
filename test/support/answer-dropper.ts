import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** By what a server tells that a statement is done with: the tag of the command, or the packet that says OK. */
const ACKNOWLEDGES: Readonly<Record<string, (answer: Buffer) => boolean>> = {
  'postgresql:': (answer) => answer.includes('INSERT 0 ') || answer.includes('COPY '),
  'mysql:': (answer) => answer[4] === 0,
};

/** Stands before a database server, and can lose the answer to what it has passed on. */
export class AnswerDropper {
  private readonly sockets = new Set<Socket>();
  private needle: string | null = null;
  /** How many answers were lost. */
  dropped = 0;

  private constructor(
    /** The address of the same database, by way of this. */
    readonly url: string,
    private readonly acknowledges: (answer: Buffer) => boolean,
    private readonly shut: () => void,
  ) {}

  static async before(url: string): Promise<AnswerDropper> {
    const place = new URL(url);
    const acknowledges = ACKNOWLEDGES[place.protocol];
    if (acknowledges === undefined) throw new Error(`It is not known how ${place.protocol} tells that all is done.`);
    const port = Number(place.port);
    const server = createServer((client) => dropper.pass(client, connect(port, '127.0.0.1')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    place.port = String((server.address() as AddressInfo).port);
    const dropper = new AnswerDropper(place.href, acknowledges, () => void server.close());
    return dropper;
  }

  /** Loses the answer to the next statement that has this text in it, and the connection with it. */
  dropNext(text: string): void {
    this.needle = text;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.shut();
  }

  private pass(client: Socket, server: Socket): void {
    let isDropping = false;
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          this.sockets.delete(socket);
          client.destroy();
          server.destroy();
        });
    }
    client.on('data', (sent) => {
      if (this.needle !== null && sent.includes(this.needle)) {
        this.needle = null;
        isDropping = true;
      }
      server.write(sent);
    });
    server.on('data', (answer) => {
      if (!isDropping) client.write(answer);
      else if (this.acknowledges(answer)) {
        this.dropped++;
        client.destroy();
      }
    });
  }
}
