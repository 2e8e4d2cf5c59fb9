import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { DataSource } from 'typeorm';
import { DatabaseLogHandler, type DatabaseLogHandlerOptions } from '../../src/logging.js';
import { logDataSource, spoolDirectory, until } from './log-table.js';

/** A program of its own that logs. */
export type LoggingProgram = ChildProcessByStdio<Writable, Readable, null>;

/** A log on a database that is made to fail, with an empty table and an empty spool for each test. */
export class LogUnderFaults {
  spool = { path: '', remove: (): void => undefined };
  private readonly handlers: DatabaseLogHandler[] = [];

  private constructor(
    readonly url: string,
    public source: DataSource,
  ) {}

  /** Makes the table in a database. */
  static async on(url: string, extra: object = {}): Promise<LogUnderFaults> {
    return new LogUnderFaults(url, await logDataSource(url, true, extra));
  }

  /** Before each test. */
  async begin(): Promise<void> {
    this.spool = spoolDirectory();
    await this.source.query('DELETE FROM logentry');
  }

  /** After each test. */
  async end(): Promise<void> {
    await Promise.all(this.handlers.splice(0).map((handler) => handler.close()));
    this.spool.remove();
  }

  /** A handler that lives as long as the test. */
  open(options: Partial<DatabaseLogHandlerOptions> = {}): DatabaseLogHandler {
    const handler = new DatabaseLogHandler({
      dataSource: this.source,
      interval: 20,
      answerTimeout: 300,
      spool: { directory: this.spool.path },
      ...options,
    });
    this.handlers.push(handler);
    return handler;
  }

  emit(handler: DatabaseLogHandler, messages: readonly string[]): void {
    for (const message of messages) handler.emit({ level: 'info', message });
  }

  areStored(handler: DatabaseLogHandler, count: number): Promise<void> {
    return until(() => handler.stats().stored >= count && handler.stats().isReachable);
  }

  /** Takes the table away. */
  async hide(): Promise<void> {
    await this.source.query('ALTER TABLE logentry RENAME TO elsewhere');
  }

  /** Gives it back. */
  async restore(): Promise<void> {
    await this.source.query('ALTER TABLE elsewhere RENAME TO logentry');
  }

  /** Connects anew, to a server that was started again. */
  async reconnect(): Promise<void> {
    await this.source.destroy();
    this.source = await logDataSource(this.url, false);
  }

  /** Starts a program that logs to the same table over the same spool; it goes on once it is told to. */
  async start(...words: string[]): Promise<LoggingProgram> {
    const program = resolve('dist/test/support/logging-program.js');
    const given = [program, this.url, this.spool.path, ...words];
    const child = spawn(process.execPath, given, { stdio: ['pipe', 'pipe', 'ignore'] });
    await printed(child, 'ready');
    return child;
  }
}

/** Waits until a program has printed something. */
export async function printed(child: LoggingProgram, text: string): Promise<void> {
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await until(() => output.includes(text));
}
