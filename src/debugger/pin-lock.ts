import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isEqual } from './access-rules.js';

/** How many wrong PINs there may be until the process is started anew. */
const MAX_WRONG = 10;
/** After how many of them each costs time, and how much, in milliseconds. */
const FREE = 5;
const DELAY = 1_000;

/** What trying a PIN came to. */
export type PinAnswer = 'right' | 'wrong' | 'locked';

/** A random PIN of nine digits, which only the terminal shows. */
export class PinLock {
  readonly pin = String(randomInt(1_000_000_000)).padStart(9, '0');
  private wrong = 0;

  /** The PIN as people read it. */
  get readable(): string {
    return this.pin.replace(/(\d{3})(?=\d)/g, '$1-');
  }

  /** Whether no PIN is taken any more. */
  get isLocked(): boolean {
    return this.wrong >= MAX_WRONG;
  }

  async try(given: string): Promise<PinAnswer> {
    if (this.wrong >= MAX_WRONG) return 'locked';
    if (isEqual(given.replace(/[\s-]/g, ''), this.pin)) {
      this.wrong = 0;
      return 'right';
    }
    this.wrong++;
    const answer = this.wrong >= MAX_WRONG ? 'locked' : 'wrong';
    if (this.wrong > FREE) await delay(DELAY);
    return answer;
  }
}
