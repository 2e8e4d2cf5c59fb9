import { setImmediate as turn } from 'node:timers/promises';
import { types } from 'node:util';
import { Script } from 'node:vm';
import { ExceptionInfo } from '../inspection/exception-info.js';
import type { CapturedConsole, Output } from './captured-console.js';
import { completions } from './completion.js';
import { type CompiledInput, compileInput } from './input.js';
import type { LiveFrame } from './live-frame.js';
import { Turns } from './turns.js';
import { type ShownMember, type ShownValue, ValueTree } from './value-tree.js';

/** What an input came to. */
export interface Outcome {
  readonly isOk: boolean;
  /** The value; null when it failed. */
  readonly value: ShownValue | null;
  /** What went wrong, as a trace; null when nothing did. */
  readonly error: string | null;
  /** What was written to the console meanwhile, and what was rejected since the input before. */
  readonly lines: readonly string[];
}

/** The longest input, in characters. */
export const MAX_INPUT = 65_536;
/** The longest trace, in characters. */
const MAX_TRACE = 20_000;
/** How many rejections are told at once, and the longest trace of one. */
const MAX_REJECTIONS = 20;
const MAX_REJECTION = 2_000;
/** How long code may run without giving way, and how long it may be awaited, in milliseconds. */
const TIME_LIMIT = 3_000;
const AWAIT_LIMIT = 60_000;

/** What the console of a frame says of itself. */
const FRAME_HELP = `Evaluates JavaScript in this frame: its variables, this, private fields and closures, and await.
What you declare stays; _ is the last result, unless the program has a _ of its own. Objects are live: what you change, the program sees.
Enter runs, Shift-Enter breaks the line, the arrows walk the history, Tab completes, Ctrl-L clears.`;

const RUN = Symbol.for('nestjs-errata.run');
const runner = new Script(`globalThis[Symbol.for('nestjs-errata.run')]()`, { filename: 'errata-console' });
/** The global object that scripts see, which under a test runner is another than ours. */
const scriptGlobal = new Script('globalThis').runInThisContext() as Record<symbol, unknown>;

/** The value of an input; held, so that a promise is not awaited unasked. */
interface Held {
  readonly value: unknown;
}

/** A console in one frame, or in what stands for one. */
export class FrameConsole {
  private readonly declared = new Set<string>();
  /** Evaluates in the frame and, below it, among the names that were declared. */
  private scope = (code: string): unknown => this.frame.evaluate(code);
  private readonly tree = new ValueTree();
  /** What promises were rejected with that nobody handles, and that is not told yet. */
  private readonly rejections: string[] = [];
  private isBusy = false;

  constructor(
    private readonly frame: LiveFrame,
    private readonly output: CapturedConsole,
    private readonly help = FRAME_HELP,
  ) {}

  /** Evaluates an input: one at a time. */
  async run(input: string): Promise<Outcome> {
    const lines: string[] = [];
    const failed = (error: string): Outcome => ({ isOk: false, value: null, error, lines });
    if (input.length > MAX_INPUT) return failed(`The input has ${input.length} characters; ${MAX_INPUT} are the most.`);
    if (/^\s*help(?:\(\))?\s*;?\s*$/.test(input) && !this.known().includes('help'))
      return { isOk: true, value: null, error: null, lines: [this.help] };
    const compiled = compiledOrRefused(input);
    if (typeof compiled === 'string') return failed(compiled);
    if (this.isBusy) return failed('This frame is still busy with the input before. Wait until it is done.');
    this.isBusy = true;
    try {
      const outcome = await this.outcomeOf(compiled, lines);
      // A rejection counts as handled by nobody when the turn is over.
      await turn();
      return { ...outcome, lines: [...lines, ...this.rejections.splice(0)] };
    } finally {
      this.isBusy = false;
    }
  }

  private async outcomeOf(input: CompiledInput, lines: string[]): Promise<Outcome> {
    try {
      const value = (await this.evaluate(input, { lines, rejected: (reason) => this.hear(reason) }))?.value;
      this.remember(value);
      return { isOk: true, value: this.tree.show(value), error: null, lines };
    } catch (error) {
      return { isOk: false, value: null, error: traceOf(error), lines };
    }
  }

  private hear(reason: unknown): void {
    if (this.rejections.length >= MAX_REJECTIONS) return;
    this.rejections.push(`Uncaught (in promise) ${traceOf(reason).slice(0, MAX_REJECTION)}`);
  }

  /** The members of a value that was shown. */
  open(id: number): ShownMember[] {
    return this.tree.open(id);
  }

  /** What the end of an input can be completed to. */
  complete(input: string): readonly string[] {
    return completions(input, { known: this.known(), valueOf: (name) => this.scope(name) });
  }

  private known(): string[] {
    return [...this.frame.names(), ...this.declared, 'this'];
  }

  private async evaluate({ source, names, isAsync }: CompiledInput, output: Output): Promise<Held | undefined> {
    return this.frame.within(() =>
      this.output.catch(output, async () => {
        this.declare(names);
        const code = this.scope(source) as (turns: Turns) => unknown;
        const turns = new Turns(TIME_LIMIT);
        const result = runLimited(() => code(turns));
        const held = (isAsync ? await inTime(result).finally(() => turns.end()) : result) as Held | undefined;
        // A promise that is shown tells of its failure itself.
        if (types.isPromise(held?.value)) void Promise.prototype.then.call(held.value, undefined, () => {});
        return held;
      }),
    );
  }

  /** Makes room for names, in a scope inside the last one: in strict code as in any other. */
  private declare(names: readonly string[]): void {
    const fresh = names.filter((name) => !this.declared.has(name));
    if (fresh.length === 0) return;
    if (fresh.includes('eval')) throw new SyntaxError('The console needs eval as it is.');
    const inner = this.scope(`(() => { let ${fresh.join(', ')}; return ($code$) => eval($code$); })()`);
    this.scope = inner as (code: string) => unknown;
    for (const name of fresh) this.declared.add(name);
  }

  /** Keeps the last result under `_`, which in many programs is a library. */
  private remember(value: unknown): void {
    if (!this.declared.has('_')) {
      if (this.hasOwnUnderscore()) return;
      this.declare(['_']);
    }
    const set = this.scope('($value$) => { _ = $value$; }') as (value: unknown) => void;
    set(value);
  }

  private hasOwnUnderscore(): boolean {
    try {
      return this.scope('typeof _') !== 'undefined';
    } catch {
      return true;
    }
  }
}

/** What was typed, ready to be run, or why it is no JavaScript: where the parser stood then helps nobody. */
function compiledOrRefused(input: string): CompiledInput | string {
  try {
    return compileInput(input);
  } catch (error) {
    return String(error);
  }
}

/** Runs code that is ended when it does not give way in time, as `while (true)` never does. */
function runLimited(code: () => unknown): unknown {
  scriptGlobal[RUN] = code;
  try {
    return runner.runInThisContext({ timeout: TIME_LIMIT, displayErrors: false });
  } finally {
    Reflect.deleteProperty(scriptGlobal, RUN);
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

/** A trace of what was typed: what called it is the console itself, which nobody asked for. */
function traceOf(error: unknown): string {
  let isBelow = false;
  const kept = new ExceptionInfo(error)
    .toString()
    .split('\n')
    .filter((line) => {
      if (!line.trimStart().startsWith('at ')) isBelow = false;
      else if (OWN_FRAME.test(line)) isBelow = true;
      return !isBelow && !OFFERED.test(line);
    });
  return kept
    .map((line) => line.replace(EVALUATED, '(eval:$1)'))
    .join('\n')
    .slice(0, MAX_TRACE);
}

const OWN_FRAME = /\(?(?:errata-console|node:vm|node:internal\/vm)\b|\/debugger\/(?:frame-console|input)\.[jt]s/;
/** What consoles put around and beside what was typed. */
const OFFERED = /\/debugger\/(?:(?:application|container)-[a-z]+|turns)\.[jt]s:/;
/** Where evaluated code stands: an eval inside an eval for each scope. */
const EVALUATED = /\(eval at .*<anonymous>:(\d+:\d+)\)$/;
