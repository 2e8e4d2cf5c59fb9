import { types } from 'node:util';
import type { CallSources, SourceExcerpt } from './call-sources.js';
import { ExceptionInfo, type StackFrame } from './exception-info.js';
import type { LocalsRecord, NoRecord } from './locals-recorder.js';
import type { LiveCode } from './paused-calls.js';
import { joinFrames } from './joined-frames.js';

/** A call on the stack, with its source and its variables. */
export interface ContextualFrame extends StackFrame {
  /** The line of source and those around it; null where the source cannot be had. */
  readonly source: SourceExcerpt | null;
  /** The variables by name; null where they were not recorded. */
  readonly locals: Readonly<Record<string, string>> | null;
  /** The frame itself, where it was kept. */
  readonly live: LiveCode | null;
  /** Whether the call was left at an `await`. */
  readonly isAsync: boolean;
  /** Whether the call is of Node's, of a package or of the framework. */
  readonly isHidden: boolean;
}

/** Where the context of an exception comes from. */
export interface ExceptionContext {
  readonly sources: CallSources;
  readonly recordOf: (thrown: unknown) => LocalsRecord | NoRecord;
  /** Whether frames that are not the application's are told apart. */
  readonly hideInternalFrames: boolean;
}

/** How many lines are shown before a line of source, and after it. */
const SURROUNDINGS = 5;
const MAX_ERRORS = 10;
/** How deep aggregates within aggregates are followed: one may hold itself. */
const MAX_NESTING = 3;

/** What happened, in the source as it was written: with variables, causes and the errors of an `AggregateError`. */
export class ContextualExceptionInfo extends ExceptionInfo {
  private readonly record: LocalsRecord | NoRecord;
  private made: readonly ContextualFrame[] | undefined;

  /** @param context without one there is the stack alone. */
  constructor(
    thrown: unknown,
    private readonly context?: ExceptionContext,
    private readonly nesting = 0,
  ) {
    super(thrown);
    this.record = context?.recordOf(thrown) ?? 'unseen';
  }

  /** Why there are no variables; null when there are. */
  get noRecord(): NoRecord | null {
    return typeof this.record === 'string' ? this.record : null;
  }

  /** What was recorded with the variables. */
  get recorded(): LocalsRecord | null {
    return typeof this.record === 'string' ? null : this.record;
  }

  override get frames(): readonly ContextualFrame[] {
    return (this.made ??= this.makeFrames());
  }

  override get causes(): readonly ContextualExceptionInfo[] {
    return super.causes.map(({ thrown }) => new ContextualExceptionInfo(thrown, this.context));
  }

  /** The errors of an `AggregateError`, ten at most. */
  get errors(): readonly ContextualExceptionInfo[] {
    const { thrown } = this;
    if (!types.isNativeError(thrown) || types.isProxy(thrown) || this.nesting >= MAX_NESTING) return [];
    const errors: unknown = Reflect.getOwnPropertyDescriptor(thrown, 'errors')?.value;
    if (!Array.isArray(errors) || types.isProxy(errors)) return [];
    return Array.from(
      { length: Math.min(errors.length, MAX_ERRORS) },
      (_, index) =>
        new ContextualExceptionInfo(
          Reflect.getOwnPropertyDescriptor(errors, String(index))?.value,
          this.context,
          this.nesting + 1,
        ),
    );
  }

  private makeFrames(): ContextualFrame[] {
    const { context } = this;
    if (context === undefined) return [];
    const { sources, hideInternalFrames } = context;
    const { stack, message } = this;
    const calls = sources.callsOf({ stack, message, frames: () => super.frames });
    const recorded = (this.recorded?.frames ?? []).map((frame) => sources.written(frame));
    const awaited = (this.recorded?.awaited ?? []).map((frame) => ({
      ...frame,
      places: frame.places.map((place) => sources.written(place)),
    }));
    return joinFrames(calls, recorded, awaited).map(({ isInternal, ...frame }) => {
      const isHidden = hideInternalFrames && isInternal;
      // Of what is folded away the line is enough; most of a stack is that.
      return { ...frame, source: sources.excerpt(frame, isHidden ? 0 : SURROUNDINGS), isHidden };
    });
  }
}
