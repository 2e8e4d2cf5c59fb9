import { Script } from 'node:vm';
import { ExceptionInfo } from '../inspection/exception-info.js';
import type { CapturedConsole } from './captured-console.js';
import { compileInput } from './input.js';
import type { LiveFrame } from './live-frame.js';
import { type ShownMember, type ShownValue, ValueTree } from './value-tree.js';

/** What an input came to. */
export interface Outcome {
  readonly isOk: boolean;
  /** The value; null when it failed. */
  readonly value: ShownValue | null;
  /** What went wrong, as a trace; null when nothing did. */
  readonly error: string | null;
  /** What was written to the console meanwhile. */
  readonly lines: readonly string[];
}

/** The longest input, in characters. */
export const MAX_INPUT = 65_536;
/** How long code may run without giving way, and how long it may be awaited, in milliseconds. */
const TIME_LIMIT = 3_000;
const AWAIT_LIMIT = 60_000;

const HELP = `Evaluates JavaScript in this frame: its variables, this, private fields and closures, and await.
What you declare stays; _ is the last result. Objects are live: what you change, the program sees.
Enter runs, Shift-Enter breaks the line, the arrows walk the history, Tab completes, Ctrl-L clears.`;

const RUN = Symbol.for('nestjs-errata.run');
const runner = new Script(`globalThis[Symbol.for('nestjs-errata.run')]()`);

/** A console in one frame. */
export class FrameConsole {
  private readonly declared = Object.create(null) as Record<string, unknown>;
  private readonly tree = new ValueTree();
  private isBusy = false;

  constructor(
    private readonly frame: LiveFrame,
    private readonly output: CapturedConsole,
  ) {}

  /** Evaluates an input: one at a time. */
  async run(input: string): Promise<Outcome> {
    const lines: string[] = [];
    const failed = (error: string): Outcome => ({ isOk: false, value: null, error, lines });
    if (input.length > MAX_INPUT) return failed(`The input has ${input.length} characters; ${MAX_INPUT} are the most.`);
    if (input.trim() === 'help') return { isOk: true, value: null, error: null, lines: [HELP] };
    if (this.isBusy) return failed('This frame is still busy with the input before. Wait until it is done.');
    this.isBusy = true;
    try {
      const value = await this.evaluate(input, lines);
      this.declared['_'] = value;
      return { isOk: true, value: this.tree.show(value), error: null, lines };
    } catch (error) {
      return failed(traceOf(error));
    } finally {
      this.isBusy = false;
    }
  }

  /** The members of a value that was shown. */
  open(id: number): ShownMember[] {
    return this.tree.open(id);
  }

  /** What the end of an input can be completed to. */
  complete(input: string): readonly string[] {
    const [, typed = ''] = /([\w$.#]*)$/.exec(input) ?? [];
    const dot = typed.lastIndexOf('.');
    const start = typed.slice(dot + 1);
    const names = dot === -1 ? this.names() : namesIn(this.reach(typed.slice(0, dot).split('.')));
    return [...new Set(names)].filter((name) => name.startsWith(start) && name !== start).sort();
  }

  private names(): string[] {
    return [...this.frame.names(), ...Object.keys(this.declared), 'this'];
  }

  /** Follows a path by descriptors, so that completing runs nothing. */
  private reach([first = '', ...rest]: readonly string[]): unknown {
    if (!/^[\w$]+$/.test(first)) return undefined;
    let value: unknown;
    try {
      value = first in this.declared ? this.declared[first] : this.frame.evaluate(first);
    } catch {
      return undefined;
    }
    for (const name of rest) value = dataIn(value, name);
    return value;
  }

  private async evaluate(input: string, lines: string[]): Promise<unknown> {
    const { source, names } = compileInput(input);
    for (const name of names) if (!(name in this.declared)) this.declared[name] = undefined;
    return this.frame.within(() =>
      this.output.catch(lines, async () => {
        const code = this.frame.evaluate(source) as (declared: object) => unknown;
        return inTime(runLimited(() => code(this.declared)));
      }),
    );
  }
}

/** Runs code that is ended when it does not give way in time, as `while (true)` never does. */
function runLimited(code: () => unknown): unknown {
  const holder = globalThis as Record<symbol, unknown>;
  holder[RUN] = code;
  try {
    return runner.runInThisContext({ timeout: TIME_LIMIT });
  } finally {
    Reflect.deleteProperty(holder, RUN);
  }
}

async function inTime(value: unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    const error = new Error(
      `It was awaited for ${AWAIT_LIMIT / 1000} s and is not done yet; it goes on without being watched.`,
    );
    timer = setTimeout(() => reject(error), AWAIT_LIMIT);
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Without the frames of the console itself. */
function traceOf(error: unknown): string {
  const own = /frame-console|node:vm|node:internal|captured-console/;
  return new ExceptionInfo(error)
    .toString()
    .split('\n')
    .filter((line) => !own.test(line))
    .join('\n');
}

function dataIn(value: unknown, name: string): unknown {
  for (let holder: unknown = value; isObject(holder); holder = Object.getPrototypeOf(holder)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(holder, name);
    if (descriptor !== undefined) return descriptor.value;
  }
  return undefined;
}

function namesIn(value: unknown): string[] {
  const names: string[] = [];
  let holder: unknown = isObject(value) ? value : value == null ? null : Object.getPrototypeOf(value);
  for (; isObject(holder) && holder !== Object.prototype; holder = Object.getPrototypeOf(holder)) {
    names.push(...Object.getOwnPropertyNames(holder));
  }
  return names;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
