import { CapturedConsole } from '../../src/debugger/captured-console.js';
import { APPLICATION, Captures } from '../../src/debugger/captures.js';
import { ConsoleServer } from '../../src/debugger/console-server.js';
import { FrameConsole } from '../../src/debugger/frame-console.js';
import { type Answer, send } from './http-client.js';
import { sloppyFrame } from './live-frames.js';

/** Headers of a call; one that is null is left out. */
export type CallHeaders = Readonly<Record<string, string | null>>;

/** A call as the console's own page makes it, unless it is told otherwise. */
export interface ConsoleCall {
  readonly method?: string;
  readonly headers?: CallHeaders;
  /** What is sent in place of JSON. */
  readonly text?: string;
}

/** A server of consoles with one error kept, whose only frame has the number 0.0. */
export class RunningConsole {
  readonly captures = new Captures();
  readonly journal: string[] = [];
  readonly server = new ConsoleServer(this.captures, (line) => this.journal.push(line));
  readonly id = this.keep('http://localhost:3000');
  /** Names the console of the application, where there is one. */
  application = '';
  port = 0;

  static async started(): Promise<RunningConsole> {
    const running = new RunningConsole();
    running.port = await running.server.start();
    return running;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The headers of a call that is allowed, but for the cookie. */
  get headers(): Readonly<Record<string, string>> {
    return {
      host: `127.0.0.1:${this.port}`,
      origin: this.origin,
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'x-errata-console': this.server.rules.secret,
    };
  }

  /** Keeps an error that a page of an origin shows. */
  keep(origin: string): string {
    return this.captures.add(new Map([['0.0', new FrameConsole(sloppyFrame(), new CapturedConsole())]]), origin);
  }

  /** Keeps a console of the application; calls of it carry what is returned. */
  keepApplication(): { readonly error: string; readonly frame: string } {
    this.application = this.captures.addApplication(new FrameConsole(sloppyFrame(), new CapturedConsole()));
    return { error: this.application, frame: APPLICATION };
  }

  /** The page of the console of the application. */
  applicationPage(headers: CallHeaders = {}, query = `?id=${this.application}`): Promise<Answer> {
    return send(this.origin, `/console${query}`, { headers: { ...given(headers) } });
  }

  page(headers: CallHeaders = {}, query = `?error=${this.id}&frame=0.0`): Promise<Answer> {
    return send(this.origin, `/${query}`, { headers: { ...given(headers) } });
  }

  call(path: string, body: object = {}, { method = 'POST', headers, text }: ConsoleCall = {}): Promise<Answer> {
    const sent = text ?? JSON.stringify({ error: this.id, frame: '0.0', ...body });
    const length = { 'content-length': String(Buffer.byteLength(sent)) };
    return send(this.origin, path, { method, headers: given({ ...length, ...this.headers, ...headers }), body: sent });
  }

  /** The cookie that the right PIN gives. */
  async unlock(): Promise<string> {
    const { headers } = await this.call('/pin', { pin: this.server.lock.pin });
    return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }

  async stop(): Promise<void> {
    this.captures.clear();
    await this.server.stop();
  }
}

/** What a page carries for its script. */
export function pageData({ body }: Answer): unknown {
  return JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/.exec(body)?.[1] ?? 'null');
}

/** Why an answer is no. */
export function refusalIn({ body }: Answer): unknown {
  return (JSON.parse(body) as { readonly refusal?: unknown }).refusal;
}

function given(headers: CallHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null));
}
