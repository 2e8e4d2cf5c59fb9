import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What a client or a proxy may call a request, so that it can stand in a header and a log line as it is. */
const ACCEPTABLE = /^[\w.:+/=@-]{1,128}$/;

/** The id of a request: the one it came with in `X-Request-Id`, or a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID();
}
