import { isDeepStrictEqual } from 'node:util';
import { fillCatalogue } from '../catalogue-rows.js';
import { startBareServer, startService } from '../child-processes.js';
import { Connection } from '../connection.js';
import { answersPerSecond } from '../load.js';
import { describeRatio, ratiosOf, readable, type ResultRow } from '../result-row.js';
import { takeTurns } from '../rounds.js';
import type { HandWrittenListSettings, PageMaker } from '../servers/hand-written-list.js';
import type { Stage } from '../stage.js';

const ROUNDS = 7;
const SECONDS = 3;
const ERRORS = 1_000;
const PATH = '/v6/errors/?page_size=100';

const MAKERS: Readonly<Record<PageMaker, string>> = { rows: 'rows mapped in JavaScript', json: 'json_agg in SQL' };

/** A page of the list, against servers that run the SQL for this very page and nothing else. */
export async function benchList(stage: Stage): Promise<ResultRow[]> {
  const databaseUrl = await stage.database();
  const service = await startService(stage, { DATABASE_URL: databaseUrl });
  await fillCatalogue(databaseUrl, ERRORS);
  const start = async (maker: PageMaker): Promise<string> => {
    const settings: HandWrittenListSettings = { databaseUrl, maker };
    const { origin } = await startBareServer(stage, 'hand-written-list', settings);
    return origin;
  };
  const rows = await start('rows');
  const json = await start('json');
  const expected = await pageOf(service.origin);
  for (const origin of [rows, json]) {
    if (!isDeepStrictEqual(await pageOf(origin), expected)) throw new Error('The hand-written page is another one.');
  }

  const { values, medianOf } = await takeTurns(
    {
      ours: () => answersPerSecond(`${service.origin}${PATH}`, SECONDS),
      rows: () => answersPerSecond(`${rows}${PATH}`, SECONDS),
      json: () => answersPerSecond(`${json}${PATH}`, SECONDS),
    },
    ROUNDS,
  );
  const fastest = medianOf('rows') > medianOf('json') ? 'rows' : 'json';
  return (['rows', 'json'] as const).map((maker) => ({
    bench: 'list',
    compared: `GET /v6/errors/?page_size=100 of 1,000 ÷ node:http and pg, ${MAKERS[maker]}`,
    ours: `${readable(medianOf('ours'))} req/s`,
    theirs: `${readable(medianOf(maker))} req/s`,
    ratio: describeRatio(medianOf('ours') / medianOf(maker), ratiosOf(values.ours, values[maker])),
    target: maker === fastest ? '≥ 0.6' : 'the slower one',
  }));
}

/** The page as JSON means it; everybody is told the same host, for it stands in the links. */
async function pageOf(origin: string): Promise<unknown> {
  const connection = new Connection(origin);
  try {
    // The service counts anew when its count is some seconds old: the rows came by plain SQL.
    for (let attempt = 0; ; attempt++) {
      const { body } = await connection.request(PATH, { headers: { Host: 'errors.example' } });
      const page = JSON.parse(body) as { count: number };
      if (page.count === ERRORS || attempt === 10) return page;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  } finally {
    connection.close();
  }
}
