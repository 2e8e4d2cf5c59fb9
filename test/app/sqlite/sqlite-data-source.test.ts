import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { SqliteDataSource } from '../../../src/app/sqlite/sqlite-data-source.js';

const PATIENCE = 300;

describe('Transactions on SQLite', () => {
  let directory: string;
  let dataSource: DataSource;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'errata-gate-'));
    dataSource = await open((options) => new SqliteDataSource(options, PATIENCE));
  });
  afterEach(async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
    rmSync(directory, { recursive: true, force: true });
  });

  type Options = Extract<DataSourceOptions, { type: 'better-sqlite3' }>;

  async function open(make: (options: Options) => DataSource): Promise<DataSource> {
    const database = join(directory, `${Math.random()}.sqlite`);
    const opened = make({ type: 'better-sqlite3', driver: Libsql, database, enableWAL: true });
    await opened.initialize();
    await opened.query('CREATE TABLE note (text TEXT NOT NULL)');
    return opened;
  }
  const add = (text: string, on: { query(sql: string): Promise<unknown> } = dataSource): Promise<unknown> =>
    on.query(`INSERT INTO note VALUES ('${text}')`);
  const notes = async (from = dataSource): Promise<string[]> =>
    (await from.query<{ text: string }[]>('SELECT text FROM note ORDER BY text')).map(({ text }) => text);

  /** One request's transaction is open, another request writes, the first one rolls back. */
  async function writeDuringRollback(on: DataSource): Promise<string[]> {
    let writing: Promise<unknown> = Promise.resolve();
    const transaction = on.transaction(async (manager) => {
      await add('in the transaction', manager);
      await new Promise<void>((resolve) =>
        setImmediate(() => {
          writing = add('acknowledged', on);
          resolve();
        }),
      );
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('roll back');
    });
    // The other request does not come from inside the transaction.
    await expect(transaction).rejects.toThrow('roll back');
    await writing;
    return notes(on);
  }

  test('TypeORM’s own driver loses another request’s acknowledged write', async () => {
    const stock = await open((options) => new DataSource(options));
    try {
      expect(await writeFromOutside(stock)).toEqual([]);
    } finally {
      await stock.destroy();
    }
  });

  test('another request’s acknowledged write survives a rollback', async () => {
    expect(await writeFromOutside(dataSource)).toEqual(['acknowledged']);
  });

  /** As two requests do it: neither is called by the other. */
  async function writeFromOutside(on: DataSource): Promise<string[]> {
    let openedUp: () => void = () => {};
    const isOpen = new Promise<void>((resolve) => (openedUp = resolve));
    let roll: () => void = () => {};
    const mayRoll = new Promise<void>((resolve) => (roll = resolve));
    const first = on.transaction(async (manager) => {
      await add('in the transaction', manager);
      openedUp();
      await mayRoll;
      throw new Error('roll back');
    });
    await isOpen;
    const second = add('acknowledged', on);
    // As much time as a write needs that does not wait.
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    roll();
    await expect(first).rejects.toThrow('roll back');
    await second;
    return notes(on);
  }

  test('a write that the transaction’s code begins belongs to it, through whichever way it comes', async () => {
    expect(await writeDuringRollback(dataSource)).toEqual([]);
    await dataSource.transaction(async () => {
      await add('through the DataSource');
      expect(await notes()).toEqual(['through the DataSource']);
    });
    expect(await notes()).toEqual(['through the DataSource']);
  });

  test('a transaction inside a transaction’s code is part of it', async () => {
    await dataSource.transaction(async (manager) => {
      await add('a', manager);
      await expect(
        dataSource.transaction(async (inner) => {
          await add('b', inner);
          throw new Error('only this');
        }),
      ).rejects.toThrow('only this');
      const runner = dataSource.createQueryRunner();
      await runner.startTransaction();
      await add('c', runner);
      await runner.rollbackTransaction();
      await runner.startTransaction();
      await add('d', runner);
      await runner.commitTransaction();
      await runner.release();
    });
    expect(await notes()).toEqual(['a', 'd']);
  });

  test('transactions that come at once follow one another', async () => {
    const transfers = Array.from({ length: 20 }, (_, number) =>
      dataSource.transaction(async (manager) => {
        const before = (await manager.query<unknown[]>('SELECT * FROM note')).length;
        await new Promise((resolve) => setImmediate(resolve));
        await add(`note-${String(before).padStart(2, '0')}`, manager);
        if (number % 4 === 3) throw new Error('roll back');
      }),
    );
    await Promise.allSettled(transfers);
    expect(await notes()).toEqual(Array.from({ length: 15 }, (_, number) => `note-${String(number).padStart(2, '0')}`));
  });

  test('a runner that waits for itself is told so, and the database goes on', async () => {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await expect(add('from outside')).rejects.toThrow(/busy with one transaction.*own manager/s);
    await expect(dataSource.transaction(() => Promise.resolve())).rejects.toThrow(/busy/);
    await add('inside', runner);
    await runner.commitTransaction();
    await runner.release();
    await add('afterwards');
    expect(await notes()).toEqual(['afterwards', 'inside']);
  });

  test('a runner that is released with its transaction open undoes it', async () => {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await add('never committed', runner);
    await runner.release();
    await add('after');
    expect(await notes()).toEqual(['after']);
  });

  test('code that outlives its transaction writes on its own account', async () => {
    let late: Promise<unknown> = Promise.resolve();
    await dataSource.transaction(async (manager) => {
      await add('first', manager);
      late = new Promise((resolve) => setTimeout(resolve, 20)).then(() => add('late'));
    });
    await late;
    expect(await notes()).toEqual(['first', 'late']);
  });

  test('a COMMIT that fails leaves the database free', async () => {
    await dataSource.query('PRAGMA foreign_keys = ON');
    await dataSource.query('CREATE TABLE parent (id INTEGER PRIMARY KEY)');
    await dataSource.query('CREATE TABLE child (parent INTEGER REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED)');
    const failing = dataSource.transaction((manager) => manager.query('INSERT INTO child VALUES (7)'));
    await expect(failing).rejects.toThrow(/FOREIGN KEY/);
    await add('after');
    expect(await notes()).toEqual(['after']);
    expect(await dataSource.query('SELECT * FROM child')).toEqual([]);
  });

  test('a single null is a parameter like others', async () => {
    expect(await dataSource.query('SELECT ? IS NULL AS answer', [null])).toEqual([{ answer: 1 }]);
  });
});
