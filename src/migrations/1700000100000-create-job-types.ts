import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same on every database: only the name of a primary key differs in where it is kept. */
const TABLES = [
  `CREATE TABLE "job_error_exit_code" (
    "job_type_name" varchar(250) NOT NULL,
    "exit_code" integer NOT NULL,
    "error_id" integer NOT NULL,
    CONSTRAINT "job_error_exit_code_error_fkey" FOREIGN KEY ("error_id") REFERENCES "error" ("id") ON DELETE CASCADE,
    PRIMARY KEY ("job_type_name", "exit_code")
  )`,
  `CREATE INDEX "job_error_exit_code_error" ON "job_error_exit_code" ("error_id")`,
  `CREATE TABLE "error_retry_policy" (
    "error_id" integer PRIMARY KEY NOT NULL,
    "max_attempts" integer NOT NULL DEFAULT (5),
    "initial_seconds" double precision NOT NULL DEFAULT (1),
    "coefficient" double precision NOT NULL DEFAULT (2),
    "max_seconds" double precision NOT NULL DEFAULT (100),
    CONSTRAINT "error_retry_policy_error_fkey" FOREIGN KEY ("error_id") REFERENCES "error" ("id") ON DELETE CASCADE
  )`,
];

/**
 * What the exit codes of job types mean, and the retry policies of errors. Rows of both go with the error that they name,
 * also when a program deletes it with plain SQL.
 */
export class CreateJobTypes1700000100000 implements MigrationInterface {
  readonly name = 'CreateJobTypes1700000100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "error_retry_policy"');
    await runner.query('DROP TABLE "job_error_exit_code"');
  }
}
