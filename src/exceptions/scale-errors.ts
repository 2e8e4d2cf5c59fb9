import { isFromDatabase, isOperational } from './driver-failures.js';
import { ScaleError, type ScaleErrorOptions } from './scale-error.js';
import { FILE_CODES, isFileFailure } from './system-failures.js';

type Options = Pick<ScaleErrorOptions, 'cause' | 'message'>;

/** A statement that the database refused: exit code 2. */
export class ScaleDatabaseError extends ScaleError {
  static override readonly brand: string = 'ScaleDatabaseError';
  /** TypeORM’s error for a statement that failed. */
  static readonly aliases: readonly string[] = ['QueryFailedError'];

  constructor({ cause, message = 'The database refused a statement' }: Options = {}) {
    // A mistake of the program’s more often than not, hence the stack.
    super(2, 'database', { cause, message, wrappedEx: 'DatabaseError', logStacktrace: true });
  }

  /** Whether a database’s driver made the error. */
  static matches(error: unknown): boolean {
    return isFromDatabase(error);
  }
}

/** A database that could not be worked with, which may be over in a moment: exit code 3. */
export class ScaleOperationalError extends ScaleError {
  static override readonly brand: string = 'ScaleOperationalError';

  constructor({ cause, message = 'The database could not be worked with' }: Options = {}) {
    super(3, 'database-operation', { cause, message, wrappedEx: 'OperationalError' });
  }

  /** Whether the connection was lost or refused, or the database or a lock in it was not to be had in time. */
  static matches(error: unknown): boolean {
    return isOperational(error);
  }
}

/** A file, directory or stream that could not be read or written: exit code 4. */
export class ScaleIOError extends ScaleError {
  static override readonly brand: string = 'ScaleIOError';
  /** The codes of the system that files and streams fail with, such as `ENOENT`. */
  static readonly aliases: readonly string[] = FILE_CODES;

  constructor({ cause, message = 'A file or a stream could not be read or written' }: Options = {}) {
    super(4, 'filesystem-io', { cause, message, wrappedEx: 'IOError' });
  }

  /** Whether it is an error of the system for a file or a stream. */
  static matches(error: unknown): boolean {
    return isFileFailure(error);
  }
}
