import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DatabaseLogHandler } from '../../src/logging/database-log-handler.js';
import { OtlpLogTarget } from '../../src/logging/otlp/otlp-log-target.js';
import { createLogDatabase } from '../support/log-databases.js';
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.js';

describe('A log that goes to a receiver of OTLP', () => {
  let receiver: OtlpReceiver;
  let directory: string;

  beforeEach(async () => {
    receiver = await startOtlpReceiver();
    directory = mkdtempSync(join(tmpdir(), 'errata-otlp-'));
  });
  afterEach(async () => {
    await receiver.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const target = (): Promise<OtlpLogTarget> => OtlpLogTarget.open({ url: receiver.url, timeout: 5_000 });
  const handler = async (): Promise<DatabaseLogHandler> =>
    new DatabaseLogHandler({ table: false, targets: { otlp: await target() }, spool: { directory }, batch: 50 });
  const emit = (log: DatabaseLogHandler, from: number, to: number): void => {
    for (let number = from; number < to; number++) log.emit({ level: 'info', message: String(number) });
  };
  const bodies = (): unknown[] => receiver.received.map(({ body }) => body);
  const numbers = (count: number): string[] => Array.from({ length: count }, (_, number) => String(number));
  const delivered = async (count: number): Promise<void> => {
    while (receiver.received.length < count) await delay(10);
  };

  test('is whole and in order without any table', async () => {
    const log = await handler();
    emit(log, 0, 500);
    await delivered(500);
    expect(bodies()).toEqual(numbers(500));
    expect(new Set(receiver.received.map(({ attributes }) => attributes['log.record.uid'])).size).toBe(500);
    await log.close();
  });

  test('is kept while the receiver is away, through the end of the process, and delivered later', async () => {
    const port = Number(new URL(receiver.url).port);
    const log = await handler();
    emit(log, 0, 100);
    await delivered(100);
    await receiver.close();
    emit(log, 100, 300);
    await log.flush();
    emit(log, 300, 400);
    await log.close();

    const before = receiver.received.length;
    receiver = await startOtlpReceiver(port);
    const next = await handler();
    await delivered(400 - before);
    expect(bodies()).toEqual(numbers(400).slice(before));
    await next.close();
  });

  test('loses nothing to a receiver that is too busy, and one record to one that refuses it', async () => {
    receiver.answerWith(503);
    const log = await handler();
    emit(log, 0, 60);
    log.emit({ level: 'info', message: 'poison' });
    emit(log, 60, 120);
    await log.flush();
    expect(receiver.received).toEqual([]);
    receiver.answerWith(200, ({ body }) => body === 'poison');
    await delivered(121);
    const others = bodies().filter((body) => /^\d+$/.test(String(body)));
    expect(others).toEqual(numbers(120));
    expect(receiver.received[60]?.body).toMatch(/refused.*Bad Request/);
    await log.close();
  });

  test('may be in a table as well, record by record', async () => {
    const database = await createLogDatabase('sqlite');
    const dataSource = await database.connect();
    try {
      const log = new DatabaseLogHandler({ dataSource, targets: { otlp: await target() }, spool: { directory } });
      emit(log, 0, 20);
      await log.flush();
      await delivered(20);
      await log.close();
      const rows = await dataSource.query<{ record_id: string }[]>('SELECT record_id FROM logentry ORDER BY id');
      const sent = receiver.received.map(({ attributes }) => attributes['log.record.uid']);
      expect(rows.map(({ record_id: id }) => id)).toEqual(sent);
    } finally {
      await dataSource.destroy();
      await database.drop();
    }
  });
});
