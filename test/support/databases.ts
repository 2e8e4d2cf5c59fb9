import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A database of a test's own, empty at first. */
export interface TestDatabase {
  readonly kind: DatabaseKind;
  /** What the service needs in its environment to use it. */
  readonly environment: Readonly<Record<string, string>>;
  drop(): Promise<void>;
}

export type DatabaseKind = 'postgres' | 'sqlite';

const server = process.env['ERRATA_TEST_POSTGRES'];

/** The databases that are at hand: both, unless the run was told to go on without PostgreSQL. */
export const databaseKinds: readonly DatabaseKind[] = server === undefined ? ['sqlite'] : ['postgres', 'sqlite'];

/** Makes an empty database. */
export function createDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  return kind === 'postgres' ? createPostgresDatabase() : Promise.resolve(createSqliteDatabase());
}

function createSqliteDatabase(): TestDatabase {
  const directory = mkdtempSync(join(tmpdir(), 'errata-sqlite-'));
  return {
    kind: 'sqlite',
    environment: { DATA_DIR: directory },
    drop() {
      rmSync(directory, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

async function createPostgresDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(server ?? '');
  url.pathname = `/${name}`;
  return {
    kind: 'postgres',
    environment: { DATABASE_URL: url.href },
    drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
