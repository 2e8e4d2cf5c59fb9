/** How the debug handler is set up. */
export interface DebuggerOptions {
  /**
   * Whether it may run where NODE_ENV is not set at all. Where it is “production” it never runs.
   * @default false
   */
  allowWithoutNodeEnv?: boolean;
}
