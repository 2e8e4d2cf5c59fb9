import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AccessRules } from './access-rules.js';
import type { Captures } from './captures.js';
import { type FrameConsole, MAX_INPUT } from './frame-console.js';
import { isUnfinished } from './input.js';
import { consolePage, consolePolicy } from './page/console-page.js';
import { PinLock } from './pin-lock.js';

/** The largest body of a call, in bytes: an input in the longest form that JSON has for it. */
const MAX_BODY = 6 * MAX_INPUT + 1_000;

/** What a call may carry. */
interface Call {
  readonly pin?: unknown;
  readonly error?: unknown;
  readonly frame?: unknown;
  readonly input?: unknown;
  readonly value?: unknown;
}

/** Where every input is written to, beside being run. */
export type Journal = (line: string) => void;

/**
 * The console's own server: on the loopback and a port of its own, so that nothing that runs in the application's pages can
 * reach it.
 */
export class ConsoleServer {
  readonly rules = new AccessRules();
  readonly lock = new PinLock();
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  constructor(
    private readonly captures: Captures,
    private readonly journal: Journal,
  ) {}

  /** Starts it. @returns the port. */
  async start(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.server.unref();
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const path = request.url?.split('?', 1)[0] ?? '/';
      if (path === '/' && request.method === 'GET') this.showPage(request, response);
      else await this.take(path, request, response);
    } catch (error) {
      answer(response, 500, { refusal: error instanceof Error ? error.message : 'The console failed.' });
    }
  }

  private showPage(request: IncomingMessage, response: ServerResponse): void {
    const refusal = this.rules.refuseStranger(request);
    if (refusal !== null) {
      answer(response, 403, { refusal });
      return;
    }
    const query = new URLSearchParams(request.url?.split('?')[1]);
    const [error, frame] = [query.get('error') ?? '', query.get('frame') ?? ''];
    if (this.captures.console(error, frame) === undefined) {
      answer(response, 404, {
        refusal: 'This frame is no longer kept: the last 20 errors are, for 15 minutes. Repeat the request.',
      });
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    const page = { nonce, secret: this.rules.secret, isTrusted: this.rules.isTrusted(request), error, frame };
    response.writeHead(200, {
      ...HEADERS,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': consolePolicy(nonce, this.captures.originOf(error) ?? "'none'"),
    });
    response.end(consolePage(page));
  }

  private async take(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = this.rules.refuseCall(request);
    if (refusal !== null) {
      answer(response, 403, { refusal });
      return;
    }
    const call = await readCall(request);
    if (path === '/pin') await this.takePin(String(call.pin), response);
    else if (!this.rules.isTrusted(request))
      answer(response, 401, { refusal: 'Enter the PIN that the terminal shows.' });
    else await this.serveFrame(path, call, response);
  }

  private async takePin(pin: string, response: ServerResponse): Promise<void> {
    const result = await this.lock.try(pin);
    if (result === 'right') response.setHeader('Set-Cookie', this.rules.newCookie());
    const refusal =
      result === 'locked'
        ? 'There were too many wrong PINs. Restart the application to get a new one.'
        : 'This is not the PIN that the terminal shows.';
    answer(response, result === 'right' ? 200 : 403, result === 'right' ? {} : { refusal });
  }

  private async serveFrame(
    path: string,
    { error, frame, input = '', value }: Call,
    response: ServerResponse,
  ): Promise<void> {
    const console = this.captures.console(String(error), String(frame));
    if (console === undefined) {
      answer(response, 410, {
        refusal: 'This frame is no longer kept: the last 20 errors are, for 15 minutes. Repeat the request.',
      });
      return;
    }
    if (typeof input !== 'string') answer(response, 400, { refusal: 'The input is no text.' });
    else await this.perform(path, console, input, value, response);
  }

  private async perform(
    path: string,
    frame: FrameConsole,
    input: string,
    value: unknown,
    response: ServerResponse,
  ): Promise<void> {
    switch (path) {
      case '/run':
        if (isUnfinished(input)) {
          answer(response, 200, { isUnfinished: true });
          return;
        }
        this.journal(input);
        answer(response, 200, await frame.run(input));
        return;
      case '/complete':
        answer(response, 200, { names: frame.complete(input) });
        return;
      case '/open':
        answer(response, 200, { members: frame.open(Number(value)) });
        return;
      default:
        answer(response, 404, { refusal: 'The console has nothing here.' });
    }
  }
}

const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // The page of the application frames it, which is of another origin and of the same site.
  'Cross-Origin-Resource-Policy': 'same-site',
  'X-Content-Type-Options': 'nosniff',
};

function answer(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  const policy = { 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'" };
  response.writeHead(status, { ...HEADERS, ...policy, 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new RangeError(`The call is larger than ${MAX_BODY} bytes.`);
    chunks.push(chunk);
  }
  const call: unknown = JSON.parse(Buffer.concat(chunks).toString() || '{}');
  return typeof call === 'object' && call !== null ? call : {};
}
