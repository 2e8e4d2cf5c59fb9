import type { LiveFrame } from '../../src/debugger/live-frame.js';

/** A frame made by hand: what evaluates is a closure in the function that it stands for. */
export function liveFrame(evaluate: (code: string) => unknown, ...names: readonly string[]): LiveFrame {
  return { name: 'find', evaluate, names: () => names, within: (code) => code() };
}

/** Called by another name, it evaluates among the globals alone: its code is not strict as everything in a module is. */
const evaluateGlobally = eval;

const makeSloppy = evaluateGlobally(`(function find(user, limit) {
  const doubled = limit * 2;
  return (code) => eval(code);
})`) as (user: unknown, limit: number) => (code: string) => unknown;

/** A frame of a function in sloppy code, with the variables `user`, `limit` and `doubled`. */
export function sloppyFrame(user: unknown = { name: 'Ada', password: 'hunter2' }, limit = 21): LiveFrame {
  return liveFrame(makeSloppy(user, limit), 'user', 'limit', 'doubled');
}

/** A frame of a method: strict, with `this`, a private field, its arguments, and a closure's variable. */
export class Vault {
  readonly #pin = 4711;
  readonly label = 'vault';

  frame(depth: number): LiveFrame {
    const opened = [depth, this.#pin];
    return liveFrame((code) => eval(code) as unknown, ...Object.keys({ depth, opened }));
  }
}
