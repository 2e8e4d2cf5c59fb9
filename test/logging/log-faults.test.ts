import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { databaseKinds } from '../support/databases.js';
import { missingTableLosesNothing, outagesLoseNothing } from '../support/log-outages.js';
import { logDataSource, numbered, spoolDirectory, storedMessages, until } from '../support/log-table.js';
import { LogUnderFaults, printed } from '../support/log-under-faults.js';
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

/** PostgreSQL's driver with connections that have nothing beneath them, as those of pg-native. */
function withoutCopy(connected: () => void): object {
  const bare = (client: pg.PoolClient): pg.PoolClient => {
    connected();
    return new Proxy(client, {
      get(target, name) {
        const value: unknown = name === 'connection' ? undefined : Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  };
  type Taker = (error: Error | undefined, client: pg.PoolClient | undefined, done: () => void) => void;
  class BarePool extends pg.Pool {
    override connect(taker?: Taker): Promise<pg.PoolClient> {
      if (taker === undefined) return super.connect().then(bare);
      super.connect((error, client, done) => taker(error, client && bare(client), done));
      return undefined as never;
    }
  }
  return { ...pg, Pool: BarePool };
}

/** A server of its own: it is stopped and killed. */
(databaseKinds.includes('postgres') ? describe : describe.skip)('The log, when PostgreSQL fails', () => {
  let server: PostgresServer;
  let log: LogUnderFaults;

  beforeAll(async () => {
    server = await startPostgres();
    log = await LogUnderFaults.on(server.url('postgres'));
  });
  beforeEach(() => log.begin());
  afterEach(() => log.end());
  afterAll(async () => {
    await log.source.destroy();
    await server.stop();
  });

  outagesLoseNothing(() => ({ log, server }));
  missingTableLosesNothing(() => ({ log }));

  test('mends what no database takes, and says in its place what this one refuses', async () => {
    await log.source.query(`ALTER TABLE logentry ADD CONSTRAINT picky CHECK (message <> 'record 3')`);
    const handler = log.open();
    log.emit(handler, [...numbered(5), 'NUL \0 and half \ud83d a pair', 'x'.repeat(50 * MIB), 'the last']);
    handler.emit({ level: 'info', message: 'context', context: { text: 'a\0b\ud800c\\u0000', '\0': 1 } });
    await handler.flush();
    await log.source.query('ALTER TABLE logentry DROP CONSTRAINT picky');
    const messages = await storedMessages(log.source);
    expect(messages.slice(0, 3)).toEqual(numbered(3));
    expect(messages[3]).toContain('refused');
    expect(messages[5]).toBe('NUL \ufffd and half \ufffd a pair');
    expect(Buffer.byteLength(messages[6] ?? '')).toBe(65_536);
    expect(messages[6]).toContain(`it had ${50 * MIB} characters`);
    expect(messages.slice(7)).toEqual(['the last', 'context']);
    const [row] = await log.source.query<{ context: unknown }[]>(
      `SELECT context FROM logentry WHERE message = 'context'`,
    );
    expect(row?.context).toEqual({ text: 'a\ufffdb\ufffdc\\u0000', '\ufffd': 1 });
    expect(handler.stats()).toMatchObject({ stored: 9, replaced: 1, givenUp: 0 });
  });

  test('keeps every character that means something to COPY', async () => {
    const texts = ['tab\there', 'line\nfeed\r\nreturn', 'back\\slash \\N \\t', '\\.', '\\N', '“ü” 😀', '\u2028'];
    const handler = log.open();
    log.emit(handler, texts);
    handler.emit({
      level: 'a\tlevel',
      message: 'x',
      stacktrace: '\\N',
      host: 'h\\',
      context: { text: texts.join('\n') },
    });
    await handler.flush();
    expect(await storedMessages(log.source)).toEqual([...texts, 'x']);
    const [row] = await log.source.query<object[]>(
      `SELECT level, host, stacktrace, context FROM logentry WHERE message = 'x'`,
    );
    expect(row).toEqual({ level: 'a\tlevel', host: 'h\\', stacktrace: '\\N', context: { text: texts.join('\n') } });
  });

  test('keeps texts that are larger than what goes to the server at once, between small ones', async () => {
    const large = '語'.repeat(21_845);
    const texts = ['small', large, 'small again', 'x'.repeat(65_536), 'the last'];
    const handler = log.open();
    for (const message of texts) handler.emit({ level: 'info', message, stacktrace: message });
    await handler.flush();
    expect(await storedMessages(log.source)).toEqual(texts);
    const rows = await log.source.query<object[]>('SELECT 1 FROM logentry WHERE stacktrace = message');
    expect(rows).toHaveLength(texts.length);
  });

  describe('writes by INSERT', () => {
    const isStoredThrough = async (source: DataSource): Promise<void> => {
      const handler = log.open({ dataSource: source });
      try {
        log.emit(handler, numbered(5));
        await log.areStored(handler, 5);
        expect(await storedMessages(log.source)).toEqual(numbered(5));
      } finally {
        await handler.close();
        await source.destroy();
      }
    };

    test('where policies for rows leave no COPY', async () => {
      await log.source.query('CREATE ROLE narrow LOGIN; GRANT INSERT, SELECT ON logentry TO narrow');
      await log.source.query(
        'ALTER TABLE logentry ENABLE ROW LEVEL SECURITY; CREATE POLICY all_rows ON logentry USING (true)',
      );
      const url = new URL(log.url);
      url.username = 'narrow';
      try {
        await isStoredThrough(await logDataSource(url.href, false));
      } finally {
        await log.source.query('ALTER TABLE logentry DISABLE ROW LEVEL SECURITY; DROP POLICY all_rows ON logentry');
        await log.source.query('DROP OWNED BY narrow; DROP ROLE narrow');
      }
    });

    test('where the driver has no COPY', async () => {
      let connections = 0;
      const driver = withoutCopy(() => connections++);
      await isStoredThrough(await logDataSource(log.url, false, { driver }));
      expect(connections).toBeGreaterThan(1);
    });
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
      mount(log.spool.path);
      await log.hide();
      const handler = log.open({ spool: { directory: log.spool.path, maxBytes }, queueBytes: MIB });
      log.emit(handler, numbered(12_000));
      const { givenUp, levels, spooled } = handler.stats();
      expect(spooled).toBeGreaterThan(100);
      expect(givenUp).toBeGreaterThan(0);
      expect(levels['info']?.givenUp).toBe(givenUp);
      await expect(handler.flush()).rejects.toThrow('in memory alone');
      await log.restore();
      await log.areStored(handler, 12_001 - givenUp);
      const messages = await storedMessages(log.source);
      expect(messages.slice(0, -1)).toEqual(numbered(12_000 - givenUp));
      expect(messages.at(-1)).toContain(`${givenUp} of level info`);
      await handler.close();
      unmount(log.spool.path);
    },
  );

  describe('and the application ends', () => {
    test('by kill -9: what was flushed is stored by the next process, past a torn end', async () => {
      const child = await log.start(String(64 * MIB), '3000');
      await log.hide();
      const isSafe = printed(child, 'safe 3000');
      child.stdin.write('go\n');
      await isSafe;
      await delay(100);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await log.restore();
      const [left = ''] = readdirSync(log.spool.path);
      const [segment = ''] = readdirSync(join(log.spool.path, left)).filter((name) => name.endsWith('.log'));
      appendFileSync(join(log.spool.path, left, segment), Buffer.from([40, 0, 0, 0, 1, 2, 3, 4, 91]));
      const handler = log.open();
      await log.areStored(handler, 3_000);
      await until(() => handler.stats().spoolBytes === 0);
      expect((await storedMessages(log.source)).slice(0, 3_000)).toEqual(numbered(3_000));
    });

    test('by an error that nobody catches: what was logged last is stored by the next process', async () => {
      const child = await log.start(String(64 * MIB), '10', 'throw');
      await log.hide();
      child.stdin.write('go\n');
      await once(child, 'exit');
      await log.restore();
      await log.areStored(log.open(), 11);
      expect(await storedMessages(log.source)).toEqual(numbered(11));
    });
  });
});
