/** How often the log speaks of itself at most, in milliseconds. */
const PAUSE = 60_000;

/** Says on standard error what goes wrong with the log itself: the log is the one place where it cannot be said. */
export class SelfWarnings {
  private last = Number.NEGATIVE_INFINITY;
  private unsaid = 0;

  constructor(private readonly write: (line: string) => void = writeToStderr) {}

  /** Says it, unless something was said within the last minute. */
  tell(sentence: string): void {
    const now = performance.now();
    if (now - this.last < PAUSE) {
      this.unsaid++;
      return;
    }
    const more = this.unsaid === 0 ? '' : ` (${this.unsaid} such warnings were left out since the last one.)`;
    this.last = now;
    this.unsaid = 0;
    this.write(`[DatabaseLogHandler] ${sentence}${more}\n`);
  }
}

function writeToStderr(line: string): void {
  try {
    process.stderr.write(line);
  } catch {
    // Standard error is closed: there is nobody left who could be told.
  }
}
