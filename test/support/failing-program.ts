// A program that fails in a way it is told, on what it is told. It says what its failure was found to be, and ends by it.
import 'reflect-metadata';
import { once } from 'node:events';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import Libsql from 'libsql';
import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import { getErrorByException, runProcess, watchDataSource } from '../../src/index.js';

/** How the program is to fail. */
export type FailureName = keyof typeof FAILURES;

const [failure = '', target = '', option = ''] = process.argv.slice(2);

/** A DataSource on the database that was named, connected. */
function open(options: { readonly poolSize?: number; readonly extra?: object } = {}): Promise<DataSource> {
  return watchDataSource(new DataSource({ ...optionsFor(target), ...options } as DataSourceOptions)).initialize();
}

function optionsFor(url: string): DataSourceOptions {
  if (url.startsWith('postgresql:')) return { type: 'postgres', url };
  if (url.startsWith('mysql:')) return { type: 'mysql', url };
  return { type: 'better-sqlite3', driver: Libsql, database: url, timeout: 0 };
}

/** Two transactions that each hold a row and want that of the other. */
async function deadlock(): Promise<void> {
  const source = await open();
  await source.query('CREATE TABLE deadlocks (id integer PRIMARY KEY, n integer)');
  await source.query('INSERT INTO deadlocks VALUES (1, 0), (2, 0)');
  const [one, other] = [await begun(source), await begun(source)];
  const take = (runner: QueryRunner, id: number): Promise<unknown> =>
    runner.query(`UPDATE deadlocks SET n = n + 1 WHERE id = ${id}`);
  await take(one, 1);
  await take(other, 2);
  await Promise.all([take(one, 2), take(other, 1)]);
}

/** A row that somebody else holds for longer than is waited for. */
async function lockTimeout(): Promise<void> {
  const source = await open();
  await source.query('CREATE TABLE locks (id integer PRIMARY KEY)');
  await source.query('INSERT INTO locks VALUES (1)');
  const [one, other] = [await begun(source), await begun(source)];
  await one.query('SELECT * FROM locks FOR UPDATE');
  await other.query(option);
  await other.query('SELECT * FROM locks FOR UPDATE');
}

async function begun(source: DataSource): Promise<QueryRunner> {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  return runner;
}

/** Two transactions of which each read what the other writes. */
async function serialization(): Promise<void> {
  const source = await open();
  await source.query('CREATE TABLE reads (n integer)');
  const runners = [source.createQueryRunner(), source.createQueryRunner()];
  for (const runner of runners) {
    await runner.startTransaction('SERIALIZABLE');
    await runner.query('SELECT count(*) FROM reads');
  }
  for (const runner of runners) await runner.query('INSERT INTO reads VALUES (1)');
  for (const runner of runners) await runner.commitTransaction();
}

async function exhaustedPool(): Promise<void> {
  const source = await open({ poolSize: 1, extra: JSON.parse(option) as object });
  await source.createQueryRunner().connect();
  await source.query('SELECT 1');
}

async function sqliteFull(): Promise<void> {
  const source = await open();
  await source.query('PRAGMA max_page_count = 4');
  await source.query('CREATE TABLE rows (text text)');
  await source.query('INSERT INTO rows VALUES (hex(zeroblob(100000)))');
}

async function sqliteBusy(): Promise<void> {
  const holder = new Libsql(target);
  holder.exec('CREATE TABLE held (n integer); BEGIN EXCLUSIVE;');
  await (await open()).query('INSERT INTO held VALUES (1)');
}

const FAILURES = {
  connect: async () => void (await open()),
  deadlock,
  lockTimeout,
  serialization,
  exhaustedPool,
  sqliteFull,
  sqliteBusy,
  query: async () => void (await (await open()).query(option)),
  /** Says that it is connected, so that whoever waits for that may do something about it. */
  queryOnceConnected: async () => {
    const source = await open();
    console.log('connected');
    await source.query(option);
  },
  wrappedQuery: async () => {
    try {
      await (await open()).query(option);
    } catch (error) {
      throw new Error('The job could not be stored.', { cause: error });
    }
  },
  missingFile: () => void readFileSync(target),
  missingFileLater: () => readFile(target),
  /** Whom permissions mean nothing is somebody else first. */
  deniedFile: () => {
    if (process.getuid?.() === 0) process.setuid?.(65_534);
    openSync(target, 'r');
  },
  fullDisk: () => writeFileSync(target, Buffer.alloc(1_000_000)),
  refusedSocket: async () => void (await once(connect(Number(target), '127.0.0.1'), 'connect')),
  refusedFetch: async () => void (await fetch(`http://127.0.0.1:${target}/`)),
  unhandledRejection: async () => {
    void readFile(target);
    await new Promise(() => setInterval(() => {}, 1_000));
  },
  uncaughtException: async () => {
    setImmediate(() => readFileSync(target));
    await new Promise(() => setInterval(() => {}, 1_000));
  },
} satisfies Record<string, () => unknown>;

await runProcess(async () => {
  try {
    await FAILURES[failure as FailureName]();
  } catch (error) {
    const found = getErrorByException(error);
    console.log(`found ${found?.name ?? 'nothing'}, its cause ${found?.cause === error ? 'given' : 'not given'}`);
    throw error;
  }
});
