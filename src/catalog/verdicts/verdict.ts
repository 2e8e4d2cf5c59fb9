import type { ErrorEntity } from '../error.entity.js';

/** An exception as another program reports it. */
export interface ReportedException {
  /** The name of its class, or of an error of the catalogue. */
  readonly name: string;
  readonly message?: string;
  /** What it carries beside its name, such as `ENOENT` or an SQLSTATE. */
  readonly code?: string;
  /** The names of what caused it, the nearest first. */
  readonly causes?: readonly string[];
}

/** What is to be judged: an exit code or an exception. */
export interface Failure {
  /** The job type that failed, if it was one. */
  readonly jobTypeName?: string;
  /** What the process ended with, from 0 to 255. */
  readonly exitCode?: number;
  /** What was thrown, or what is known of it. */
  readonly exception?: unknown;
}

/** Which error of the catalogue a failure was, and whether to try again. */
export interface Verdict {
  /** Null for success: exit code 0. */
  readonly error: ErrorEntity | null;
  readonly retry: boolean;
  /** Which rule decided, as a sentence. */
  readonly reason: string;
}
