import { AsyncLocalStorage } from 'node:async_hooks';
import { format, inspect } from 'node:util';
import { hearRejections } from './rejections.js';

type Written = (...values: unknown[]) => string;

/** The methods that write by themselves, and what; all others, such as `table`, write by one of these. */
const METHODS: Readonly<Record<string, Written>> = {
  ...{ log: format, info: format, warn: format, error: format, debug: format, dirxml: format },
  dir: (value, options) => inspect(value, { customInspect: false, ...(options as object | undefined) }),
};
const MAX_LINES = 200;
const MAX_LINE = 10_000;

/** Where the output of an input goes. */
export interface Output {
  /** What it writes to the console. */
  readonly lines: string[];
  /** Is told of each rejection of its promises that nobody handles. */
  readonly rejected: (reason: unknown) => void;
}

/**
 * Catches what code writes to the console and what its promises are rejected with, and leaves those of the rest of the
 * program where they are.
 */
export class CapturedConsole {
  private readonly outputs = new AsyncLocalStorage<Output>();
  private restore: (() => void) | undefined;
  private unhear: (() => void) | undefined;

  start(): void {
    const restores = Object.entries(METHODS).map(([method, written]) => {
      const original: unknown = Reflect.get(console, method);
      const write = (...values: unknown[]): void => {
        const lines = this.outputs.getStore()?.lines;
        if (lines === undefined) Reflect.apply(original as () => void, console, values);
        else if (lines.length < MAX_LINES) lines.push(written(...values).slice(0, MAX_LINE));
      };
      Object.assign(console, { [method]: write });
      return (): void => {
        if (Reflect.get(console, method) === write) Object.assign(console, { [method]: original });
      };
    });
    this.restore = () => restores.forEach((each) => each());
  }

  stop(): void {
    this.restore?.();
    this.restore = undefined;
    this.unhear?.();
    this.unhear = undefined;
  }

  /** Whether the calling code is one whose writing is caught: an evaluation. */
  get isCatching(): boolean {
    return this.outputs.getStore() !== undefined;
  }

  /** Runs code; what it writes, now or later, goes into the output. */
  catch<Result>(output: Output, code: () => Result): Result {
    // Until something is typed, nobody's rejections are listened for.
    if (this.restore !== undefined) this.unhear ??= hearRejections((reason, tell) => this.take(reason, tell));
    return this.outputs.run(output, code);
  }

  private take(reason: unknown, tell: boolean): boolean {
    const output = this.outputs.getStore();
    if (tell) output?.rejected(reason);
    return output !== undefined;
  }
}
