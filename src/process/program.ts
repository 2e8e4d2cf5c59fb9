import { constants } from 'node:os';
import { Logger } from '@nestjs/common';
import { outputIsOut, tolerateLostReaders } from './output.js';
import { reportFailure } from './report-failure.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A program from its start to the end of its process. */
export class Program {
  private readonly logger = new Logger('Process');
  private readonly stopping = new AbortController();
  private interruption: number | null = null;
  private isEnding = false;

  constructor(
    private readonly main: (signal: AbortSignal) => unknown,
    private readonly beforeExit: (() => unknown) | undefined,
    private readonly deadlineMs: number,
  ) {}

  /** Settles never: the process is over before. */
  run(): Promise<never> {
    for (const signal of SIGNALS) process.on(signal, () => this.interrupt(signal));
    process.on('uncaughtException', (error) => this.fail(error));
    process.on('unhandledRejection', (reason) => this.fail(reason));
    // Node would end as if all were well.
    process.on('beforeExit', () => {
      if (!this.isEnding) this.fail(new Error('The program waits for what nothing is left to bring about.'));
    });
    void this.execute();
    return new Promise(() => {});
  }

  private async execute(): Promise<void> {
    try {
      await this.main(this.stopping.signal);
    } catch (error) {
      this.fail(error);
      return;
    }
    this.end(exitCodeSet());
  }

  private interrupt(signal: (typeof SIGNALS)[number]): void {
    const exitCode = 128 + constants.signals[signal];
    if (this.interruption !== null) process.exit(exitCode);
    this.interruption = exitCode;
    if (this.isEnding) return;
    this.logger.warn(`${signal} came: the program is stopped, and ends with exit code ${exitCode}.`);
    this.stopping.abort();
    // A program that takes no signal cannot know that it should stop.
    if (this.main.length === 0) this.end(exitCode);
    else setTimeout(() => this.end(exitCode), this.deadlineMs);
  }

  private fail(thrown: unknown): void {
    const isAsAsked = this.interruption !== null && isAbort(thrown);
    this.end(isAsAsked ? 0 : reportFailure(thrown));
  }

  /** Ends the process with what it was first to be ended with; a signal counts for more. */
  private end(exitCode: number): void {
    if (this.isEnding) return;
    this.isEnding = true;
    tolerateLostReaders();
    void this.finish().then(async () => {
      // What an application that never started wanted to say.
      Logger.flush();
      await outputIsOut();
      process.exit(this.interruption ?? exitCode);
    });
  }

  /** What fails here is told, and changes nothing about what became of the program. */
  private async finish(): Promise<void> {
    const { beforeExit, deadlineMs } = this;
    if (beforeExit === undefined) return;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, deadlineMs, 'late')));
    try {
      const outcome = await Promise.race([Promise.resolve(beforeExit()), deadline]);
      if (outcome === 'late')
        this.logger.warn(`beforeExit was not done within ${deadlineMs} ms: the process ends without it.`);
    } catch (error) {
      reportFailure(error);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What whoever listens to a signal fails with. */
function isAbort(thrown: unknown): boolean {
  try {
    return (thrown as { name?: unknown } | null | undefined)?.name === 'AbortError';
  } catch {
    return false;
  }
}

/** What the program itself wants to end with. */
function exitCodeSet(): number {
  const { exitCode } = process;
  return Number(exitCode ?? 0);
}
