/** How often the log says one thing of itself at most, in milliseconds. */
const PAUSE = 60_000;

/** By how many of its first words a sentence is known to say the same as another; what follows are the particulars. */
const SAME_WORDS = 3;

/** Says on standard error what goes wrong with the log itself: the log is the one place where it cannot be said. */
export class SelfWarnings {
  private readonly said = new Map<string, { readonly at: number; unsaid: number }>();

  constructor(private readonly write: (line: string) => void = writeToStderr) {}

  /** Says it, unless the same was said within the last minute: of a loss it must not matter what was said before. */
  tell(sentence: string): void {
    const now = performance.now();
    const same = sentence.split(' ', SAME_WORDS).join(' ');
    const last = this.said.get(same);
    if (last !== undefined && now - last.at < PAUSE) {
      last.unsaid++;
      return;
    }
    const unsaid = last?.unsaid ?? 0;
    const more = unsaid === 0 ? '' : ` (${unsaid} such warnings were left out since the last one.)`;
    this.said.set(same, { at: now, unsaid: 0 });
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
