import { ConsoleLogger, Inject, Injectable, type LoggerService, type LogLevel } from '@nestjs/common';
import type { ErrorReports, ServerErrorReport } from '../exceptions/error-reports.js';
import { DatabaseLogHandler } from './database-log-handler.js';
import { recordsOf } from './records/logged-message.js';

/**
 * Nest's logger with a memory: it prints as Nest's own does, and keeps what it is told in the database; the levels
 * that it prints are its printer's, and those that are kept the handler's.
 * `app.useLogger(app.get(DatabaseLogger))`
 */
@Injectable()
export class DatabaseLogger implements LoggerService, ErrorReports {
  private printer: LoggerService = new ConsoleLogger();
  private reported: ServerErrorReport | null = null;

  constructor(@Inject(DatabaseLogHandler) private readonly handler: DatabaseLogHandler) {}

  /** Has another logger print in the place of Nest's own. */
  printBy(printer: LoggerService): this {
    this.printer = printer;
    return this;
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.printer.log(message, ...rest);
    this.keep('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.printer.error(message, ...rest);
    this.keep('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.printer.warn(message, ...rest);
    this.keep('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.printer.debug?.(message, ...rest);
    this.keep('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.printer.verbose?.(message, ...rest);
    this.keep('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    (this.printer.fatal ?? this.printer.error).call(this.printer, message, ...rest);
    this.keep('fatal', message, rest);
  }

  setLogLevels(levels: LogLevel[]): void {
    this.printer.setLogLevels?.(levels);
  }

  /** Keeps a report of the error handling once, whether or not this is the logger that prints it. */
  tell(report: ServerErrorReport, print: () => void): void {
    this.reported = report;
    try {
      print();
    } finally {
      this.reported = null;
      this.handler.emit({ level: 'error', ...report });
    }
  }

  private keep(level: string, message: unknown, rest: readonly unknown[]): void {
    // It is kept with all that is known of it, once it is printed.
    if (this.reported !== null) return;
    try {
      for (const record of recordsOf(level, message, rest)) this.handler.emit(record);
    } catch (error) {
      this.handler.handleError({ level, message: '' }, error);
    }
  }
}
