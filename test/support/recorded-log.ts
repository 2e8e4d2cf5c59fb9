import type { LoggerService } from '@nestjs/common';

/** One call of the logger. */
export interface LogCall {
  readonly level: 'log' | 'error' | 'warn' | 'debug' | 'verbose' | 'fatal';
  readonly context: unknown;
  /** The message and what came with it, such as a stack, as one text. */
  readonly text: string;
}

/** Remembers what Nest's logger is told. */
export class RecordedLog implements LoggerService {
  readonly calls: LogCall[] = [];
  private readonly waiting: ((call: LogCall) => void)[] = [];

  readonly log = this.record('log');
  readonly error = this.record('error');
  readonly warn = this.record('warn');
  readonly debug = this.record('debug');
  readonly verbose = this.record('verbose');
  readonly fatal = this.record('fatal');

  /** What the error handling said, and forgets it. */
  take(): LogCall[] {
    const taken = this.calls.filter(({ context }) => context === 'Errors');
    this.calls.length = 0;
    return taken;
  }

  /** What the error handling says next. */
  next(): Promise<LogCall> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private record(level: LogCall['level']): (message: unknown, ...rest: unknown[]) => void {
    return (message, ...rest) => {
      const call = { level, context: rest.at(-1), text: [message, ...rest.slice(0, -1)].map(String).join('\n') };
      this.calls.push(call);
      if (call.context === 'Errors') for (const resolve of this.waiting.splice(0)) resolve(call);
    };
  }
}
