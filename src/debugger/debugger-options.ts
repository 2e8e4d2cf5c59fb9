/** How the debug handler is set up. */
export interface DebuggerOptions {
  /**
   * Whether it may run where NODE_ENV is not set at all. Where it is “production” it never runs.
   * @default false
   */
  allowWithoutNodeEnv?: boolean;
  /**
   * Whether there is a console of the application too, which needs no error: with its providers in reach, at an address of
   * the console's server that the terminal shows.
   * @default false
   */
  console?: boolean;
  /**
   * Whether the application's own calls that wait at an `await` for the one that failed get a console and their variables,
   * too. Every `await` that the application meets then costs about 0.25 ms, whether anything fails or not.
   * @default false
   */
  asyncFrames?: boolean;
}
