import { promiseHooks } from 'node:v8';
import type { AsyncCode } from './await-places.js';
import { type CallPlace, callPlaces } from './call-places.js';

/** A call of an asynchronous function, from its beginning to its end. */
interface AsyncCall<Wait> {
  readonly code: AsyncCode;
  /** In which call it began; calls that are over are left out later. */
  caller: AsyncCall<Wait> | null;
  /** The promise that the call gave; null when it is over, or for a generator. */
  promise: object | null;
  /** What it met last on its way to an `await`. */
  met: Wait | null;
  /** What it waits at; null while it runs. */
  wait: Wait | null;
  isOver: boolean;
}

/** Tells what asynchronous code stands at a place, and whether the place is where the code is entered. */
export type CodeAt = (place: CallPlace) => { readonly code: AsyncCode; readonly isEntry: boolean } | null;

type Hook = (promise: object, parent: object) => void;

/** How far callers are followed. */
const MAX_DEPTH = 200;
/** The caller of a hook, and what Node puts between. */
const NEAR = 4;

/**
 * Knows which call of an asynchronous function waits for which, by the engine's promise hooks. A promise is made when such a
 * function begins and whenever it waits, so that its calls are told apart where there are many of one function: in a
 * recursion, under `Promise.all`. Nothing is kept longer than the promises and the calls themselves.
 */
export class AsyncCalls<Wait> {
  /** The calls by the promises that they gave. */
  private readonly given = new WeakMap<object, AsyncCall<Wait>>();
  /** The call that is resumed, by the promise that is made when it begins to wait. */
  private readonly resumed = new WeakMap<object, { readonly call: AsyncCall<Wait>; readonly awaited: object }>();
  /** The call that waits for a promise. */
  private readonly waiting = new WeakMap<object, AsyncCall<Wait>>();
  /** The call in which a promise was made, for what runs when it is settled. */
  private readonly makers = new WeakMap<object, AsyncCall<Wait>>();
  /** The calls that run now, the innermost last. */
  private running: AsyncCall<Wait>[] = [];
  /** The call in which what runs now was begun. */
  private origin: AsyncCall<Wait> | null = null;
  private stopHooks: (() => void) | undefined;

  constructor(private readonly codeAt: CodeAt) {}

  start(): void {
    const init: Hook = (promise, parent: object | undefined) => this.onMade(promise, parent, init);
    this.stopHooks = promiseHooks.createHook({
      init,
      before: (promise) => this.onResume(promise),
      after: () => this.onGiveWay(),
      settled: (promise) => this.onSettled(promise),
    }) as () => void;
  }

  stop(): void {
    this.stopHooks?.();
    this.onGiveWay();
  }

  /**
   * Is told what code that runs now meets on its way to an `await`.
   * @param teller the function that the code calls.
   */
  meet(code: AsyncCode, wait: Wait, teller: (...given: never[]) => unknown): void {
    this.runningCall(code, teller).met = wait;
  }

  /** What the calls that wait for the one that runs now wait at, the nearest first. */
  waits(): Wait[] {
    const waits: Wait[] = [];
    const seen = new Set<AsyncCall<Wait>>();
    for (let call = this.current; call !== null && seen.size < MAX_DEPTH && !seen.has(call); call = this.above(call)) {
      seen.add(call);
      if (call.wait !== null) waits.push(call.wait);
    }
    return waits;
  }

  private get current(): AsyncCall<Wait> | null {
    return this.running.at(-1) ?? this.origin;
  }

  /** Whoever waits for the promise is above a call; where that is something else, whoever began it. */
  private above(call: AsyncCall<Wait>): AsyncCall<Wait> | null {
    return (call.promise === null ? undefined : this.waiting.get(call.promise)) ?? call.caller;
  }

  private onMade(promise: object, parent: object | undefined, hook: Hook): void {
    // What has a parent is made by an await or by `then`, which is nobody's where nothing runs.
    const found = parent === undefined || this.running.length > 0 ? this.codeAbove(hook) : null;
    if (found !== null && parent !== undefined) {
      const call = this.runningCall(found.code, hook);
      call.wait = call.met;
      this.resumed.set(promise, { call, awaited: parent });
      this.waiting.set(parent, call);
      this.running.pop();
      return;
    }
    if (found?.isEntry === true) {
      this.leaveEnded(found.code, hook, 1);
      const call = this.begun(found.code, promise);
      this.given.set(promise, call);
      this.running.push(call);
    }
    if (this.current !== null) this.makers.set(promise, this.current);
  }

  private onResume(promise: object): void {
    const resumed = this.resumed.get(promise);
    if (resumed === undefined) {
      this.running = [];
      this.origin = this.makers.get(promise) ?? null;
      return;
    }
    const { call, awaited } = resumed;
    call.wait = null;
    if (this.waiting.get(awaited) === call) this.waiting.delete(awaited);
    this.running = [call];
    this.origin = call.caller;
  }

  private onGiveWay(): void {
    // A call that runs no longer and does not wait either needs no variables: it is over, or a generator that has given.
    for (const call of this.running) if (call.wait === null) call.met = null;
    this.running = [];
    this.origin = null;
  }

  private onSettled(promise: object): void {
    const call = this.given.get(promise);
    if (call === undefined) return;
    Object.assign(call, { promise: null, met: null, wait: null, isOver: true });
    const index = this.running.lastIndexOf(call);
    if (index !== -1) this.running.length = index;
  }

  private codeAbove(hook: Hook): ReturnType<CodeAt> {
    const [place = null] = callPlaces(hook, NEAR);
    return place === null ? null : this.codeAt(place);
  }

  /** The innermost call of the code; what is within it has ended without telling. */
  private runningCall(code: AsyncCode, from: (...given: never[]) => unknown): AsyncCall<Wait> {
    this.leaveEnded(code, from, 0);
    const index = this.running.findLastIndex((call) => call.code === code);
    // An asynchronous generator begins without a promise of its own.
    if (index === -1) this.running.push(this.begun(code, null));
    else this.running.length = index + 1;
    return this.running.at(-1) as AsyncCall<Wait>;
  }

  /**
   * A call that returns a promise ends without telling, and in a recursion could be taken for the one that began it. The
   * stack tells how many there are.
   * @param fresh how many of those are not among the calls yet.
   */
  private leaveEnded(code: AsyncCode, from: (...given: never[]) => unknown, fresh: 0 | 1): void {
    const known = this.running.filter((call) => call.code === code);
    if (known.length < 2 - fresh) return;
    const places = callPlaces(from, Infinity);
    const live = places.filter((place) => place !== null && this.codeAt(place)?.code === code).length - fresh;
    const ended = known[live];
    if (ended !== undefined) this.running.length = this.running.indexOf(ended);
  }

  private begun(code: AsyncCode, promise: object | null): AsyncCall<Wait> {
    const caller = this.current;
    // Calls that never end, each begun by the one before, would otherwise be kept by one another.
    if (caller !== null) while (caller.caller?.isOver === true) caller.caller = caller.caller.caller;
    return { code, caller, promise, met: null, wait: null, isOver: false };
  }
}
