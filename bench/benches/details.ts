import { startBareServer, startService } from '../child-processes.js';
import { type Answer, Connection } from '../connection.js';
import { compareAnswers, measureAnswers } from '../measured-answers.js';
import type { ResultRow } from '../result-row.js';
import { collectInTurns } from '../rounds.js';
import type { FixedAnswer } from '../servers/fixed-answer.js';
import type { Stage } from '../stage.js';

const ROUNDS = 15;
const SECONDS = 2;
const PATH = '/v6/errors/1/';

/** Node writes these by itself. */
const WRITTEN_BY_NODE = new Set(['connection', 'date', 'keep-alive']);

/** The details of one error, against a server that sends the same bytes without knowing what they mean. */
export async function benchDetails(stage: Stage): Promise<ResultRow[]> {
  const service = await startService(stage, { DATABASE_URL: await stage.database() });
  const answer = await answerOf(service.origin);
  const bare = await startBareServer(stage, 'fixed-answer', fixedAnswer(answer));
  refuseDifference(answer, await answerOf(bare.origin));

  const { ours, theirs } = await collectInTurns(
    {
      ours: () => measureAnswers(service, PATH, SECONDS),
      theirs: () => measureAnswers(bare, PATH, SECONDS),
    },
    ROUNDS,
  );
  return [
    {
      bench: 'details',
      compared: 'GET /v6/errors/{id}/ ÷ node:http that sends the same bytes',
      ...compareAnswers(ours, theirs),
      target: '≥ 0.6',
    },
  ];
}

async function answerOf(origin: string): Promise<Answer> {
  const connection = new Connection(origin);
  try {
    return await connection.request(PATH);
  } finally {
    connection.close();
  }
}

function fixedAnswer({ status, headers, rawHeaders, body }: Answer): FixedAnswer {
  const own = headersOf(rawHeaders).filter(([name]) => !WRITTEN_BY_NODE.has(name.toLowerCase()));
  const seconds = /timeout=(\d+)/.exec(String(headers['keep-alive']))?.[1] ?? '5';
  return { status, headers: Object.fromEntries(own), body, keepAliveTimeout: Number(seconds) * 1000 };
}

function headersOf(raw: readonly string[]): [name: string, value: string][] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []));
}

function refuseDifference(ours: Answer, theirs: Answer): void {
  const [expected, found] = [ours, theirs].map(({ headers, status, body }) => {
    const { date: _, ...others } = headers;
    return JSON.stringify([status, body, Object.entries(others).sort()]);
  });
  if (expected !== found) throw new Error(`The bare server answers something else:\n${expected}\n${found}`);
}
