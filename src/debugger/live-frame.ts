/** A frame that was kept after the error: code can still be evaluated in it. */
export interface LiveFrame {
  /** The function, as the engine names it. */
  readonly name: string;
  /** Evaluates code as if it stood in the frame: it sees the variables, `this`, private names and closures. */
  evaluate(code: string): unknown;
  /** The names of the variables of the frame. */
  names(): readonly string[];
  /** Runs something in the asynchronous context of the request that failed. */
  within<Result>(code: () => Result): Result;
}
