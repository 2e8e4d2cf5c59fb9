import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import { DatabaseLogHandler, LogEntry, logEntities, logMigrations, type LogRecord } from '../../src/logging.js';
import { describeRatio, ratiosOf, readable, type ResultRow } from '../result-row.js';
import { takeTurns } from '../rounds.js';
import type { Stage } from '../stage.js';

const ROUNDS = 5;
const RECORDS = 50_000;
const SINGLE = 1_000;

/** What decides how much a commit costs. */
const DURABILITY = ['fsync', 'synchronous_commit'];

/** How many records the application has made that are not stored yet: it goes on as fast as they are. */
const AHEAD = 4_000;

const COLUMNS = 'host, level, message, created, stacktrace, error_id, request_id, trace_id, context, record_id';
const COPY = `COPY logentry (${COLUMNS}) FROM STDIN`;

/**
 * What `emit` reaches until everything is stored, against COPY of the same rows, and one INSERT for each, which is one commit
 * for each. The server is set up as PostgreSQL comes: where commits cost nothing, batches would have nothing to save.
 * @param count how many records there are in each round.
 */
export async function benchLogHandler(stage: Stage, count = RECORDS): Promise<ResultRow[]> {
  const url = await stage.durableDatabase();
  const tables = { entities: logEntities('postgres'), migrations: logMigrations, migrationsRun: true };
  const dataSource = await new DataSource({ type: 'postgres', url, ...tables }).initialize();
  stage.defer(() => dataSource.destroy());
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  stage.defer(() => client.end());
  const durability = await durabilityOf(client);
  console.error(`log-handler runs on PostgreSQL with ${durability}`);
  const handler = new DatabaseLogHandler({ dataSource, spool: { directory: stage.directory() } });
  stage.defer(() => handler.close());
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const loopOfCopy = monitorEventLoopDelay({ resolution: 1 });
  const empty = (): Promise<unknown> => client.query('TRUNCATE logentry');

  const { values, medianOf } = await takeTurns(
    {
      ours: async () => {
        await empty();
        loop.enable();
        const reached = await rateOf(count, () => emitAll(handler, count));
        loop.disable();
        return reached;
      },
      copy: async () => {
        await empty();
        loopOfCopy.enable();
        const reached = await rateOf(count, () => pipeline(copyLines(count), client.query(copyFrom(COPY))));
        loopOfCopy.disable();
        return reached;
      },
      single: async () => {
        await empty();
        return rateOf(SINGLE, () => insertEach(client, SINGLE));
      },
      repository: async () => {
        await empty();
        return rateOf(SINGLE, () => insertEachByRepository(dataSource, SINGLE));
      },
    },
    ROUNDS,
  );
  const emitted = await emitCost(handler);
  const rate = (value: number): string => `${readable(value)} records/s`;
  const compared = (theirs: 'copy' | 'single' | 'repository', name: string, target: string): ResultRow => ({
    bench: 'log-handler',
    compared: `emit until stored ÷ ${name}`,
    ours: rate(medianOf('ours')),
    theirs: rate(medianOf(theirs)),
    ratio: describeRatio(medianOf('ours') / medianOf(theirs), ratiosOf(values.ours, values[theirs])),
    target,
  });
  const alone = { bench: 'log-handler', theirs: '', ratio: '' };
  return [
    compared('copy', 'COPY of the same rows', '≥ 0.6'),
    compared('single', `one INSERT a record through pg (${durability})`, '≥ 50'),
    compared('repository', 'one INSERT a record through TypeORM: repository.insert(entry)', '≥ 50'),
    {
      ...alone,
      compared: 'delay of the event loop meanwhile, p99; while COPY runs in its place',
      ours: `${readable(loop.percentile(99) / 1e6, 1)} ms`,
      theirs: `${readable(loopOfCopy.percentile(99) / 1e6, 1)} ms`,
      target: '< 10 ms',
    },
    { ...alone, compared: 'emit', ours: `${readable(emitted, 2)} µs`, target: '< 2 µs' },
    {
      ...alone,
      compared: 'memory with producers that outrun the database, beyond what there was',
      ours: `${readable(await memoryOfFlood(handler, 6 * count), 0)} MiB`,
      target: '< 100 MiB',
    },
  ];
}

function record(index: number): LogRecord {
  return {
    level: 'info',
    message: `GET /v6/errors/${index} was answered with 200 in ${index % 97} ms, as it should be`,
    stacktrace: index % 50 === 0 ? `Error: It broke.\n${'    at place (/srv/app/file.js:1:1)\n'.repeat(10)}` : null,
    context: { logger: 'Http', status: 200, user: index },
    requestId: `request-${index}`,
  };
}

async function emitAll(handler: DatabaseLogHandler, count: number): Promise<void> {
  const before = handler.stats().stored;
  for (let done = 0; done < count;) {
    const room = Math.min(count, handler.stats().stored - before + AHEAD);
    for (let burst = 0; done < room && burst < 500; burst++) handler.emit(record(done++));
    await delay(done < room ? 0 : 1);
  }
  await handler.flush();
}

function* copyLines(count: number): Generator<string> {
  let lines = '';
  for (let index = 0; index < count; index++) {
    lines += copyLine(record(index));
    if (lines.length < 65_536) continue;
    yield lines;
    lines = '';
  }
  yield lines;
}

function copyLine({ level, message, stacktrace, context, requestId }: LogRecord): string {
  const fields = ['host', level, message, new Date().toISOString(), stacktrace, null, requestId, null];
  const all = [...fields, JSON.stringify(context), crypto.randomUUID()];
  return `${all.map((field) => (field == null ? '\\N' : escaped(field))).join('\t')}\n`;
}

function escaped(text: string): string {
  return /[\\\n\t]/.test(text) ? text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\t/g, '\\t') : text;
}

async function insertEach(client: pg.Client, count: number): Promise<void> {
  const places = COLUMNS.split(', ').map((_, index) => `$${index + 1}`);
  const statement = `INSERT INTO logentry (${COLUMNS}) VALUES (${places.join(', ')})`;
  for (let index = 0; index < count; index++) {
    const { level, message, stacktrace, context, requestId } = record(index);
    const values = ['host', level, message, new Date(), stacktrace, null, requestId, null, context];
    await client.query(statement, [...values, crypto.randomUUID()]);
  }
}

async function insertEachByRepository(dataSource: DataSource, count: number): Promise<void> {
  const repository = dataSource.getRepository(LogEntry);
  for (let index = 0; index < count; index++) {
    const { level, message, stacktrace = null, context, requestId = null } = record(index);
    const times = { host: 'host', created: new Date(), recordId: crypto.randomUUID() };
    await repository.insert({ ...times, level, message, stacktrace, context: context as object, requestId });
  }
}

/** As the server has it, whatever it was told. */
async function durabilityOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ text: string }>(
    `SELECT string_agg(name || '=' || setting, ', ' ORDER BY name) AS text FROM pg_settings WHERE name = ANY($1)`,
    [DURABILITY],
  );
  return rows[0]?.text ?? '';
}

async function rateOf(count: number, act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return (count / (performance.now() - start)) * 1_000;
}

/** In microseconds: the median of many short bursts, so that what else the process does is not counted. */
async function emitCost(handler: DatabaseLogHandler): Promise<number> {
  const costs: number[] = [];
  for (let round = 0; round < 200; round++) {
    const records = Array.from({ length: 100 }, (_, index) => record(index));
    const start = performance.now();
    for (const one of records) handler.emit(one);
    costs.push((performance.now() - start) * 10);
    await delay(2);
  }
  await handler.flush();
  return costs.sort((a, b) => a - b)[100] ?? NaN;
}

/** Many times as many records as the queue has room for, as fast as they can be made. */
async function memoryOfFlood(handler: DatabaseLogHandler, count: number): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  for (let done = 0; done < count; done++) {
    handler.emit(record(done));
    if (done % 500 === 0) await delay(0);
    if (done % 5_000 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  await handler.flush();
  return (most - before) / 1_048_576;
}
