import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { TOKEN } from './app-matrix.js';

const MAIN = resolve('dist/src/main.js');

/** The built service as a process of its own, as its users run it. */
export class ServiceProcess {
  output = '';
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private readonly directory = mkdtempSync(join(tmpdir(), 'errata-service-'));
  private readonly ended: Promise<number | null>;

  /** Nothing of the caller's environment reaches the service, but what is needed to run at all. */
  constructor(environment: Record<string, string>) {
    this.child = spawn(process.execPath, [MAIN], {
      cwd: this.directory,
      env: { PATH: process.env['PATH'], PORT: '0', ADMIN_TOKEN: TOKEN, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.ended = once(this.child, 'close').then(([code]: (number | null)[]) => {
      rmSync(this.directory, { recursive: true, force: true });
      return code ?? null;
    });
  }

  /** The address it says that it listens on. */
  async origin(): Promise<string> {
    const [, origin = ''] = await this.says(/listens on (http:\/\/[\d.:]+)/);
    return origin;
  }

  /** Waits until its output matches. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output);
      if (match !== null) return match;
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`The service ended without saying ${String(pattern)}:\n${this.output}`);
      }
      await Promise.race([once(this.child.stdout, 'data'), once(this.child.stderr, 'data'), this.ended]);
    }
  }

  /** The lines of its log. */
  log(): Record<string, unknown>[] {
    const lines = this.output.split('\n').filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Its exit code, once it has ended; null when a signal ended it. */
  exit(): Promise<number | null> {
    return this.ended;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.kill('SIGKILL');
    await this.ended;
  }
}
