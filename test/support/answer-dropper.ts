import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands before a server, and can lose the answer to what it has passed on. */
export class AnswerDropper {
  private readonly sockets = new Set<Socket>();
  private needle: string | null = null;
  /** How many answers were lost. */
  dropped = 0;

  private constructor(
    readonly port: number,
    private readonly shut: () => void,
  ) {}

  static async before(port: number): Promise<AnswerDropper> {
    const server = createServer((client) => dropper.pass(client, connect(port, '127.0.0.1')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const dropper = new AnswerDropper((server.address() as AddressInfo).port, () => void server.close());
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
      // The statement is done with once its end is told: “C” for the command, “Z” for ready.
      if (!isDropping) client.write(answer);
      else if (answer.includes('INSERT 0 ')) {
        this.dropped++;
        client.destroy();
      }
    });
  }
}
