/** How long a loop runs before others are served, in milliseconds. */
const SLICE = 5;

/**
 * The turns that the loops of an input take with everything else that the process does: a loop that runs on and on would
 * otherwise let nobody else be served until it is ended.
 */
export class Turns {
  private begun = performance.now();
  private busy = 0;
  private isOver = false;

  /** @param limit how long loops that wait for nothing may run, all in all, in milliseconds. */
  constructor(private readonly limit: number) {}

  /**
   * Whether it is another's turn.
   * @param waits whether the loop waits for something by itself, so that time is no measure of how busy it is.
   * @throws Error when the loop has run for too long, or nobody waits for it any more.
   */
  isDue(waits: boolean): boolean {
    const elapsed = performance.now() - this.begun;
    if (this.isOver) throw new Error('The loop is ended: it is no longer awaited.');
    if (elapsed < SLICE) return false;
    if (!waits) this.busy += elapsed;
    if (this.busy > this.limit) throw new Error(`The loop timed out: it ran for ${this.limit / 1000} s, and is ended.`);
    return true;
  }

  /** Resolves when the others had their turn. */
  async taken(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.begun = performance.now();
  }

  /** Ends what still runs at its next turn. */
  end(): void {
    this.isOver = true;
  }
}
