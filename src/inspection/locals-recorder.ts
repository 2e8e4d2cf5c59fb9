import { AsyncLocalStorage } from 'node:async_hooks';
import { type Debugger, Session, url as debuggerAddress } from 'node:inspector';
import { inspectorPost, type Post } from './inspector-post.js';
import type { Redaction } from './redaction.js';
import { localsIn } from './scope-locals.js';
import { isApplicationCode } from './script-places.js';
import { pathOf } from './source-files.js';
import { type Deadline, ValuePreview } from './value-preview.js';

/** A call that was running when something was thrown. Lines and columns are those of the code that runs, from 1. */
export interface RecordedFrame {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The variables by name, the innermost of a name, and `this`. */
  readonly locals: Readonly<Record<string, string>>;
}

/** What was recorded of something thrown. */
export interface LocalsRecord {
  /** The innermost call first. */
  readonly frames: readonly RecordedFrame[];
  /** Knows the secrets that were among the variables. */
  readonly redaction: Redaction;
}

/** Why there is no record of an error: a debugger is attached, there were too many, or nobody saw it thrown. */
export type NoRecord = 'debugger' | 'limit' | 'unseen';

export interface RecorderSettings {
  /** Makes what takes the secrets out of one record. */
  readonly redaction: () => Redaction;
  /** Names of the classes of errors that are not worth a record, such as those that are control flow. */
  readonly ignored: ReadonlySet<string>;
}

const MAX_FRAMES = 30;
/** How many errors are recorded in a second; each costs about as much as a small request. */
const MAX_PER_SECOND = 20;
/** How long showing the variables of one error may take, in milliseconds. */
const TIME_LIMIT = 100;
/** How often it is looked whether a debugger has come, in milliseconds. */
const DEBUGGER_CHECK = 1_000;

/** Scopes whose variables are the frame's own; those of outer functions and of the module are seen in their own places. */
const OWN_SCOPES = new Set(['local', 'block', 'catch', 'with', 'eval']);

/**
 * Records the variables of every frame at the moment something is thrown, by an inspector session in this very thread: the
 * engine tells it of the throw, and answers it, before the program goes on (Chrome DevTools Protocol, domain Debugger). No
 * port is opened. The variables are shown as texts there and then; nothing of the program is kept.
 */
export class LocalsRecorder {
  private readonly requests = new AsyncLocalStorage<{
    primitive?: { value: unknown; record: LocalsRecord | NoRecord };
  }>();
  private readonly records = new WeakMap<object, LocalsRecord | NoRecord>();
  private readonly scripts = new Map<string, string>();
  private readonly session = new Session();
  private readonly post: Post = inspectorPost(this.session);
  private hook = '';
  private frames: Omit<RecordedFrame, 'locals'>[] = [];
  private scopes: number[] = [];
  private second = 0;
  private count = 0;
  private timer: NodeJS.Timeout | undefined;
  private isRunning = false;

  constructor(private readonly settings: RecorderSettings) {}

  /** Begins to record, unless a debugger is attached from outside: its user would find the program paused at our throws. */
  start(): void {
    this.timer = setInterval(() => this.yieldToDebugger(), DEBUGGER_CHECK).unref();
    if (debuggerAddress() !== undefined) return;
    this.session.connect();
    this.session.on('Debugger.scriptParsed', ({ params }) => {
      if (params.url !== '' && isApplicationCode(params.url)) this.scripts.set(params.scriptId, params.url);
    });
    this.session.on('Debugger.paused', ({ params }) => this.onPause(params));
    this.isRunning = true;
    this.post('Debugger.enable', { maxScriptsCacheSize: 0 });
    this.hook = this.objectIdOf((...given: unknown[]) => this.keep(given));
    this.post('Debugger.setPauseOnExceptions', { state: 'all' });
  }

  stop(): void {
    clearInterval(this.timer);
    if (!this.isRunning) return;
    this.isRunning = false;
    this.post('Debugger.setPauseOnExceptions', { state: 'none' });
    this.session.disconnect();
  }

  /** Serves a request so that primitives that are thrown in it are known to be its own. */
  inRequest(serve: () => void): void {
    this.requests.run({}, serve);
  }

  /** What was recorded of something thrown. */
  readonly recordOf = (thrown: unknown): LocalsRecord | NoRecord => {
    if (isObject(thrown)) {
      const record = this.records.get(thrown);
      if (record !== undefined) return record;
    } else {
      const primitive = this.requests.getStore()?.primitive;
      if (primitive !== undefined && Object.is(primitive.value, thrown)) return primitive.record;
    }
    return this.isRunning ? 'unseen' : 'debugger';
  };

  /** A pause that is ours ends in any case: nothing else would end it. */
  private onPause(pause: Debugger.PausedEventDataType): void {
    if (pause.reason !== 'exception' && pause.reason !== 'promiseRejection') return;
    try {
      if (this.isWanted(pause.data)) this.record(pause);
    } catch {
      // The error is answered without its variables.
    } finally {
      this.session.post('Debugger.resume');
    }
  }

  private isWanted(data: { readonly className?: string } | undefined): boolean {
    if (this.yieldToDebugger()) return false;
    return data?.className === undefined || !this.settings.ignored.has(data.className);
  }

  private record({ callFrames, data }: Debugger.PausedEventDataType): void {
    const own = callFrames.filter(({ location }) => this.scripts.has(location.scriptId)).slice(0, MAX_FRAMES);
    // What Node and packages throw and catch among themselves takes nobody's turn.
    if (own.length === 0) return;
    this.frames = [];
    this.scopes = [];
    const given: object[] = [reference(data as RemoteValue)];
    for (const { functionName, location, scopeChain, this: self } of this.takeTurn() ? own : []) {
      const scopes = scopeChain.filter(({ type }) => OWN_SCOPES.has(type));
      given.push(reference(self), ...scopes.map(({ object }) => reference(object)));
      this.scopes.push(scopes.length);
      this.frames.push({
        functionName,
        file: pathOf(this.scripts.get(location.scriptId) ?? ''),
        line: location.lineNumber + 1,
        column: (location.columnNumber ?? 0) + 1,
      });
    }
    this.post('Runtime.callFunctionOn', {
      objectId: this.hook,
      functionDeclaration: 'function (...given) { this(...given) }',
      arguments: given,
      silent: true,
      returnByValue: true,
    });
  }

  /** Is called by the engine with what was thrown and, for each frame, its `this` and its scopes: the things themselves. */
  private keep([thrown, ...given]: readonly unknown[]): void {
    if (isObject(thrown) && this.records.has(thrown)) {
      // It is only thrown again, which is no further error.
      this.count--;
      return;
    }
    if (this.frames.length === 0) {
      this.remember(thrown, 'limit');
      return;
    }
    const redaction = this.settings.redaction();
    const preview = new ValuePreview(redaction, deadlineIn(TIME_LIMIT));
    let next = 0;
    const frames = this.frames.map((frame, index): RecordedFrame => {
      const self = given[next++];
      const scopes = given.slice(next, (next += this.scopes[index] ?? 0)) as object[];
      return { ...frame, locals: localsIn(scopes, self, preview) };
    });
    this.remember(thrown, { frames, redaction });
  }

  private remember(thrown: unknown, record: LocalsRecord | NoRecord): void {
    if (isObject(thrown)) this.records.set(thrown, record);
    else {
      const request = this.requests.getStore();
      if (request !== undefined) request.primitive = { value: thrown, record };
    }
  }

  private takeTurn(): boolean {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.second) {
      this.second = second;
      this.count = 0;
    }
    return ++this.count <= MAX_PER_SECOND;
  }

  /** The address of a debugger says that one may come at any moment. */
  private yieldToDebugger(): boolean {
    if (debuggerAddress() === undefined) return false;
    this.stop();
    return true;
  }

  private objectIdOf(code: (...given: unknown[]) => void): string {
    const key = Symbol.for('nestjs-errata.recorder');
    const holder = globalThis as Record<symbol, unknown>;
    holder[key] = code;
    const { result } = this.post('Runtime.evaluate', {
      expression: `globalThis[Symbol.for('nestjs-errata.recorder')]`,
      objectGroup: 'nestjs-errata',
    }) as { result: { objectId: string } };
    Reflect.deleteProperty(holder, key);
    return result.objectId;
  }
}

interface RemoteValue {
  readonly objectId?: string | undefined;
  readonly value?: unknown;
  readonly unserializableValue?: string | undefined;
}

function reference({ objectId, value, unserializableValue }: RemoteValue): object {
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value } : { unserializableValue };
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function deadlineIn(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds;
  return {
    get isOver(): boolean {
      return performance.now() > end;
    },
  };
}
