import { Program } from './program.js';

/** How a program is brought to its end. */
export interface RunProcessOptions {
  /** What is done before the process ends, such as writing what the log still holds. It is awaited, whatever became of main. */
  readonly beforeExit?: () => unknown;
  /**
   * How long `beforeExit` may take, and how long main may after a signal; in milliseconds, 0 for no time at all.
   * @default 5000
   */
  readonly deadlineMs?: number;
}

/** What a timer of Node can count, in milliseconds. */
const MAX_DEADLINE = 2_147_483_647;

/**
 * Runs a program and ends its process when it is done, whatever is still open: with 0, or the `process.exitCode` that it set;
 * after a failure with the exit code of the registered error, or 1 for what nobody registered; after SIGINT, SIGTERM or SIGHUP
 * with 128 and the signal’s number. A rejection that nobody handles and an exception that nobody catches are its failure too.
 * What failed is written to the log first.
 *
 * What was written to stdout and stderr is out before the process ends, however slowly it is read. Somebody who reads nothing
 * for 5 to 10 seconds, or is gone, is not waited for, and the exit code stays what it was.
 *
 * @param main the program. One that takes the signal is asked by it to stop, and given time to; a second signal gives none.
 * @throws RangeError for a deadline that is none.
 */
export async function runProcess(
  main: (signal: AbortSignal) => unknown,
  { beforeExit, deadlineMs = 5_000 }: RunProcessOptions = {},
): Promise<never> {
  if (!(deadlineMs >= 0 && deadlineMs <= MAX_DEADLINE)) {
    throw new RangeError(
      `runProcess: deadlineMs is ${deadlineMs}, and the program was not started. Give milliseconds from 0 to ${MAX_DEADLINE}.`,
    );
  }
  return new Program(main, beforeExit, deadlineMs).run();
}
