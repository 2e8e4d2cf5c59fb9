import type pg from 'pg';
import type { JobErrorModel } from '../src/catalog.js';

const UPSERT = `
  INSERT INTO error (job_type_name, name, title, description, category, should_be_retried)
  SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[])
  ON CONFLICT (job_type_name, name) DO UPDATE SET
    title = excluded.title, description = excluded.description, category = excluded.category,
    should_be_retried = excluded.should_be_retried, last_modified = now(), version = error.version + 1
  RETURNING id, name, job_type_name, title, description, category, is_builtin, should_be_retried, created,
    last_modified, version`;

/** Saves the errors of a job type with the one statement that a person would write for it. */
export async function saveByHand(
  pool: pg.Pool,
  jobTypeName: string,
  models: readonly JobErrorModel[],
): Promise<object[]> {
  const { rows } = await pool.query<object>(UPSERT, [
    jobTypeName,
    models.map(({ name }) => name),
    models.map(({ title }) => title),
    models.map(({ description }) => description),
    models.map(({ category }) => category),
    models.map(({ shouldBeRetried }) => shouldBeRetried),
  ]);
  return rows;
}
