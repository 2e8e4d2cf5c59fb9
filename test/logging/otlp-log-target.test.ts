import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import type { FinishedRecord } from '../../src/logging/records/log-record.js';
import { RecordsRefused, TargetAway } from '../../src/logging/delivery/log-target.js';
import { OtlpLogTarget } from '../../src/logging/otlp/otlp-log-target.js';
import type { OtlpExporter } from '../../src/logging/otlp/otlp-packages.js';
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

const record = (fields: Partial<FinishedRecord> = {}): FinishedRecord => ({
  recordId: '6f1f7d9c-0c9b-4a3e-8f2e-6a0c7a1d7b10',
  created: Date.UTC(2026, 2, 1, 9, 30, 0, 123),
  level: 'error',
  host: 'node-7.example',
  message: 'It broke.',
  stacktrace: null,
  context: null,
  errorId: null,
  requestId: null,
  traceId: null,
  ...fields,
});

/** An exporter as the SDK has one for protobuf: its own serializer, and a request. */
const protobufExporter = (url: string): OtlpExporter => ({
  export(records, done) {
    const body = ProtobufLogsSerializer.serializeRequest(records) as Uint8Array<ArrayBuffer>;
    fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/x-protobuf' }, body }).then(
      ({ status }) =>
        done(status === 200 ? { code: 0 } : { code: 1, error: Object.assign(new Error(), { code: status }) }),
      (error: unknown) => done({ code: 1, error: error as Error }),
    );
  },
  shutdown: () => Promise.resolve(),
});

describe('Records sent by OTLP', () => {
  let receiver: OtlpReceiver;
  let targets: OtlpLogTarget[];

  beforeEach(async () => {
    receiver = await startOtlpReceiver();
    targets = [];
  });
  afterEach(async () => {
    await Promise.all(targets.map((target) => target.close()));
    await receiver.close();
  });

  const open = async (options: Parameters<typeof OtlpLogTarget.open>[0] = {}): Promise<OtlpLogTarget> => {
    const target = await OtlpLogTarget.open({ url: receiver.url, timeout: 500, ...options });
    targets.push(target);
    return target;
  };

  test.each(['JSON', 'protobuf'])('are log records with everything that is known, as %s', async (encoding) => {
    const exporter = encoding === 'JSON' ? {} : { exporter: protobufExporter(receiver.url) };
    const target = await open({ ...exporter, resource: { 'service.name': 'jobs' } });
    const full = record({
      stacktrace: 'Error: It broke.\n    at here',
      context: '{"job":12,"steps":["a",null,1.5,true],"none":null}',
      errorId: 27,
      requestId: 'request-1',
      traceId: TRACE,
    });
    await target.store([full, record({ message: 'é 日本 🎉', level: 'odd', host: '', traceId: 'no-trace' })]);
    expect(receiver.requests[0]?.['content-type']).toBe(
      encoding === 'JSON' ? 'application/json' : 'application/x-protobuf',
    );
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[0]).toEqual({
      time: '1772357400123000000',
      severityNumber: 17,
      severityText: 'error',
      body: 'It broke.',
      traceId: TRACE,
      attributes: {
        'log.record.uid': full.recordId,
        'exception.stacktrace': full.stacktrace,
        'errata.error.id': 27,
        'errata.request.id': 'request-1',
        'errata.context': { job: 12, steps: ['a', null, 1.5, true], none: null },
      },
      resource: expect.objectContaining({
        'service.name': 'jobs',
        'host.name': 'node-7.example',
        'telemetry.sdk.language': 'nodejs',
      }),
      scope: 'nestjs-errata',
    });
    expect(receiver.received[1]).toMatchObject({
      body: 'é 日本 🎉',
      severityNumber: 0,
      severityText: 'odd',
      traceId: '',
      attributes: { 'errata.trace.id': 'no-trace' },
    });
    expect(receiver.received[1]?.resource).not.toHaveProperty('host.name');
  });

  test.each([
    ['trace', 1],
    ['verbose', 1],
    ['debug', 5],
    ['info', 9],
    ['log', 9],
    ['notice', 10],
    ['WARN', 13],
    ['warning', 13],
    ['error', 17],
    ['critical', 18],
    ['fatal', 21],
  ])('of level %s have severity %d', async (level, number) => {
    await (await open()).store([record({ level })]);
    expect(receiver.received).toMatchObject([{ severityText: level, severityNumber: number }]);
  });

  test('carry the headers that are given, and are compressed when it is asked for', async () => {
    await (await open({ headers: { Authorization: 'Bearer x' }, compression: 'gzip' })).store([record()]);
    expect(receiver.requests).toMatchObject([{ authorization: 'Bearer x', 'content-encoding': 'gzip' }]);
    expect(receiver.received).toHaveLength(1);
  });

  test.each([401, 404, 429, 500, 502, 503])('that are answered with %d are kept for later', async (status) => {
    const target = await open();
    receiver.answerWith(status);
    await expect(target.store([record()])).rejects.toThrow(TargetAway);
    receiver.answerWith(200);
    await target.store([record()]);
    expect(receiver.received).toHaveLength(1);
  });

  test.each([400, 413])('that are answered with %d are refused', async (status) => {
    receiver.answerWith(status);
    await expect((await open()).store([record()])).rejects.toThrow(RecordsRefused);
  });

  test('whose receiver is not there are kept for later, and taken when it is', async () => {
    const port = Number(new URL(receiver.url).port);
    const target = await open();
    await receiver.close();
    await expect(target.store([record()])).rejects.toThrow(TargetAway);
    receiver = await startOtlpReceiver(port);
    await target.store([record(), record()]);
    expect(receiver.received).toHaveLength(2);
  });
});
