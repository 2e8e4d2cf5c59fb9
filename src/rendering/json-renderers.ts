import { jsonSafe } from './json-safe.js';
import type { Renderer } from './renderer.js';

/** `application/json`: the four members of an error, what is wrong with the request one by one, and those of a report. */
export const jsonRenderer: Renderer = {
  mediaType: 'application/json',
  contentType: 'application/json; charset=utf-8',
  render({ code, message, detail, errorType, errors, report }) {
    const members = { code, message, detail, error_type: errorType };
    if (errors.length === 0 && report === null) return JSON.stringify(members);
    return JSON.stringify({
      ...members,
      ...(errors.length === 0 ? {} : { errors: jsonSafe(errors) }),
      ...report?.report,
    });
  },
};

/** `application/problem+json` (RFC 9457, section 3), which is UTF-8 without saying so. */
export const problemJsonRenderer: Renderer = {
  mediaType: 'application/problem+json',
  render: ({ problem }) => JSON.stringify(problem),
};
