import type { Renderer } from './renderer.js';

/** `application/json`: the four members of an error. */
export const jsonRenderer: Renderer = {
  mediaType: 'application/json',
  contentType: 'application/json; charset=utf-8',
  render: ({ code, message, detail, errorType }) => JSON.stringify({ code, message, detail, error_type: errorType }),
};

/** `application/problem+json` (RFC 9457, section 3), which is UTF-8 without saying so. */
export const problemJsonRenderer: Renderer = {
  mediaType: 'application/problem+json',
  render: ({ problem }) => JSON.stringify(problem),
};
