/** The longest text of each field that is bounded, in characters. */
export const LOG_LIMITS = { host: 128, level: 32, requestId: 128, traceId: 64 } as const;

/** The longest text of a field that is not, in bytes of UTF-8: a message, a stack, a context. */
export const MAX_TEXT_BYTES = 65_536;
