import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { DatabaseLogHandler, logEntities, logMigrations } from '../../src/logging.js';
import { startPostgres } from '../../test/support/postgres-server.js';
import type { Stage } from '../stage.js';

const PER_SECOND = 2_000;
const BEAT = 20;

/** PostgreSQL stands still for a while under 2,000 records a second: what is in the table is what was accepted, in order. */
export async function soakLogOutage(
  stage: Stage,
  seconds: number,
): Promise<{ readonly lines: readonly string[]; readonly faults: readonly string[] }> {
  const server = await startPostgres();
  stage.defer(() => server.stop());
  const tables = { entities: logEntities('postgres'), migrations: logMigrations, migrationsRun: true };
  const source = await new DataSource({ type: 'postgres', url: server.url('postgres'), ...tables }).initialize();
  stage.defer(() => source.destroy());
  const handler = new DatabaseLogHandler({ dataSource: source, spool: { directory: stage.directory() } });
  stage.defer(() => handler.close());

  const start = performance.now();
  let made = 0;
  let mostMemory = 0;
  const logUntil = async (end: number): Promise<void> => {
    while (performance.now() - start < end * 1_000) {
      const due = ((performance.now() - start) / 1_000) * PER_SECOND;
      for (; made < due; made++) handler.emit({ level: 'info', message: `record ${made}`, context: { made } });
      mostMemory = Math.max(mostMemory, handler.stats().waiting.bytes);
      await delay(BEAT);
    }
  };
  await logUntil(5);
  server.signal('SIGSTOP');
  await logUntil(5 + seconds);
  const { spooled } = handler.stats();
  server.signal('SIGCONT');
  const back = performance.now();
  await logUntil(10 + seconds);
  await handler.flush();
  while (handler.stats().stored < made && performance.now() - back < 120_000) await delay(BEAT);
  const drained = (performance.now() - back) / 1_000;

  const [row = { count: 0, ids: 0, strays: 0 }] = await source.query<{ count: number; ids: number; strays: number }[]>(
    `SELECT count(*)::int AS count, count(DISTINCT record_id)::int AS ids,
       count(*) FILTER (WHERE place <> (context->>'made')::int)::int AS strays
     FROM (SELECT record_id, context, (row_number() OVER (ORDER BY id) - 1)::int AS place FROM logentry) AS entries`,
  );
  const { accepted, givenUp } = handler.stats();
  const faults = [
    ...(row.count === accepted ? [] : [`${accepted} records were accepted and ${row.count} are in the table.`]),
    ...(row.ids === row.count ? [] : [`${row.count - row.ids} records are there twice.`]),
    ...(row.strays === 0 ? [] : [`${row.strays} records are out of their order.`]),
    ...(givenUp === 0 ? [] : [`${givenUp} records were given up.`]),
  ];
  const memory = (mostMemory / 1_048_576).toFixed(1);
  return {
    lines: [
      `  ${accepted} records at ${PER_SECOND} a second, ${spooled} of them spooled, at most ${memory} MiB in the queue`,
      `  everything stored ${drained.toFixed(1)} s after PostgreSQL went on`,
    ],
    faults,
  };
}
