import autocannon from 'autocannon';

const CONNECTIONS = 50;

/** What is asked, and how it has to be answered. */
export interface LoadOptions {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * How many requests are on their way on a connection at once. With one, a client that is quicker than the server sleeps
   * between its requests, and waking it is a third of what an answer costs the server.
   * @default 1
   */
  readonly pipelining?: number;
}

/**
 * Asks for an address from many connections at once.
 * @returns how many answers a second came.
 * @throws Error when any answer had another status, for then the numbers mean something else.
 */
export async function answersPerSecond(url: string, seconds: number, options: LoadOptions = {}): Promise<number> {
  const { status = 200, headers = {}, pipelining = 1 } = options;
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds, headers, pipelining });
  const others = Object.keys(result.statusCodeStats ?? {}).filter((code) => code !== String(status));
  if (others.length > 0 || result.errors > 0) {
    throw new Error(`${url}: not ${status} but ${others.join(', ')} came, ${result.errors} requests failed.`);
  }
  return result.requests.total / result.duration;
}
