import type { Redaction } from '../../inspection/redaction.js';
import type { ErrorRequest } from '../error-request.js';

const MAX_DEPTH = 4;
const MAX_MEMBERS = 1_000;

/** The parts of a request that Express and Fastify have parsed. */
interface ParsedRequest {
  readonly query?: unknown;
  readonly params?: unknown;
  readonly body?: unknown;
  readonly cookies?: unknown;
}

/** Learns the secrets that came with a request, so that they are found wherever else they went. */
export function learnSecrets(request: ErrorRequest, redaction: Redaction): void {
  const { cookie: _each, ...headers } = request.headers;
  learn(headers, redaction);
  learn(Object.fromEntries(cookiesOf(request)), redaction);
  const query = request.url.indexOf('?');
  if (query !== -1) learn(Object.fromEntries(new URLSearchParams(request.url.slice(query))), redaction);
  const { query: parsed, params, body, cookies } = request.raw as ParsedRequest;
  for (const part of [parsed, params, body, cookies]) learn(part, redaction);
}

/** Learns the values that stand under the names of secrets in a structure that a parser made. */
export function learn(structure: unknown, redaction: Redaction, depth = 0): void {
  if (typeof structure !== 'object' || structure === null || depth > MAX_DEPTH) return;
  for (const name of Object.keys(structure).slice(0, MAX_MEMBERS)) {
    const value: unknown = Reflect.getOwnPropertyDescriptor(structure, name)?.value;
    if (redaction.isSecret(name)) redaction.remember(value);
    else redaction.rememberPasswordOf(value);
    learn(value, redaction, depth + 1);
  }
}

/** The cookies of a request by name, as the client meant them (RFC 6265, section 4.2.1). */
export function cookiesOf({ headers }: ErrorRequest): [name: string, value: string][] {
  return (headers.cookie ?? '').split(';').flatMap((pair): [string, string][] => {
    const equals = pair.indexOf('=');
    return equals === -1 ? [] : [[pair.slice(0, equals).trim(), decoded(pair.slice(equals + 1).trim())]];
  });
}

/** Cookies are usually percent-encoded, as those who read them expect. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
