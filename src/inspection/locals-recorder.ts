import { AsyncLocalStorage } from 'node:async_hooks';
import { type Debugger, Session, url as debuggerAddress } from 'node:inspector';
import type { AwaitedFrame, AwaitedFrames } from './awaited-frames.js';
import { inspectorPost, type Post } from './inspector-post.js';
import type { Redaction } from './redaction.js';
import { PausedCalls, type RecordedFrame, reference, type RemoteValue } from './paused-calls.js';
import { RateLimit } from './rate-limit.js';
import { isApplicationCode } from './script-places.js';
import { pathOf } from './source-files.js';
import { deadlineIn, ValuePreview } from './value-preview.js';

/** What was recorded of something thrown. */
export interface LocalsRecord {
  /** The innermost call first. */
  readonly frames: readonly RecordedFrame[];
  /** The calls that waited for these, the nearest first; none unless they are asked for. */
  readonly awaited: readonly AwaitedFrame[];
  /** Knows the secrets that were among the variables. */
  readonly redaction: Redaction;
  /** Runs code in the asynchronous context of the throw, where frames were kept. */
  readonly within: <Result>(code: () => Result) => Result;
}

/** Why there is no record of an error: a debugger is attached, there were too many, or nobody saw it thrown. */
export type NoRecord = 'debugger' | 'limit' | 'unseen';

export interface RecorderSettings {
  /** Makes what takes the secrets out of one record. */
  readonly redaction: () => Redaction;
  /** Names of the classes of errors that are not worth a record, such as those that are control flow. */
  readonly ignored: ReadonlySet<string>;
  /** Whether frames are kept, so that code can be evaluated in them afterwards. @default false */
  readonly keepsFrames?: boolean;
  /** Whether what is thrown now is not worth a record either. @default never */
  readonly isMuted?: () => boolean;
  /** Keeps the frames of calls that wait, where those are asked for. */
  readonly awaited?: AwaitedFrames;
}

const MAX_FRAMES = 30;
/** The group of what evaluates in the calls of one throw. */
const THROWN = 'nestjs-errata.thrown';
/** How many errors are recorded in a second; each costs about as much as a small request. */
const MAX_PER_SECOND = 20;
/** How long showing the variables of one error may take, in milliseconds; the machine may do something else meanwhile. */
const TIME_LIMIT = 250;
/** How often it is looked whether a debugger has come, in milliseconds. */
const DEBUGGER_CHECK = 1_000;

/**
 * Records the variables of every frame at the moment something is thrown, by an inspector session in this very thread: the
 * engine tells it of the throw, and answers it, before the program goes on (Chrome DevTools Protocol, domain Debugger). No
 * port is opened. The variables are shown as texts there and then; nothing of the program is kept, unless its
 * frames are asked for.
 */
export class LocalsRecorder {
  private readonly requests = new AsyncLocalStorage<{ primitive?: ThrownPrimitive }>();
  /** The first that was thrown at all, in whichever request. */
  private first: ThrownPrimitive | undefined;
  private readonly records = new WeakMap<object, LocalsRecord | NoRecord>();
  /** Errors that have been answered: when one is thrown once more, that is another occurrence, of another request's. */
  private readonly told = new WeakSet();
  /** The paths of the application's own. */
  private readonly scripts = new Map<string, string>();
  private readonly session = new Session();
  private readonly post: Post = inspectorPost(this.session);
  private hook = '';
  private calls: PausedCalls | undefined;
  private readonly limit = new RateLimit(MAX_PER_SECOND);
  private timer: NodeJS.Timeout | undefined;
  private isRunning = false;

  constructor(private readonly settings: RecorderSettings) {}

  /** Begins to record, unless a debugger is attached from outside: its user would find the program paused at our throws. */
  start(): void {
    this.timer = setInterval(() => this.yieldToDebugger(), DEBUGGER_CHECK).unref();
    if (debuggerAddress() !== undefined) return;
    this.session.connect();
    this.session.on('Debugger.scriptParsed', ({ params }) => {
      if (params.url === '' || !isApplicationCode(params.url)) return;
      this.scripts.set(params.scriptId, pathOf(params.url));
      this.settings.awaited?.watch(params, this.post);
    });
    this.session.on('Debugger.paused', ({ params }) => this.onPause(params));
    this.isRunning = true;
    this.settings.awaited?.start();
    this.post('Debugger.enable', { maxScriptsCacheSize: 0 });
    this.hook = this.objectIdOf((...given: unknown[]) => this.keep(given));
    this.post('Debugger.setPauseOnExceptions', { state: 'all' });
  }

  stop(): void {
    clearInterval(this.timer);
    if (!this.isRunning) return;
    this.isRunning = false;
    this.settings.awaited?.stop();
    // The state of exceptions is all sessions' of the process: another application may be recording, too.
    this.session.disconnect();
  }

  /**
   * Serves a request so that primitives that are thrown in it are known to be its own. An asynchronous context costs every
   * request, and who throws no primitives needs none: it begins with the first.
   */
  inRequest(serve: () => void): void {
    if (this.first === undefined) serve();
    else this.requests.run({}, serve);
  }

  /** What was recorded of something thrown. */
  readonly recordOf = (thrown: unknown): LocalsRecord | NoRecord => {
    if (isObject(thrown)) {
      const record = this.records.get(thrown);
      if (record !== undefined) return record;
    } else {
      const request = this.requests.getStore();
      const primitive = request === undefined ? this.first : request.primitive;
      if (primitive !== undefined && Object.is(primitive.value, thrown)) return primitive.record;
    }
    return this.isRunning ? 'unseen' : 'debugger';
  };

  /** What was thrown has been answered with what was recorded of it. */
  answered(thrown: unknown): void {
    if (isObject(thrown)) this.told.add(thrown);
  }

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
    if (this.yieldToDebugger() || this.settings.isMuted?.() === true) return false;
    return data?.className === undefined || !this.settings.ignored.has(data.className);
  }

  private record({ callFrames, data }: Debugger.PausedEventDataType): void {
    const own = callFrames.filter(({ location }) => this.scripts.has(location.scriptId)).slice(0, MAX_FRAMES);
    // What Node and packages throw and catch among themselves takes nobody's turn.
    if (own.length === 0) return;
    const keep = this.settings.keepsFrames === true ? (id: string): RemoteValue => this.codeIn(id) : null;
    this.calls = new PausedCalls(this.limit.take() ? own : [], this.scripts, keep);
    this.post('Runtime.callFunctionOn', {
      objectId: this.hook,
      functionDeclaration: 'function (...given) { this(...given) }',
      arguments: [reference(data as RemoteValue), ...this.calls.passed],
      silent: true,
      returnByValue: true,
    });
    // What the engine shows of a pause goes with it; what evaluates in a call would be kept for good.
    if (keep !== null) this.post('Runtime.releaseObjectGroup', { objectGroup: THROWN });
  }

  /** A function that evaluates in a call. As long as it lives, so does what the call saw. */
  private codeIn(callFrameId: string): RemoteValue {
    const answer = this.post('Debugger.evaluateOnCallFrame', {
      callFrameId,
      expression: '($code$) => eval($code$)',
      objectGroup: THROWN,
      silent: true,
    });
    return (answer as { result: RemoteValue }).result;
  }

  /** Is called by the engine with what was thrown and, for each frame, its `this` and its scopes: the things themselves. */
  private keep([thrown, ...given]: readonly unknown[]): void {
    if (isObject(thrown) && this.records.has(thrown) && !this.told.has(thrown)) {
      // It is only thrown again, which is no further error.
      this.limit.giveBack();
      return;
    }
    const { calls } = this;
    if (calls === undefined || calls.isEmpty) {
      this.remember(thrown, 'limit');
      return;
    }
    const redaction = this.settings.redaction();
    const preview = new ValuePreview(redaction, deadlineIn(TIME_LIMIT));
    const frames = calls.frames(given, preview);
    const awaited = this.settings.awaited?.frames(preview) ?? [];
    const within = this.settings.keepsFrames === true ? AsyncLocalStorage.snapshot() : runHere;
    this.remember(thrown, { frames, awaited, redaction, within });
  }

  private remember(thrown: unknown, record: LocalsRecord | NoRecord): void {
    if (isObject(thrown)) {
      this.records.set(thrown, record);
      this.told.delete(thrown);
    } else {
      const primitive = { value: thrown, record };
      const request = this.requests.getStore();
      if (request !== undefined) request.primitive = primitive;
      this.first ??= primitive;
    }
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

interface ThrownPrimitive {
  readonly value: unknown;
  readonly record: LocalsRecord | NoRecord;
}

function runHere<Result>(code: () => Result): Result {
  return code();
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
