import { serve } from './serve.js';

/** The answer to every request. */
export interface FixedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** As the service has it, since it is sent along in a header; in milliseconds. */
  readonly keepAliveTimeout: number;
}

/** The least that a server of node:http can do: it knows its answer. */
await serve<FixedAnswer>(
  ({ status, headers, body }) =>
    (_, response) => {
      response.writeHead(status, headers);
      response.end(body);
    },
  ({ keepAliveTimeout }) => keepAliveTimeout,
);
