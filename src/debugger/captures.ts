import { randomBytes } from 'node:crypto';
import type { FrameConsole } from './frame-console.js';

/** How many errors are kept open, and for how long, in milliseconds. */
const MAX_CAPTURES = 20;
const MAX_AGE = 15 * 60_000;

/** What the console of the application has in place of a frame's numbers. */
export const APPLICATION = 'application';

interface Capture {
  readonly consoles: ReadonlyMap<string, FrameConsole>;
  /** Whose page may frame the consoles, such as `http://localhost:3000`. */
  readonly origin: string;
  readonly timer?: NodeJS.Timeout;
}

/** The errors whose frames are kept, each under an id that nobody can guess. */
export class Captures {
  private readonly kept = new Map<string, Capture>();
  private application: { readonly id: string; readonly console: Capture } | undefined;

  /** Keeps the console of the application for as long as that runs. No page may frame it. */
  addApplication(console: FrameConsole): string {
    const id = randomBytes(16).toString('base64url');
    this.application = { id, console: { consoles: new Map([[APPLICATION, console]]), origin: '' } };
    return id;
  }

  /** Keeps the consoles of an error, by the numbers of their frames. */
  add(consoles: ReadonlyMap<string, FrameConsole>, origin: string): string {
    const id = randomBytes(16).toString('base64url');
    const timer = setTimeout(() => this.drop(id), MAX_AGE).unref();
    this.kept.set(id, { consoles, origin, timer });
    for (const oldest of [...this.kept.keys()].slice(0, -MAX_CAPTURES)) this.drop(oldest);
    return id;
  }

  console(id: string, frame: string): FrameConsole | undefined {
    return this.find(id)?.consoles.get(frame);
  }

  originOf(id: string): string | undefined {
    return this.find(id)?.origin;
  }

  clear(): void {
    for (const id of [...this.kept.keys()]) this.drop(id);
    this.application = undefined;
  }

  private find(id: string): Capture | undefined {
    return id === this.application?.id ? this.application.console : this.kept.get(id);
  }

  private drop(id: string): void {
    clearTimeout(this.kept.get(id)?.timer);
    this.kept.delete(id);
  }
}
