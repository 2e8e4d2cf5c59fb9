/** How much of the log is kept. Without a bound everything is. */
export interface RetentionOptions {
  /** Entries are kept for this many days (UTC) before the current one. */
  days?: number;
  /** At most this many entries are kept, the newest ones. */
  rows?: number;
}

/**
 * Looks at bounds before they are used.
 * @throws Error for one that is no whole number, or would keep nothing.
 */
export function checkedRetention(options: RetentionOptions = {}): Readonly<RetentionOptions> {
  for (const name of ['days', 'rows'] as const) {
    const value: unknown = options[name];
    if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= 1)) continue;
    throw new Error(
      `ErrorModule: logging.retention.${name} is ${JSON.stringify(value)}, so nobody could tell what to keep. ` +
        'Give a whole number from 1 up, or leave it out to keep everything.',
    );
  }
  return options;
}
