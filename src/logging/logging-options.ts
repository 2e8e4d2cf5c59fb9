import type { LogHandlerOptions } from './log-handler-options.js';
import type { LogReadingOptions } from './log-reading-options.js';

/** How the log is opened in a host: how it is written, read and kept in bounds. */
export interface LoggingOptions extends LogHandlerOptions, LogReadingOptions {}
