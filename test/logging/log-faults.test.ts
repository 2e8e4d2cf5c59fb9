import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { DatabaseLogHandler, type DatabaseLogHandlerOptions } from '../../src/logging.js';
import { AnswerDropper } from '../support/answer-dropper.js';
import { databaseKinds } from '../support/databases.js';
import { logDataSource, numbered, spoolDirectory, storedMessages, until } from '../support/log-table.js';
import { type PostgresServer, startPostgres } from '../support/postgres-server.js';

const MIB = 1_048_576;

/** Whether a disk can be had that is small enough to be filled. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mounts();

function mounts(): boolean {
  const directory = spoolDirectory();
  const { path } = directory;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path], { stdio: 'ignore' });
    execFileSync('umount', [path]);
    return true;
  } catch {
    console.warn('No file system can be mounted here, so that nothing is tested on a full disk.');
    return false;
  } finally {
    directory.remove();
  }
}

/** A server of its own: it is stopped and killed. */
(databaseKinds.includes('postgres') ? describe : describe.skip)('The log, when PostgreSQL fails', () => {
  let server: PostgresServer;
  let source: DataSource;
  let spool: ReturnType<typeof spoolDirectory>;
  const handlers: DatabaseLogHandler[] = [];

  const open = (options: Partial<DatabaseLogHandlerOptions> = {}, dataSource = source): DatabaseLogHandler => {
    const handler = new DatabaseLogHandler({
      dataSource,
      interval: 20,
      answerTimeout: 300,
      spool: { directory: spool.path },
      ...options,
    });
    handlers.push(handler);
    return handler;
  };
  const emit = (handler: DatabaseLogHandler, messages: readonly string[]): void => {
    for (const message of messages) handler.emit({ level: 'info', message });
  };
  const areStored = (handler: DatabaseLogHandler, count: number): Promise<void> =>
    until(() => handler.stats().stored >= count && handler.stats().isReachable);

  beforeAll(async () => {
    server = await startPostgres();
    source = await logDataSource(server.url('postgres'));
  });
  beforeEach(async () => {
    spool = spoolDirectory();
    await source.query('TRUNCATE logentry RESTART IDENTITY');
  });
  afterEach(async () => {
    await Promise.all(handlers.splice(0).map((handler) => handler.close()));
    spool.remove();
  });
  afterAll(async () => {
    await source.destroy();
    await server.stop();
  });

  test('stores everything once and in order when the server stands still for a while', async () => {
    const handler = open();
    emit(handler, numbered(50));
    await handler.flush();
    server.signal('SIGSTOP');
    for (let done = 50; done < 2_050; done += 50) {
      emit(handler, numbered(50, done));
      await delay(25);
    }
    await handler.flush();
    expect(handler.stats()).toMatchObject({ isReachable: false, waiting: { records: 0 } });
    server.signal('SIGCONT');
    await areStored(handler, 2_050);
    expect(await storedMessages(source)).toEqual(numbered(2_050));
    expect(handler.stats()).toMatchObject({ accepted: 2_050, stored: 2_050, givenUp: 0, spoolBytes: 0 });
  });

  test('stores everything once and in order when the server is killed', async () => {
    const handler = open();
    const writing = setInterval(() => emit(handler, numbered(20, handler.stats().accepted)), 5);
    await until(() => handler.stats().stored > 100);
    await server.kill();
    await until(() => handler.stats().spooled > 100);
    await server.restart();
    await source.destroy();
    source = await logDataSource(server.url('postgres'), false);
    clearInterval(writing);
    const { accepted } = handler.stats();
    await areStored(handler, accepted);
    expect(await storedMessages(source)).toEqual(numbered(accepted));
  });

  test('waits for a table that is missing, and stores everything once it is made', async () => {
    const handler = open();
    await source.query('ALTER TABLE logentry RENAME TO elsewhere');
    emit(handler, numbered(30));
    await handler.flush();
    expect(handler.stats()).toMatchObject({ stored: 0, spooled: 30, isReachable: false });
    await source.query('ALTER TABLE elsewhere RENAME TO logentry');
    await areStored(handler, 30);
    expect(await storedMessages(source)).toEqual(numbered(30));
  });

  test('stores a batch once whose answer was lost', async () => {
    const dropper = await AnswerDropper.before(server.port);
    const url = server.url('postgres').replace(String(server.port), String(dropper.port));
    const through = await logDataSource(url, false);
    const handler = open({}, through);
    emit(handler, numbered(10));
    await handler.flush();
    dropper.dropNext('record 15');
    emit(handler, numbered(20, 10));
    await areStored(handler, 30);
    expect(dropper.dropped).toBe(1);
    expect(await storedMessages(source)).toEqual(numbered(30));
    await handler.close();
    await through.destroy();
    dropper.close();
  });

  test('mends what no database takes, and says in its place what this one refuses', async () => {
    await source.query(`ALTER TABLE logentry ADD CONSTRAINT picky CHECK (message <> 'record 3')`);
    const handler = open();
    emit(handler, [...numbered(5), 'NUL \0 and half \ud83d a pair', 'x'.repeat(50 * MIB), 'the last']);
    handler.emit({ level: 'info', message: 'context', context: { text: 'a\0b\ud800c\\u0000', '\0': 1 } });
    await handler.flush();
    await source.query('ALTER TABLE logentry DROP CONSTRAINT picky');
    const messages = await storedMessages(source);
    expect(messages.slice(0, 3)).toEqual(numbered(3));
    expect(messages[3]).toContain('refused');
    expect(messages[5]).toBe('NUL \ufffd and half \ufffd a pair');
    expect(Buffer.byteLength(messages[6] ?? '')).toBe(65_536);
    expect(messages[6]).toContain(`it had ${50 * MIB} characters`);
    expect(messages.slice(7)).toEqual(['the last', 'context']);
    const [row] = await source.query<{ context: unknown }[]>(`SELECT context FROM logentry WHERE message = 'context'`);
    expect(row?.context).toEqual({ text: 'a\ufffdb\ufffdc\\u0000', '\ufffd': 1 });
    expect(handler.stats()).toMatchObject({ stored: 9, replaced: 1, givenUp: 0 });
  });

  const fullSpools = [
    ['at its bound', 65_536, (): void => undefined, (): void => undefined],
    [
      'on a full disk',
      64 * MIB,
      (path: string): void => void execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', path]),
      (path: string): void => void execFileSync('umount', [path]),
    ],
  ] as const;

  test.each(canMount ? fullSpools : fullSpools.slice(0, 1))(
    'counts what it gives up when the spool is %s, and reports it by level',
    async (_, maxBytes, mount, unmount) => {
      mount(spool.path);
      await source.query('ALTER TABLE logentry RENAME TO elsewhere');
      const handler = open({ spool: { directory: spool.path, maxBytes }, queueBytes: MIB });
      emit(handler, numbered(12_000));
      const { givenUp, levels, spooled } = handler.stats();
      expect(spooled).toBeGreaterThan(100);
      expect(givenUp).toBeGreaterThan(0);
      expect(levels['info']?.givenUp).toBe(givenUp);
      await expect(handler.flush()).rejects.toThrow('in memory alone');
      await source.query('ALTER TABLE elsewhere RENAME TO logentry');
      await areStored(handler, 12_001 - givenUp);
      const messages = await storedMessages(source);
      expect(messages.slice(0, -1)).toEqual(numbered(12_000 - givenUp));
      expect(messages.at(-1)).toContain(`${givenUp} of level info`);
      await handler.close();
      unmount(spool.path);
    },
  );

  describe('and the application ends', () => {
    const start = async (...more: string[]): Promise<ChildProcessByStdio<Writable, Readable, null>> => {
      const program = resolve('dist/test/support/logging-program.js');
      const words = [program, server.url('postgres'), spool.path, ...more];
      const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'ignore'] });
      await printed(child, 'ready');
      return child;
    };
    const printed = async (child: ChildProcessByStdio<Writable, Readable, null>, text: string): Promise<void> => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      await until(() => output.includes(text));
    };

    test('by kill -9: what was flushed is stored by the next process, past a torn end', async () => {
      const child = await start(String(64 * MIB), '3000');
      await source.query('ALTER TABLE logentry RENAME TO elsewhere');
      const isSafe = printed(child, 'safe 3000');
      child.stdin.write('go\n');
      await isSafe;
      await delay(100);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await source.query('ALTER TABLE elsewhere RENAME TO logentry');
      const [left = ''] = readdirSync(spool.path);
      const [segment = ''] = readdirSync(join(spool.path, left)).filter((name) => name.endsWith('.log'));
      appendFileSync(join(spool.path, left, segment), Buffer.from([40, 0, 0, 0, 1, 2, 3, 4, 91]));
      const handler = open();
      await areStored(handler, 3_000);
      await until(() => handler.stats().spoolBytes === 0);
      expect((await storedMessages(source)).slice(0, 3_000)).toEqual(numbered(3_000));
    });

    test('by an error that nobody catches: what was logged last is stored by the next process', async () => {
      const child = await start(String(64 * MIB), '10', 'throw');
      await source.query('ALTER TABLE logentry RENAME TO elsewhere');
      child.stdin.write('go\n');
      await once(child, 'exit');
      await source.query('ALTER TABLE elsewhere RENAME TO logentry');
      await areStored(open(), 11);
      expect(await storedMessages(source)).toEqual(numbered(11));
    });
  });
});
