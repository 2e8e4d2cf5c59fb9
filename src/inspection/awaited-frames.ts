import { AsyncCalls } from './async-calls.js';
import { type AsyncCode, awaitPlacesIn } from './await-places.js';
import { type BreakLocation, breakPlaces } from './break-places.js';
import type { CallPlace } from './call-places.js';
import type { Post } from './inspector-post.js';
import type { LiveCode } from './paused-calls.js';
import { localsIn } from './scope-locals.js';
import { pathOf } from './source-files.js';
import type { ValuePreview } from './value-preview.js';

/** A call that waited when something was thrown. */
export interface AwaitedFrame {
  /** Where it may have waited: the awaits of one statement. Lines and columns are those of the code that runs, from 1. */
  readonly places: readonly { readonly file: string; readonly line: number; readonly column: number }[];
  readonly locals: Readonly<Record<string, string>>;
  readonly live: LiveCode;
}

/** A script that was parsed. */
export interface ParsedScript {
  readonly scriptId: string;
  readonly url: string;
  readonly isModule?: boolean | undefined;
}

/** What a call met before it waited. */
interface Met {
  readonly site: Site;
  readonly evaluate: LiveCode['evaluate'];
}

interface Site {
  readonly code: AsyncCode;
  readonly places: AwaitedFrame['places'];
  readonly names: readonly string[];
}

/** The largest script that is looked through, in characters: what is larger is a bundle, and seldom written by hand. */
const MAX_SCRIPT = 2_097_152;
const MAX_FRAMES = 30;
let count = 0;

/**
 * Keeps the frames of calls for as long as they wait. The engine stops nowhere for it: a breakpoint before each `await` has
 * a condition that passes a closure of the frame to us and is false.
 */
export class AwaitedFrames {
  private readonly sites: Site[] = [];
  private readonly codes = new Map<string, readonly AsyncCode[]>();
  private readonly calls = new AsyncCalls<Met>((place) => this.codeAt(place));
  private readonly key = `nestjs-errata.awaits.${++count}`;

  start(): void {
    const meet = (index: number, evaluate: LiveCode['evaluate']): boolean => {
      const site = this.sites[index];
      if (site !== undefined) this.calls.meet(site.code, { site, evaluate }, meet);
      return false;
    };
    Reflect.set(globalThis, Symbol.for(this.key), meet);
    this.calls.start();
  }

  stop(): void {
    this.calls.stop();
    Reflect.deleteProperty(globalThis, Symbol.for(this.key));
  }

  /** Sets the breakpoints of a script. What cannot be parsed or stopped in has no frames. */
  watch({ scriptId, url, isModule = false }: ParsedScript, post: Post): void {
    try {
      const { scriptSource } = post('Debugger.getScriptSource', { scriptId }) as { scriptSource: string };
      if (scriptSource.length > MAX_SCRIPT || !/\basync\b/.test(scriptSource)) return;
      const { codes, places } = awaitPlacesIn(scriptSource, isModule);
      // Stacks name modules by their address and other scripts by their path.
      for (const name of [url, pathOf(url)]) this.codes.set(name, codes);
      if (places.length === 0) return;
      const start = { scriptId, lineNumber: 0, columnNumber: 0 };
      const { locations } = post('Debugger.getPossibleBreakpoints', { start }) as { locations: BreakLocation[] };
      for (const { location, awaits } of breakPlaces(places, locations, scriptSource)) {
        const [{ code, names } = { code: null, names: [] }] = awaits;
        if (code === null) continue;
        const positions = awaits.map(({ isTurn, position }) =>
          isTurn ? { line: location.lineNumber + 1, column: location.columnNumber ?? 0 } : position,
        );
        const file = pathOf(url);
        const found = positions.map(({ line, column }) => ({ file, line, column: column + 1 }));
        const index = this.sites.push({ code, names, places: found }) - 1;
        post('Debugger.setBreakpoint', {
          location: { scriptId, lineNumber: location.lineNumber, columnNumber: location.columnNumber },
          condition: `globalThis[Symbol.for('${this.key}')]?.(${index}, ($code$) => eval($code$))`,
        });
      }
    } catch {
      // The calls of this script stay without frames, as they would be without us.
    }
  }

  /** The calls that wait for what runs now, the nearest first. */
  frames(preview: ValuePreview): AwaitedFrame[] {
    const met = this.calls.waits().slice(0, MAX_FRAMES);
    return met.map(({ site: { places, names }, evaluate }) => ({
      places,
      locals: localsIn([variablesOf(names, evaluate)], valueIn(evaluate, 'this')?.value, preview),
      live: { evaluate, names: () => names },
    }));
  }

  private codeAt({ script, offset }: CallPlace): { code: AsyncCode; isEntry: boolean } | null {
    const within = this.codes.get(script)?.filter(({ start, end }) => offset >= start && offset < end) ?? [];
    const code = within.reduce<AsyncCode | null>(
      (inner, each) => (inner && inner.start > each.start ? inner : each),
      null,
    );
    if (code === null) return null;
    return { code, isEntry: offset < code.body };
  }
}

function variablesOf(names: readonly string[], evaluate: LiveCode['evaluate']): Record<string, unknown> {
  const variables = names.flatMap((name): [string, unknown][] => {
    const held = valueIn(evaluate, name);
    return held === null ? [] : [[name, held.value]];
  });
  return Object.fromEntries(variables);
}

/** What a name stands for in a frame; null for what is declared further on. */
function valueIn(evaluate: LiveCode['evaluate'], name: string): { readonly value: unknown } | null {
  try {
    return { value: evaluate(name) };
  } catch {
    return null;
  }
}
