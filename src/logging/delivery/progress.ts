/** Lets callers wait until something has been done. */
export class Progress {
  private readonly waiting = new Set<() => void>();

  /** Resolves when something has been done, or the time is up. */
  within(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.waiting.delete(finish);
        resolve();
      };
      const timer = setTimeout(finish, milliseconds);
      this.waiting.add(finish);
    });
  }

  made(): void {
    for (const finish of [...this.waiting]) finish();
  }
}
