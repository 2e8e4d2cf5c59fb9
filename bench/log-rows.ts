import { run } from './stage.js';

/** How many days the made-up log covers, whatever its size. */
export const LOG_DAYS = 30;

/** The rarest level in it: one entry in a thousand. */
export const RARE_LEVEL = 'fatal';

/** An error that one entry in 1,500 belongs to. */
export const LOGGED_ERROR = 7;

/**
 * Fills the log with plain SQL: so many entries, spread evenly over the days until now and written in the order of their
 * times, as a log is.
 */
export function fillLog(databaseUrl: string, entries: number): Promise<void> {
  return run(
    databaseUrl,
    `INSERT INTO logentry (host, level, message, created, error_id, context, record_id)
     SELECT 'node-' || n % 20 || '.example',
       CASE WHEN n % 1000 = 0 THEN '${RARE_LEVEL}' WHEN n % 50 = 0 THEN 'error' WHEN n % 10 = 0 THEN 'warn' ELSE 'info' END,
       'Job ' || n || ' has finished its step ' || n % 7 || ' after some time, and nothing is known against it.',
       now() - interval '${LOG_DAYS} days' * ((${entries} - n)::float8 / ${entries}),
       CASE WHEN n % 50 = 0 THEN 1 + n / 50 % 30 END, '{"job": 12}', gen_random_uuid()
     FROM generate_series(1, ${entries}) AS n`,
    // What PostgreSQL does by itself after a while would otherwise happen in the middle of a measurement.
    'VACUUM ANALYZE logentry',
  );
}

/** Fills one day (UTC). */
export function fillDay(databaseUrl: string, day: Date, entries: number): Promise<void> {
  return run(
    databaseUrl,
    `INSERT INTO logentry (host, level, message, created, record_id)
     SELECT 'node-1.example', 'info', 'Job ' || n || ' has finished its step after some time, as it should.',
       '${day.toISOString()}'::timestamptz + interval '1 day' * (n::float8 / ${entries + 1}), gen_random_uuid()
     FROM generate_series(1, ${entries}) AS n`,
    'VACUUM ANALYZE logentry',
  );
}
