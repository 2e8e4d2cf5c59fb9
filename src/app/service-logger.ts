import type { LoggerService } from '@nestjs/common';
import { destination, type Logger, pino } from 'pino';
import type { Config } from './config.js';

/** How long a line may wait in memory, in milliseconds, and how many bytes of lines. */
const FLUSH_INTERVAL = 500;
const BUFFER = 8_192;

/** The log of the service: one JSON object a line on standard output, written some lines at a time. */
export function createLogger(level: Config['logLevel']): Logger {
  const output = destination({ fd: process.stdout.fd, minLength: BUFFER, periodicFlush: FLUSH_INTERVAL, sync: false });
  process.on('exit', () => {
    try {
      output.flushSync();
    } catch {
      // Standard output was closed before it was ever opened: there is nobody to write to.
    }
  });
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    output,
  );
}

/** What Nest and the libraries in it log, in the same form. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    // Which modules and routes were set up is of interest to those only who look for a fault there.
    this.write('debug', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest puts the context last, and a stack before it. */
  private write(level: Exclude<Config['logLevel'], 'silent'>, message: unknown, rest: unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? { context: rest.at(-1) } : {};
    if (message instanceof Error) this.logger[level]({ ...context, err: message });
    else if (typeof message === 'string') {
      const stack = level === 'error' && rest.length > 1 && typeof rest[0] === 'string' ? { stack: rest[0] } : {};
      this.logger[level]({ ...context, ...stack }, message);
    } else this.logger[level]({ ...context, value: message });
  }
}
