import { type Answer, send } from './http-client.js';

/** What an input came to, as the console's server answers. */
export interface Ran {
  readonly isOk: boolean;
  readonly value: { readonly text: string; readonly id: number | null } | null;
  readonly error: string | null;
  readonly lines: readonly string[];
}

interface PageData {
  readonly secret: string;
  readonly error: string;
  readonly frame: string;
}

/** A console over HTTP, as its page uses it. */
export class ConsoleClient {
  private constructor(
    private readonly origin: string,
    private readonly data: PageData,
    private readonly cookie: string,
  ) {}

  /** The console of the application whose terminal shows an output. */
  static ofApplication(output: string): Promise<ConsoleClient> {
    const address = /The console of the application is at (http:\S+)/.exec(output)?.[1];
    if (address === undefined) throw new Error(`No console of the application is shown:\n${output}`);
    return ConsoleClient.at(address, output);
  }

  /** The console in the call with a name, on the page of an error. */
  static inCall(page: string, name: string, output: string): Promise<ConsoleClient> {
    const calls = page.split('<li class="call').slice(1);
    const named = (call: string): string => /class="name">([^<]*)/.exec(call)?.[1]?.trim() ?? '';
    const call = calls.find((each) => named(each) === name && each.includes('<iframe'));
    const address = / src="(http:[^"]+frame=[\d.]+)"/.exec(call ?? '')?.[1]?.replaceAll('&amp;', '&');
    if (address === undefined) throw new Error(`No console in ${name}, of ${calls.map(named).join(', ')}.`);
    return ConsoleClient.at(address, output);
  }

  /** Opens the page of a console and gives it the PIN that an output shows. */
  private static async at(address: string, output: string): Promise<ConsoleClient> {
    const { origin, pathname, search, host } = new URL(address);
    const { body } = await send(origin, pathname + search, { headers: { host } });
    const data = /<script type="application\/json" id="data">(.*?)<\/script>/.exec(body)?.[1] ?? 'null';
    const locked = new ConsoleClient(origin, JSON.parse(data) as PageData, '');
    const pin = /The PIN of the debug console is ([\d-]+)/.exec(output)?.[1];
    const { status, headers } = await locked.post('/pin', { pin });
    if (status !== 200) throw new Error(`The PIN ${pin ?? '(none)'} was answered with ${status}.`);
    return new ConsoleClient(origin, locked.data, headers['set-cookie']?.[0]?.split(';')[0] ?? '');
  }

  run(input: string): Promise<Ran> {
    return this.call('/run', { input });
  }

  /** What an input came to, as people read it. */
  async read(input: string): Promise<string> {
    const { lines, error, value } = await this.run(input);
    return [...lines, ...(error === null ? [] : [error]), ...(value === null ? [] : [value.text])].join('\n');
  }

  async complete(input: string): Promise<readonly string[]> {
    return (await this.call<{ readonly names: readonly string[] }>('/complete', { input })).names;
  }

  private async call<Body>(path: string, body: object): Promise<Body> {
    const { status, body: text } = await this.post(path, body);
    if (status !== 200) throw new Error(`${path} was answered with ${status}: ${text}`);
    return JSON.parse(text) as Body;
  }

  private post(path: string, body: object): Promise<Answer> {
    const { secret, error, frame } = this.data;
    const text = JSON.stringify({ error, frame, ...body });
    const headers = {
      host: new URL(this.origin).host,
      origin: this.origin,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      'x-errata-console': secret,
      ...(this.cookie === '' ? {} : { cookie: this.cookie }),
    };
    return send(this.origin, path, { method: 'POST', headers, body: text });
  }
}
