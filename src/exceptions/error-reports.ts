/**
 * Provides the {@link ErrorReports} of an application that keeps its log; `Symbol.for`, because ESM and CommonJS copies of the
 * package may be loaded side by side.
 */
export const ERROR_REPORTS = Symbol.for('nestjs-errata.errorReports');

/** Is told of the server's own errors with all that is known of them, for whoever keeps a log. */
export interface ErrorReports {
  /** @param print writes the same to the application's logger. */
  tell(report: ServerErrorReport, print: () => void): void;
}

/** An error of the server's own. */
export interface ServerErrorReport {
  /** What went wrong, and then where: `TypeError: x is undefined — GET /jobs was answered with 500`. */
  readonly message: string;
  /** The stack and the chain of causes. */
  readonly stacktrace: string;
  /** The catalogued error that it is, where it is one. */
  readonly errorId: number | null;
  readonly requestId: string | null;
  /** The trace that the request belongs to (W3C Trace Context). */
  readonly traceId: string | null;
  readonly context: Readonly<Record<string, string | number>>;
}
