import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { ErrorModuleOptions } from '../../src/index.js';
import type { AdapterKind } from './app-matrix.js';
import { type Answer, type Question, send } from './http-client.js';

const PROGRAMS = resolve('dist/test/support');

/** What a host process is started with. */
export interface HostProcessSettings {
  /** The program's name: that of a file beside this one. */
  readonly program?: string;
  readonly options?: ErrorModuleOptions;
  /** Flags for Node. */
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The Node that runs it. @default the one that runs the caller */
  readonly executable?: string;
  /** Whether there is a route with a handler of its own. */
  readonly hasOwnHandler?: boolean;
}

/** A host in a process of its own, since a recorder is for a whole process. */
export class HostProcess {
  output = '';
  /** `http://127.0.0.1:<port>` */
  address = '';
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private readonly ended: Promise<number | null>;
  /** Is told of whatever is written. */
  private heard = (): void => {};

  constructor(adapter: AdapterKind, settings: HostProcessSettings = {}) {
    const { options = { handler: 'contextual' }, flags = [], environment = {}, hasOwnHandler = false } = settings;
    const program = join(PROGRAMS, `${settings.program ?? 'contextual-host'}.js`);
    const words = [program, adapter, JSON.stringify(options), ...(hasOwnHandler ? ['own'] : [])];
    this.child = spawn(settings.executable ?? process.execPath, [...flags, ...words], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        this.heard();
      });
    this.ended = once(this.child, 'close').then(([code]: (number | null)[]) => code ?? null);
  }

  /** A host that listens. */
  static async started(adapter: AdapterKind, settings?: HostProcessSettings): Promise<HostProcess> {
    const host = new HostProcess(adapter, settings);
    for (;;) {
      host.address = /listens on (http:\/\/[\d.:]+)\n/.exec(host.output)?.[1] ?? '';
      if (host.address !== '') return host;
      if (!host.isRunning) throw new Error(`The host ended before it listened:\n${host.output}`);
      await Promise.race([new Promise<void>((resolve) => (host.heard = resolve)), host.ended]);
    }
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  ask(path: string, question?: Question): Promise<Answer> {
    return send(this.address, path, question);
  }

  async json<Body>(path: string, question: Question = {}): Promise<Body> {
    const headers = { accept: 'application/json', ...question.headers };
    return JSON.parse((await this.ask(path, { ...question, headers })).body) as Body;
  }

  /** Its exit code, once it has ended by itself. */
  exit(): Promise<number | null> {
    return this.ended;
  }

  async stop(): Promise<void> {
    if (this.isRunning) this.child.kill('SIGKILL');
    await this.ended;
  }
}
