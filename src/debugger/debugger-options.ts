/** How the debug handler is set up. */
export interface DebuggerOptions {
  /**
   * Whether it may run where NODE_ENV is not set at all. Where it is “production” it never runs.
   * @default false
   */
  allowWithoutNodeEnv?: boolean;
  /**
   * Whether the calls of the application's own code that wait at an `await` get a console and their variables, too. Every
   * `await` that the application meets then costs some 0.2 ms, whether anything fails or not.
   * @default false
   */
  asyncFrames?: boolean;
}
