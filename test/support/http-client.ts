import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

/** What is sent, exactly: nothing is added that a client would add by itself, such as `Accept`. */
export interface Question {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** False when the connection broke before the end of the body. */
  readonly isWhole: boolean;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** Sends a request; rejects when the connection breaks before there is an answer. */
export function send(origin: string, path: string, { method = 'GET', headers, body }: Question = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const sent = request({ agent, hostname, port, path, method, headers: headers ?? {} }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', () => {});
      response.on('close', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: text,
          isWhole: response.complete,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Writes what may be no HTTP at all to a socket, and gives what comes back until the other side closes. */
export function sendRaw(origin: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
    socket.on('error', reject).on('close', () => resolve(received));
  });
}

/** Takes apart an answer that came over a socket. */
export function parseAnswer(text: string): Answer {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line): [string, string] => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  return {
    status: Number(first.split(' ')[1]),
    headers,
    body,
    isWhole: Number(headers['content-length']) === Buffer.byteLength(body),
  };
}
