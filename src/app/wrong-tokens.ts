import { LRUCache } from 'lru-cache';

/** How many wrong tokens an address may send within the window, in milliseconds, that begins with its first one. */
const ALLOWED = 10;
const WINDOW = 60_000;
const MAX_ADDRESSES = 10_000;

/** Counts the wrong tokens of each address, so that a token cannot be guessed by trying. */
export class WrongTokens {
  private readonly counts = new LRUCache<string, { count: number }>({ max: MAX_ADDRESSES, ttl: WINDOW });

  add(address: string): void {
    const known = this.counts.get(address);
    if (known === undefined) this.counts.set(address, { count: 1 });
    else known.count++;
  }

  /** How long the address has to wait before it may try again, in seconds; 0 when it may now. */
  secondsToWait(address: string): number {
    const known = this.counts.get(address);
    if (known === undefined || known.count < ALLOWED) return 0;
    return Math.max(1, Math.ceil(this.counts.getRemainingTTL(address) / 1000));
  }
}
