import { LRUCache } from 'lru-cache';
import type { StackFrame } from './exception-info.js';
import { isApplicationCode, isInPackage } from './script-places.js';
import { pathOf, type Place, SourceFiles } from './source-files.js';

/** A place as it was written, and whether the code there is Node's, a package's or the framework's. */
type Origin<Call> = Call & { readonly isInternal: boolean };

/** A call on a stack, where it was written. */
export type WrittenCall = Origin<StackFrame>;

/** A line of source with its surroundings. */
export interface SourceExcerpt {
  readonly line: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What a stack or the engine tells of a place: a path, or an address. */
interface Located {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

/** A stack as the engine wrote it, and the calls in it, which depend on where the message ends. */
interface Stack {
  readonly stack: string | null;
  readonly message: string;
  readonly frames: () => readonly StackFrame[];
}

const MAX_LINE = 400;
/** The same calls fail again and again, on the same stacks. */
const MAX_PLACES = 1_000;
const MAX_STACKS = 100;
/** How long a stack that is kept may be with its message, which has any length, in characters. */
const MAX_STACK = 20_000;

/** The source of calls as it was written, whatever it was compiled to. */
export class CallSources {
  private readonly files = new SourceFiles();
  private readonly stacks = new LRUCache<string, readonly WrittenCall[]>({ max: MAX_STACKS });
  private readonly origins = new LRUCache<string, Origin<Place>>({ max: MAX_PLACES });
  private readonly excerpts = new LRUCache<string, { readonly excerpt: SourceExcerpt | null }>({ max: MAX_PLACES });

  /** The calls on a stack, each where it was written. */
  callsOf({ stack, message, frames }: Stack): readonly WrittenCall[] {
    const read = (): readonly WrittenCall[] => frames().map((frame) => this.written(frame));
    if (stack === null || stack.length + message.length > MAX_STACK) return read();
    const key = `${message}\n${stack}`;
    const known = this.stacks.get(key);
    if (known !== undefined) return known;
    const calls = read();
    this.stacks.set(key, calls);
    return calls;
  }

  /** A call where it was written. */
  written<Call extends Located>(call: Call): Origin<Call> {
    const { file, line, column } = call;
    if (file === null) return { ...call, isInternal: true };
    return { ...call, ...this.origin(file, line, column) };
  }

  private origin(file: string, line: number | null, column: number | null): Origin<Place> {
    const key = `${line}:${column}:${file}`;
    const known = this.origins.get(key);
    if (known !== undefined) return known;
    const place = this.files.origin({ file: pathOf(file), line, column });
    // By what runs, too: a map may lead from a package to anywhere.
    const origin = { ...place, isInternal: !isApplicationCode(file) || isInPackage(place.file) };
    this.origins.set(key, origin);
    return origin;
  }

  /**
   * The line of a call that was written there; null where the source cannot be had.
   * @param around how many lines before it, and after it.
   */
  excerpt({ file, line }: Located, around: number): SourceExcerpt | null {
    if (file === null || line === null) return null;
    const key = `${line}:${around}:${file}`;
    const known = this.excerpts.get(key);
    if (known !== undefined) return known.excerpt;
    const excerpt = excerptOf(this.files.lines(file), line, around);
    this.excerpts.set(key, { excerpt });
    return excerpt;
  }
}

function excerptOf(lines: readonly string[] | null, line: number, around: number): SourceExcerpt | null {
  const text = lines?.[line - 1];
  if (lines === null || text === undefined) return null;
  const shown = (from: number, to: number): string[] => lines.slice(Math.max(0, from), Math.max(0, to)).map(cut);
  return { line: cut(text), before: shown(line - 1 - around, line - 1), after: shown(line, line + around) };
}

/** The beginning of a line, which says that there is more. */
function cut(line: string): string {
  return (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line).toWellFormed();
}
