import type { Debugger } from 'node:inspector';
import { localsIn } from './scope-locals.js';
import type { ValuePreview } from './value-preview.js';

/** A call that was running when something was thrown. Lines and columns are those of the code that runs, from 1. */
export interface RecordedFrame {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The variables by name, the innermost of a name, and `this`. */
  readonly locals: Readonly<Record<string, string>>;
  /** The frame itself, where it was kept. */
  readonly live: LiveCode | null;
}

/** A frame that lives on after its error. */
export interface LiveCode {
  /** Evaluates code as if it stood in the frame. */
  evaluate(code: string): unknown;
  /** The names of the variables of the frame. */
  names(): readonly string[];
}

/** What of the engine is passed to a function of the program as the thing itself. */
export type Passed = object;

/** Scopes whose variables are the frame's own; those of outer functions and of the module are seen in their own places. */
const OWN_SCOPES = new Set(['local', 'block', 'catch', 'with', 'eval']);

interface Call {
  readonly frame: Omit<RecordedFrame, 'locals' | 'live'>;
  readonly hasThis: boolean;
  readonly scopes: number;
  readonly isLive: boolean;
}

/** The calls of a pause: what the engine shows of them is passed to the program in one row, and told apart there. */
export class PausedCalls {
  /** For each call its `this`, its scopes and, if it is kept, the function that evaluates in it. */
  readonly passed: Passed[] = [];
  private readonly calls: Call[] = [];

  /**
   * @param scripts the paths of the application's own, by their ids.
   * @param keep makes what evaluates in a call and so keeps it alive; null keeps none.
   */
  constructor(
    callFrames: readonly Debugger.CallFrame[],
    scripts: ReadonlyMap<string, string>,
    keep: ((callFrameId: string) => RemoteValue) | null,
  ) {
    for (const { callFrameId, functionName, location, scopeChain, this: self } of callFrames) {
      const scopes = scopeChain.filter(({ type }) => OWN_SCOPES.has(type));
      // Each thing that is passed costs the engine as much as showing it costs us.
      const hasThis = self.type !== 'undefined';
      if (hasThis) this.passed.push(reference(self));
      for (const { object } of scopes) this.passed.push(reference(object));
      if (keep !== null) this.passed.push(reference(keep(callFrameId)));
      this.calls.push({
        frame: {
          functionName,
          file: scripts.get(location.scriptId) ?? '',
          line: location.lineNumber + 1,
          column: (location.columnNumber ?? 0) + 1,
        },
        hasThis,
        scopes: scopes.length,
        isLive: keep !== null,
      });
    }
  }

  get isEmpty(): boolean {
    return this.calls.length === 0;
  }

  /** The frames, made of the things that were passed. */
  frames(given: readonly unknown[], preview: ValuePreview): RecordedFrame[] {
    let next = 0;
    return this.calls.map(({ frame, hasThis, scopes: count, isLive }): RecordedFrame => {
      const self = hasThis ? given[next++] : undefined;
      const scopes = given.slice(next, (next += count)) as object[];
      const evaluate = isLive ? given[next++] : undefined;
      return {
        ...frame,
        locals: localsIn(scopes, self, preview),
        live: typeof evaluate === 'function' ? liveCode(evaluate as LiveCode['evaluate'], scopes) : null,
      };
    });
  }
}

/** A value as the protocol of the inspector has it. */
export interface RemoteValue {
  readonly objectId?: string | undefined;
  readonly value?: unknown;
  readonly unserializableValue?: string | undefined;
}

/** Names a value of the protocol's, so that the engine passes the thing itself. */
export function reference({ objectId, value, unserializableValue }: RemoteValue): Passed {
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value } : { unserializableValue };
}

function liveCode(evaluate: LiveCode['evaluate'], scopes: readonly object[]): LiveCode {
  return { evaluate, names: () => [...new Set(scopes.flatMap((scope) => Object.keys(scope)))] };
}
