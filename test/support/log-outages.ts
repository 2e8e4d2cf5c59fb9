import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { AnswerDropper } from './answer-dropper.js';
import { logDataSource, numbered, storedMessages, until } from './log-table.js';
import { type LogUnderFaults, printed } from './log-under-faults.js';

/** A server of a test's own, as far as it is made to fail. */
export interface FailingServer {
  kill(): Promise<void>;
  restart(): Promise<void>;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
}

/** What holds whenever a database server fails, whichever it is. */
export function outagesLoseNothing(
  setting: () => { readonly log: LogUnderFaults; readonly server: FailingServer },
): void {
  test('stores everything once and in order when the server stands still for a while', async () => {
    const { log, server } = setting();
    const handler = log.open();
    log.emit(handler, numbered(50));
    await handler.flush();
    server.signal('SIGSTOP');
    for (let done = 50; done < 2_050; done += 50) {
      log.emit(handler, numbered(50, done));
      await delay(25);
    }
    await handler.flush();
    expect(handler.stats()).toMatchObject({ isReachable: false, waiting: { records: 0 } });
    server.signal('SIGCONT');
    await log.areStored(handler, 2_050);
    expect(await storedMessages(log.source)).toEqual(numbered(2_050));
    expect(handler.stats()).toMatchObject({ accepted: 2_050, stored: 2_050, givenUp: 0, spoolBytes: 0 });
  });

  test('stores everything once and in order when the server is killed', async () => {
    const { log, server } = setting();
    const handler = log.open();
    const writing = setInterval(() => log.emit(handler, numbered(20, handler.stats().accepted)), 5);
    await until(() => handler.stats().stored > 100);
    await server.kill();
    await until(() => handler.stats().spooled > 100);
    await server.restart();
    await log.reconnect();
    clearInterval(writing);
    const { accepted } = handler.stats();
    await log.areStored(handler, accepted);
    expect(await storedMessages(log.source)).toEqual(numbered(accepted));
  });

  test('stores a batch once whose answer was lost', async () => {
    const { log } = setting();
    const dropper = await AnswerDropper.before(log.url);
    const through = await logDataSource(dropper.url, false);
    const handler = log.open({ dataSource: through });
    try {
      log.emit(handler, numbered(10));
      await handler.flush();
      dropper.dropNext('record 15');
      log.emit(handler, numbered(20, 10));
      await log.areStored(handler, 30);
      expect(dropper.dropped).toBe(1);
      expect(await storedMessages(log.source)).toEqual(numbered(30));
    } finally {
      await handler.close();
      await through.destroy();
      dropper.close();
    }
  });
}

/** What holds on every database. */
export function missingTableLosesNothing(setting: () => { readonly log: LogUnderFaults }): void {
  test('waits for a table that is missing, and stores everything once it is made', async () => {
    const { log } = setting();
    const handler = log.open();
    await log.hide();
    log.emit(handler, numbered(30));
    await handler.flush();
    expect(handler.stats()).toMatchObject({ stored: 0, spooled: 30, isReachable: false });
    await log.restore();
    await log.areStored(handler, 30);
    expect(await storedMessages(log.source)).toEqual(numbered(30));
  });
}

/** A log, and how its database goes away and comes back. */
export interface Interruption {
  readonly log: LogUnderFaults;
  readonly away: () => void;
  readonly back: () => void;
}

/** What holds on every database that can be away. */
export function aKillLosesNothing(setting: () => Interruption): void {
  test('stores what was flushed once, when the application is killed while the database is away', async () => {
    const { log, away, back } = setting();
    const child = await log.start(String(67_108_864), '3000');
    away();
    const isSafe = printed(child, 'safe 3000');
    child.stdin.write('go\n');
    await isSafe;
    child.kill('SIGKILL');
    await once(child, 'exit');
    back();
    await log.areStored(log.open(), 3_000);
    expect((await storedMessages(log.source)).slice(0, 3_000)).toEqual(numbered(3_000));
  });
}
