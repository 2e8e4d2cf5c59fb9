import { Connection } from '../connection.js';
import { type InProcessLog, startLog, startOfDay } from '../in-process-log.js';
import { fillDay, fillLog, LOG_DAYS, LOGGED_ERROR, RARE_LEVEL } from '../log-rows.js';
import { readable, type ResultRow } from '../result-row.js';
import type { Stage } from '../stage.js';
import { median, percentile99 } from '../statistics.js';

/** How large the logs are that are compared; a run may be told another number for the large one. */
const SMALL = 10_000;
export const LARGE_LOG = 10_000_000;

const ROUNDS = 200;
const DAYS_ENTRIES = 1_000_000;
const WRITERS = 4;

/** What a page costs in a large log and in a small one, and what it costs others when a day is dropped. */
export async function benchLogReading(stage: Stage, large = LARGE_LOG): Promise<ResultRow[]> {
  const [big, small] = [await startLog(stage, LOG_DAYS), await startLog(stage, LOG_DAYS)];
  await fillLog(big.databaseUrl, large);
  await fillLog(small.databaseUrl, SMALL);
  const rows: ResultRow[] = [];
  for (const [page, query] of Object.entries(PAGES)) {
    const [ours, theirs] = await compare([await pageIn(big, query), await pageIn(small, query)]);
    rows.push({
      bench: 'log-reading',
      compared: `${page}: ${readable(large)} entries ÷ ${readable(SMALL)}`,
      ours: describe(ours),
      theirs: describe(theirs),
      ratio: (median(ours) / median(theirs)).toFixed(2),
      target: '≤ 2',
    });
  }
  return [...rows, await dropDay(small)];
}

/** The pages that are asked for; the one in the middle begins half way down by a cursor. */
const PAGES = {
  'first page': '',
  'page in the middle, by cursor': 'ended=P15D',
  'by the commonest level': 'level=info',
  'by level, 1 entry in 50': 'level=error',
  'by level, 1 entry in 1,000': `level=${RARE_LEVEL}`,
  'by two levels': `level=error&level=${RARE_LEVEL}`,
  'by error, 1 entry in 1,500': `error=${LOGGED_ERROR}`,
};

type Ask = () => Promise<number>;

/** How long one page takes, in milliseconds. */
async function pageIn(log: InProcessLog, query: string): Promise<Ask> {
  const connection = new Connection(log.origin);
  let path = `/v6/logs/?page_size=100&${query}`;
  if (query.startsWith('ended')) {
    // The link to the page after a few entries has the cursor; the bound is left away, so that the cursor does all.
    const { body } = await connection.request(path.replace('page_size=100', 'page_size=5'));
    const next = new URL((JSON.parse(body) as { next: string }).next);
    path = `/v6/logs/?page_size=100&cursor=${String(next.searchParams.get('cursor'))}`;
  }
  return async () => {
    const start = performance.now();
    const { status, body } = await connection.request(path);
    const time = performance.now() - start;
    if (status !== 200) throw new Error(`${path} answered ${status}: ${body}`);
    return time;
  };
}

/** Asks in turns, so that whatever else the machine is doing disturbs both alike. */
async function compare([ours, theirs]: readonly [Ask, Ask]): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  for (let round = -20; round < ROUNDS; round++) {
    const [a, b] = [await ours(), await theirs()];
    if (round >= 0) times[0].push(a);
    if (round >= 0) times[1].push(b);
  }
  return times;
}

/** Drops a full day while others write, each entry in a statement of its own. */
async function dropDay({ databaseUrl, partitions, dataSource }: InProcessLog): Promise<ResultRow> {
  const day = startOfDay(-LOG_DAYS - 2);
  await partitions.make(day);
  await fillDay(databaseUrl, day, DAYS_ENTRIES);
  const [partition] = await partitions.list();
  if (partition === undefined) throw new Error('There is no partition to drop.');

  const delays: number[] = [];
  let isOver = false;
  const write = async (): Promise<void> => {
    while (!isOver) {
      const start = performance.now();
      await dataSource.query(`INSERT INTO logentry (level, message) VALUES ('info', 'meanwhile')`);
      delays.push(performance.now() - start);
    }
  };
  const writing = Array.from({ length: WRITERS }, write);
  while (delays.length < 500) await new Promise(setImmediate);
  const usual = percentile99(delays.splice(0));
  const start = performance.now();
  while (!(await partitions.drop(partition)));
  const took = performance.now() - start;
  isOver = true;
  await Promise.all(writing);
  return {
    bench: 'log-reading',
    compared: `dropping a day of ${readable(DAYS_ENTRIES)} entries; the slowest of ${WRITERS} writers meanwhile, and its p99 before`,
    ours: `${readable(took)} ms; ${readable(Math.max(...delays), 1)} ms`,
    theirs: `${readable(usual, 1)} ms`,
    ratio: '',
    target: '< 1,000 ms; no writer waits for it',
  };
}

function describe(times: readonly number[]): string {
  return `${median(times).toFixed(2)} ms (p99 ${percentile99(times).toFixed(2)})`;
}
