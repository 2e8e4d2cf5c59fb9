import type { Renderer } from './renderer.js';

/** `application/json`: the four members of an error, and those of a report. */
export const jsonRenderer: Renderer = {
  mediaType: 'application/json',
  contentType: 'application/json; charset=utf-8',
  render({ code, message, detail, errorType, report }) {
    const members = { code, message, detail, error_type: errorType };
    return JSON.stringify(report === null ? members : { ...members, ...report.report });
  },
};

/** `application/problem+json` (RFC 9457, section 3), which is UTF-8 without saying so. */
export const problemJsonRenderer: Renderer = {
  mediaType: 'application/problem+json',
  render: ({ problem }) => JSON.stringify(problem),
};
