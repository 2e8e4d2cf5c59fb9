import { type HttpRequest, pathOf } from '../../rest/request-url.js';

/** Leads from an error to its entries in the log, and to how often it happened (RFC 8288). */
export function errorLogLinks(request: Pick<HttpRequest, 'originalUrl'>, errorId: number): string {
  const path = pathOf(request);
  const version = path.slice(0, path.lastIndexOf('/errors/'));
  return (
    `<${version}/logs/?error=${errorId}>; rel="related"; title="log", ` +
    `<${version}/errors/${errorId}/occurrences/>; rel="related"; title="occurrences"`
  );
}
