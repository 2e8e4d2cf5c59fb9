import { AsyncLocalStorage } from 'node:async_hooks';
import { format } from 'node:util';

const METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const;
const MAX_LINES = 200;
const MAX_LINE = 10_000;

/** Catches what code writes to the console, and leaves what the rest of the program writes where it is. */
export class CapturedConsole {
  private readonly lines = new AsyncLocalStorage<string[]>();
  private restore: (() => void) | undefined;

  start(): void {
    const restores = METHODS.map((method) => {
      const original: unknown = Reflect.get(console, method);
      const write = (...values: unknown[]): void => {
        const lines = this.lines.getStore();
        if (lines === undefined) Reflect.apply(original as () => void, console, values);
        else if (lines.length < MAX_LINES) lines.push(format(...values).slice(0, MAX_LINE));
      };
      console[method] = write;
      return (): void => {
        if (Reflect.get(console, method) === write) Object.assign(console, { [method]: original });
      };
    });
    this.restore = () => restores.forEach((each) => each());
  }

  stop(): void {
    this.restore?.();
  }

  /** Whether the calling code is one whose writing is caught: an evaluation. */
  get isCatching(): boolean {
    return this.lines.getStore() !== undefined;
  }

  /** Runs code; what it writes, now or later, goes into the lines. */
  catch<Result>(lines: string[], code: () => Result): Result {
    return this.lines.run(lines, code);
  }
}
