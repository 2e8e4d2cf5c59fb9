import autocannon from 'autocannon';

const CONNECTIONS = 50;

/**
 * Asks for an address from many connections at once.
 * @returns how many answers a second came.
 * @throws Error when any answer was not a 2xx, for then the numbers mean something else.
 */
export async function answersPerSecond(url: string, seconds: number): Promise<number> {
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were no 2xx, ${result.errors} requests failed.`);
  }
  return result['2xx'] / result.duration;
}
