import { setTimeout as delay } from 'node:timers/promises';
import { type DataSource, type EntityManager, MigrationExecutor } from 'typeorm';
import type { Logger } from 'pino';
import { MIGRATIONS_TABLE } from './database.js';

/** Any number, as long as every instance asks for the same: “errata” read as ASCII. */
const MIGRATION_LOCK = 0x657272617461;

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 4_000;

/** What a database that is on its way up answers, or the network in front of it. */
const PASSING = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'],
  // cannot_connect_now, too_many_connections, connection_failure, admin_shutdown
  ...['57P03', '53300', '08006', '57P01'],
]);

/** The service cannot work with its database; the message says why and what to do, and holds no secret. */
export class DatabaseUnusable extends Error {}

export interface OpeningOptions {
  /** What the database is called in messages. */
  readonly name: string;
  /** How long to go on trying to reach it, in seconds. */
  readonly wait: number;
  readonly logger: Logger;
}

/**
 * Connects, and brings the tables up to date. Any number of instances may do so at once.
 * @throws DatabaseUnusable
 */
export async function openDatabase(dataSource: DataSource, options: OpeningOptions): Promise<void> {
  await connect(dataSource, options);
  try {
    await migrate(dataSource, options.name);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

async function connect(dataSource: DataSource, { name, wait, logger }: OpeningOptions): Promise<void> {
  const deadline = performance.now() + wait * 1000;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      await dataSource.initialize();
      return;
    } catch (error) {
      const reason = reasonOf(error);
      if (!isPassing(error)) {
        throw new DatabaseUnusable(`The database cannot be used: ${name} answered “${reason}”. ${remedy(dataSource)}`);
      }
      const left = deadline - performance.now();
      if (left <= 0) {
        throw new DatabaseUnusable(
          `The database could not be reached within ${wait} s: ${name}, ${reason}. Start it, or correct DATABASE_URL; ` +
            'DATABASE_WAIT says how long to go on trying.',
        );
      }
      logger.warn(`The database cannot be reached yet: ${name}, ${reason}. It is tried again.`);
      await delay(Math.min(pause, left));
    }
  }
}

/** In one transaction that only one instance has at a time; the others find the work done. */
async function migrate(dataSource: DataSource, name: string): Promise<void> {
  await dataSource.transaction(async (manager) => {
    // SQLite's transactions exclude each other by themselves.
    if (dataSource.options.type === 'postgres')
      await manager.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const unknown = (await executedMigrations(manager)).filter(
      (executed) => !dataSource.migrations.some((migration) => migration.name === executed),
    );
    if (unknown.length > 0) {
      throw new DatabaseUnusable(
        `The database is newer than this version of the service: ${name} has the migration ${unknown.join(', ')}, which ` +
          'this version does not know. Nothing was changed. Start the newer version, or give this one another database.',
      );
    }
    const executor = new MigrationExecutor(dataSource, manager.queryRunner);
    await executor.executePendingMigrations();
  });
}

async function executedMigrations(manager: EntityManager): Promise<string[]> {
  if (!(await manager.queryRunner?.hasTable(MIGRATIONS_TABLE))) return [];
  const rows = await manager.query<{ name: string }[]>(`SELECT name FROM ${MIGRATIONS_TABLE}`);
  return rows.map(({ name }) => name);
}

function isPassing(error: unknown): boolean {
  const { code, errors = [] } = error as { code?: unknown; errors?: unknown[] };
  return PASSING.has(String(code)) || errors.some(isPassing) || /timeout|terminated/i.test(String(error));
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const parts = [message, code].filter((part): part is string => typeof part === 'string' && part !== '');
  // Node's own messages begin with the code.
  return parts.filter((part, index) => index === 0 || parts[0]?.includes(part) !== true).join(', ') || String(error);
}

function remedy(dataSource: DataSource): string {
  return dataSource.options.type === 'postgres'
    ? 'Correct DATABASE_URL, or create the user or the database it names.'
    : 'Check that DATA_DIR can be written to and holds no file of another program.';
}
