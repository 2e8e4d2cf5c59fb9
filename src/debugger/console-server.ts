import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AccessRules, type Refusal } from './access-rules.js';
import { APPLICATION, type Captures } from './captures.js';
import { type FrameConsole, MAX_INPUT } from './frame-console.js';
import { isUnfinished } from './input.js';
import { consolePage, consolePolicy, refusalPage } from './page/console-page.js';
import { PinLock } from './pin-lock.js';
import type { ShownMember } from './value-tree.js';

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

/** An answer that is no. */
class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const GONE = 'This frame is no longer kept: the last 20 errors are, for 15 minutes. Repeat the request.';
const NOT_THERE =
  'There is no console here. The terminal of the application shows its address, which each start makes anew.';
/** Where the console of the application is. */
const APPLICATION_PATH = '/console';
const NOBODY = "'none'";

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

  /** The address of the console of the application, by its id. */
  addressOf(id: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${APPLICATION_PATH}?id=${id}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const path = request.url?.split('?', 1)[0] ?? '/';
      if (['/', APPLICATION_PATH].includes(path) && request.method === 'GET') this.showPage(path, request, response);
      else await this.take(path, request, response);
    } catch (error) {
      if (error instanceof Refused) answer(response, error.status, { refusal: error.message });
      else answer(response, 500, { refusal: `The console failed: ${String(error)}` });
    }
  }

  private showPage(path: string, request: IncomingMessage, response: ServerResponse): void {
    refuseFor(this.rules.refuseStranger(request));
    const query = new URLSearchParams(request.url?.split('?')[1]);
    const isOfApplication = path === APPLICATION_PATH;
    const error = query.get(isOfApplication ? 'id' : 'error') ?? '';
    const frame = isOfApplication ? APPLICATION : (query.get('frame') ?? '');
    const origin = this.captures.originOf(error);
    const nonce = randomBytes(16).toString('base64');
    if (origin === undefined || this.captures.console(error, frame) === undefined) {
      // Whose error it was is forgotten; that it is, any page of this machine may show.
      const anyPage = `http://${new URL(`http://${request.headers.host}`).hostname}:*`;
      response.writeHead(404, pageHeaders(nonce, isOfApplication ? NOBODY : anyPage));
      response.end(refusalPage(nonce, isOfApplication ? NOT_THERE : GONE));
      return;
    }
    const ancestor = ancestorOf(origin);
    response.writeHead(200, pageHeaders(nonce, ancestor));
    const { secret } = this.rules;
    const access = this.rules.isTrusted(request) ? 'trusted' : this.lock.isLocked ? 'locked' : 'asked';
    response.end(consolePage({ nonce, secret, access, error, frame, ancestor }));
  }

  private async take(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    refuseFor(this.rules.refuseCall(request));
    const call = await readCall(request, response);
    if (path === '/pin') return this.takePin(textOf(call.pin), response);
    if (!this.rules.isTrusted(request)) throw new Refused(401, 'Enter the PIN that the terminal shows.');
    const frame = this.captures.console(textOf(call.error), textOf(call.frame));
    if (frame === undefined) throw new Refused(410, GONE);
    if (typeof call.input !== 'string' && path !== '/open') throw new Refused(400, 'The input is no text.');
    answer(response, 200, await this.perform(path, frame, textOf(call.input), call.value));
  }

  private async takePin(pin: string, response: ServerResponse): Promise<void> {
    const result = await this.lock.try(pin);
    if (result === 'locked') {
      throw new Refused(403, 'There were too many wrong PINs. Restart the application to get a new one.');
    }
    if (result === 'wrong') throw new Refused(403, 'This is not the PIN that the terminal shows.');
    response.setHeader('Set-Cookie', this.rules.newCookie());
    answer(response, 200, {});
  }

  private async perform(path: string, frame: FrameConsole, input: string, value: unknown): Promise<object> {
    switch (path) {
      case '/run':
        if (isUnfinished(input)) return { isUnfinished: true };
        this.journal(input);
        return frame.run(input);
      case '/complete':
        return { names: frame.complete(input) };
      case '/open':
        return { members: membersOf(frame, value) };
      default:
        throw new Refused(404, 'The console has nothing here.');
    }
  }
}

function refuseFor(refusal: Refusal | null): void {
  if (refusal !== null) throw new Refused(403, refusal);
}

/** Anything else is never what was meant, and some of it cannot even be made a text. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function membersOf(frame: FrameConsole, id: unknown): readonly ShownMember[] {
  if (typeof id !== 'number') throw new Refused(400, 'The value is no number.');
  try {
    return frame.open(id);
  } catch (error) {
    if (error instanceof RangeError) throw new Refused(410, error.message);
    throw error;
  }
}

/** An origin and nothing else: it becomes part of the policy. */
function ancestorOf(origin: string): string {
  return URL.canParse(origin) && new URL(origin).origin === origin ? origin : NOBODY;
}

const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // A page that asks this of what it frames is the application's to send.
  'Cross-Origin-Embedder-Policy': 'require-corp',
  // The page of the application frames it, which is of another origin and of the same site.
  'Cross-Origin-Resource-Policy': 'same-site',
  'X-Content-Type-Options': 'nosniff',
};

function pageHeaders(nonce: string, ancestor: string): Record<string, string> {
  const policy = consolePolicy(nonce, ancestor);
  const alone = ancestor === NOBODY ? { 'X-Frame-Options': 'DENY', 'Cross-Origin-Resource-Policy': 'same-origin' } : {};
  return { ...HEADERS, ...alone, 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy };
}

function answer(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  const policy = { 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'" };
  response.writeHead(status, { ...HEADERS, ...policy, 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

async function readCall(request: IncomingMessage, response: ServerResponse): Promise<Call> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The connection is kept until the answer is out.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) {
      response.setHeader('Connection', 'close');
      throw new Refused(413, `The call is larger than ${MAX_BODY} bytes.`);
    }
    chunks.push(chunk);
  }
  try {
    const call: unknown = JSON.parse(Buffer.concat(chunks).toString());
    return typeof call === 'object' && call !== null ? call : {};
  } catch {
    throw new Refused(400, 'The call is no JSON.');
  }
}
