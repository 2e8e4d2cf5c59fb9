import { randomBytes } from 'node:crypto';
import type { FrameConsole } from './frame-console.js';

/** How many errors are kept open, and for how long, in milliseconds. */
const MAX_CAPTURES = 20;
const MAX_AGE = 15 * 60_000;

interface Capture {
  readonly consoles: ReadonlyMap<string, FrameConsole>;
  /** Whose page may frame the consoles, such as `http://localhost:3000`. */
  readonly origin: string;
  readonly timer: NodeJS.Timeout;
}

/** The errors whose frames are kept, each under an id that nobody can guess. */
export class Captures {
  private readonly kept = new Map<string, Capture>();

  /** Keeps the consoles of an error, by the numbers of their frames. */
  add(consoles: ReadonlyMap<string, FrameConsole>, origin: string): string {
    const id = randomBytes(16).toString('base64url');
    const timer = setTimeout(() => this.drop(id), MAX_AGE).unref();
    this.kept.set(id, { consoles, origin, timer });
    for (const oldest of [...this.kept.keys()].slice(0, -MAX_CAPTURES)) this.drop(oldest);
    return id;
  }

  console(id: string, frame: string): FrameConsole | undefined {
    return this.kept.get(id)?.consoles.get(frame);
  }

  originOf(id: string): string | undefined {
    return this.kept.get(id)?.origin;
  }

  clear(): void {
    for (const id of [...this.kept.keys()]) this.drop(id);
  }

  private drop(id: string): void {
    clearTimeout(this.kept.get(id)?.timer);
    this.kept.delete(id);
  }
}
