/** Lets so much happen in a second, and no more. */
export class RateLimit {
  private second = 0;
  private count = 0;

  /** @param most how often in a second. */
  constructor(private readonly most: number) {}

  /** Whether it may happen once more. */
  take(): boolean {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.second) {
      this.second = second;
      this.count = 0;
    }
    return ++this.count <= this.most;
  }

  /** It did not happen after all. */
  giveBack(): void {
    this.count--;
  }
}
