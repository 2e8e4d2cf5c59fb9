import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Keeps the statements of others out of a transaction on a connection that all share.
 *
 * A transaction waits until the statements that are running are done, and statements that come meanwhile wait until the
 * transaction is over. Code that a transaction runs belongs to it, whichever way its statements come.
 */
export class TransactionGate<Owner extends object> {
  private readonly running = new AsyncLocalStorage<Owner>();
  private readonly waiting = new Set<() => void>();
  private owner: Owner | null = null;
  private statements = 0;

  /** @param patience how long to wait for a transaction to end, in milliseconds. */
  constructor(private readonly patience: number) {}

  /** The transaction that the calling code belongs to. */
  current(): Owner | null {
    return this.owner !== null && this.running.getStore() === this.owner ? this.owner : null;
  }

  /** Runs code as part of a transaction. */
  runAs<Result>(owner: Owner, code: () => Promise<Result>): Promise<Result> {
    return this.running.run(owner, code);
  }

  /** Runs one statement of a runner: at once inside the transaction, outside when none is open. */
  async pass<Result>(runner: Owner, statement: () => Promise<Result>): Promise<Result> {
    if (this.owner === runner || this.current() !== null) return statement();
    await this.until(() => this.begin());
    try {
      return await statement();
    } finally {
      this.statements--;
      this.wake();
    }
  }

  /**
   * Opens a transaction.
   * @throws Error when another one does not end in time.
   */
  async enter(runner: Owner): Promise<void> {
    await this.until(() => this.claim(runner));
    try {
      await this.until(() => this.statements === 0);
    } catch (error) {
      this.leave(runner);
      throw error;
    }
  }

  /** Closes the transaction, if it is this runner's. */
  leave(runner: Owner): void {
    if (this.owner !== runner) return;
    this.owner = null;
    // While it is in use, AsyncLocalStorage follows every promise of the process; without a transaction nobody asks it.
    this.running.disable();
    this.wake();
  }

  private begin(): boolean {
    if (this.owner !== null) return false;
    this.statements++;
    return true;
  }

  private claim(runner: Owner): boolean {
    if (this.owner !== null) return false;
    this.owner = runner;
    return true;
  }

  /** What is asked takes effect by itself: between a true answer and the caller another waiter may have its turn. */
  private async until(succeeds: () => boolean): Promise<void> {
    const deadline = performance.now() + this.patience;
    while (!succeeds()) {
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(this.impatience());
      await this.turn(left);
    }
  }

  /** Resolves when something has ended, or the time is up. */
  private turn(milliseconds: number): Promise<void> {
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

  private wake(): void {
    for (const finish of [...this.waiting]) finish();
  }

  private impatience(): string {
    return (
      `The database was busy with one transaction for ${this.patience / 1000} s, so the statement was given up. ` +
      'A query runner that awaits another query of its DataSource inside its own transaction waits for itself: ' +
      'use the runner’s own manager, or dataSource.transaction(…).'
    );
  }
}
