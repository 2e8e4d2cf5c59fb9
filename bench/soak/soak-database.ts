import { startService } from '../child-processes.js';
import { Connection } from '../connection.js';
import type { Stage } from '../stage.js';
import { SoakClient, versionOf } from './client.js';
import { type Content, Ledger } from './ledger.js';
import { MemoryWatch, WARM_UP } from './memory.js';
import { Tally } from './tally.js';

const CONNECTIONS = 50;

/** What became of a soak: what to print, and what must not have happened. */
export interface SoakReport {
  readonly lines: readonly string[];
  readonly faults: readonly string[];
}

/** Reads and writes from many connections at once, then looks whether everything acknowledged is there. */
export async function soakDatabase(
  stage: Stage,
  settings: Readonly<Record<string, string>>,
  seconds: number,
): Promise<SoakReport> {
  const service = await startService(stage, settings);
  const ledger = new Ledger();
  const tally = new Tally();
  const memory = new MemoryWatch(service.pid);
  stage.defer(() => memory.stop());
  const deadline = performance.now() + WARM_UP + seconds * 1_000;
  const clients = Array.from({ length: CONNECTIONS }, () => new SoakClient(service.origin, ledger, tally));
  await Promise.all(clients.map((client) => client.run(deadline)));
  memory.stop();
  await service.stop();

  const perSecond = Math.round(tally.total / (seconds + WARM_UP / 1_000));
  const { first, last, isFlat } = memory.verdict();
  if (!isFlat) tally.fault(`the memory grew from ${first.toFixed()} MB to ${last.toFixed()} MB`);
  // A service that starts anew has nothing in its cache: what it shows is what the database holds.
  await compare(await startService(stage, settings), ledger, tally);
  return {
    lines: [
      ...tally.lines(),
      `  ${perSecond} requests a second; ${ledger.size} errors were posted and read again`,
      `  memory: ${first.toFixed()} MB in the first third, ${last.toFixed()} MB in the last`,
    ],
    faults: tally.allFaults(),
  };
}

async function compare({ origin }: { origin: string }, ledger: Ledger, tally: Tally): Promise<void> {
  const connection = new Connection(origin);
  try {
    for (const id of ledger.allIds()) {
      const answer = await connection.request(`/v6/errors/${id}/`);
      tally.count('details after a restart', answer.status, [200]);
      if (answer.status !== 200) continue;
      const problem = ledger.problem(id, versionOf(answer), JSON.parse(answer.body) as Partial<Content>);
      if (problem !== null) tally.fault(problem);
    }
  } finally {
    connection.close();
  }
}
