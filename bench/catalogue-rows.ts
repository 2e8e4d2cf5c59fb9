import { run } from './stage.js';

/** How many errors each job type of the made-up catalogue declares. */
export const ERRORS_PER_JOB_TYPE = 10;

/** A job type of a catalogue of this size, and the name of one of its errors. */
export function jobTypeName(number: number): string {
  return `job-type-${number}`;
}

/** See {@link jobTypeName}. Each name occurs in ten job types, in a catalogue of any size. */
export function errorName(number: number): string {
  return `error-${number}`;
}

/**
 * Fills the catalogue up with plain SQL until it holds so many errors, the built-in ones included, modified at times all
 * over the last year.
 */
export function fillCatalogue(databaseUrl: string, errors: number): Promise<void> {
  return run(
    databaseUrl,
    `INSERT INTO error (name, job_type_name, title, description, category, should_be_retried, created, last_modified)
     SELECT 'error-' || i % ${errors / ERRORS_PER_JOB_TYPE}, 'job-type-' || i / ${ERRORS_PER_JOB_TYPE}, 'Error ' || i,
       'What went wrong in step ' || i || ' of the job, and what those who see this can do about it now.',
       CASE i % 2 WHEN 0 THEN 'DATA' ELSE 'ALGORITHM' END, i % 3 = 0,
       now() - interval '1 year' - random() * interval '1 year', now() - random() * interval '1 year'
     FROM generate_series(0, ${errors - 1} - (SELECT count(*)::int FROM error)) AS i`,
    // What PostgreSQL does by itself after a while would otherwise happen in the middle of a measurement.
    'VACUUM ANALYZE error',
  );
}
