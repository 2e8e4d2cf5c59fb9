import { addressBeside, type HttpRequest } from '../rest/request-url.js';

/** The end of the path of an error, or of its occurrences. */
const OF_AN_ERROR = /\/errors\/\d+(\/occurrences)?\/?$/;

/** Leads from an error to its entries in the log, and to how often it happened (RFC 8288). */
export function errorLogLinks(request: HttpRequest, errorId: number): string {
  const entries = addressBeside(request, OF_AN_ERROR, '/logs/');
  const occurrences = addressBeside(request, OF_AN_ERROR, `/errors/${errorId}/occurrences/`);
  return `<${entries}?error=${errorId}>; rel="related"; title="log", <${occurrences}>; rel="related"; title="occurrences"`;
}
