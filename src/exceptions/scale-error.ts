import { Logger } from '@nestjs/common';
import { BRANDS, brandsOf, isBranded } from './brand.js';
import { causesOf, saidBy, stacksOf } from './causes.js';

/** What can be said about a process error beyond its exit code and its name. */
export interface ScaleErrorOptions {
  /** Whether the log has the stack as well. @default false */
  readonly logStacktrace?: boolean;
  /** The name of the exception that it stands for, which no other registered error has; null for none. @default null */
  readonly wrappedEx?: string | null;
  /** The failure that led to it. */
  readonly cause?: unknown;
  /** What happened. @default a sentence with the name */
  readonly message?: string;
}

/** What a process error writes to: Nest's `Logger`, or anything like it. */
export interface ErrorLog {
  error(message: string, stack?: string): void;
}

/** What a class of process errors may say about the exceptions that it stands for. */
export interface ScaleErrorClass {
  /** Whether an exception is of this kind, where its name does not tell. It is asked before any name is looked up. */
  matches?(error: unknown): boolean;
  /** Other names of the wrapped exception. */
  readonly aliases?: readonly string[];
}

/**
 * An error that a process ends with: its exit code tells whoever runs the process which error of the catalogue it was.
 *
 * A class of a host's own takes options that have a `cause`, and hands them on: it is made anew, as `new OwnError({ cause })`,
 * for every exception that it stands for.
 */
export abstract class ScaleError extends Error {
  /** By which name the copies of the package that are loaded side by side know the class. */
  static readonly brand: string = 'ScaleError';

  /** What the process ends with: 1 to 255. */
  readonly exitCode: number;
  /** The name of the error in the catalogue. */
  readonly errorName: string;
  readonly logStacktrace: boolean;
  readonly wrappedEx: string | null;

  constructor(exitCode: number, errorName: string, options: ScaleErrorOptions = {}) {
    // Of the options, an Error takes the cause.
    super(
      options.message ?? `The process failed with “${errorName}”`,
      options.cause === undefined ? undefined : options,
    );
    this.exitCode = exitCode;
    this.errorName = errorName;
    this.logStacktrace = options.logStacktrace ?? false;
    this.wrappedEx = options.wrappedEx ?? null;
  }

  /** Also true for what another copy of the package made: ESM and CommonJS may be loaded side by side. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Function.prototype[Symbol.hasInstance].call(this, value) || isBranded(value, this);
  }

  get [BRANDS](): readonly string[] {
    return brandsOf(this.constructor);
  }

  override get name(): string {
    return this.constructor.name;
  }

  /** What the log says, beside the stack: to be overridden by a class that knows more. */
  getLogMessage(): string {
    const said = [this.message, ...causesOf(this.cause).map(saidBy)];
    return `${this.errorName} (exit code ${this.exitCode}): ${said.join(': ')}`;
  }

  /**
   * Writes the error to the log, with its stack and those of its causes where it asks for that.
   * @param logger @default Nest's logger, whatever the application made of it
   */
  log(logger: ErrorLog = new Logger('Process')): void {
    if (this.logStacktrace) logger.error(this.getLogMessage(), stacksOf(this));
    else logger.error(this.getLogMessage());
  }

  /** The error of this kind for a failure that happened. A class whose constructor takes something else overrides it. */
  wrapping(cause: unknown): ScaleError {
    const made = new (this.constructor as new (options: ScaleErrorOptions) => ScaleError)({ cause });
    // A constructor without parameters has let the cause fall.
    if (made.cause !== cause)
      Object.defineProperty(made, 'cause', { value: cause, writable: true, configurable: true });
    return made;
  }
}
