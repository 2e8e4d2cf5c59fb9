import { jsonSafe } from './json-safe.js';
import type { Renderer } from './renderer.js';

/** `application/json`: the four members of an error, what is wrong with the request one by one, and those of a report. */
export const jsonRenderer: Renderer = {
  mediaType: 'application/json',
  contentType: 'application/json; charset=utf-8',
  render({ code, message, detail, errorType, errors, report }) {
    if (errors.length === 0 && report === null && typeof detail === 'string') {
      // What nearly every error is takes half as long by hand.
      const type = errorType === null ? 'null' : quoted(errorType);
      return `{"code":${code},"message":${quoted(message)},"detail":${quoted(detail)},"error_type":${type}}`;
    }
    return JSON.stringify({
      code,
      message,
      detail,
      error_type: errorType,
      ...(errors.length === 0 ? {} : { errors: jsonSafe(errors) }),
      ...report?.report,
    });
  },
};

/** Texts that stand in JSON as they are. */
const PLAIN = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** `application/problem+json` (RFC 9457, section 3), which is UTF-8 without saying so. */
export const problemJsonRenderer: Renderer = {
  mediaType: 'application/problem+json',
  render: ({ problem }) => JSON.stringify(problem),
};
