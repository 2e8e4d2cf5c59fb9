import { describe, expect, test } from '@jest/globals';
import { recordOfLine } from '../../src/logging/pino-transport.js';

describe('A line of pino', () => {
  test.each([
    { request_id: 'r1', trace_id: 't1', error_id: 3 },
    { requestId: 'r1', traceId: 't1', errorId: 3 },
    { reqId: 'r1', trace_id: 't1', error_id: 3 },
  ])('has its ids in their columns (%j)', (ids) => {
    expect(recordOfLine({ level: 30, msg: 'It is done.', ...ids })).toMatchObject({
      level: 'info',
      message: 'It is done.',
      requestId: 'r1',
      traceId: 't1',
      errorId: 3,
      context: undefined,
    });
  });

  test.each([
    [7, '7'],
    ['r1', 'r1'],
  ])('has the id of the request that pino-http writes (%j)', (id, requestId) => {
    const record = recordOfLine({ level: 30, msg: 'request completed', req: { id, method: 'GET', url: '/' } });
    expect(record).toMatchObject({ requestId, context: { req: { method: 'GET', url: '/' } } });
  });

  test('has the id of its own before that of pino-http', () => {
    expect(recordOfLine({ level: 30, msg: '', request_id: 'own', req: { id: 7 } }).requestId).toBe('own');
  });

  test('may have a request that is null', () => {
    expect(recordOfLine({ level: 30, msg: 'started', req: null }).requestId).toBeUndefined();
  });

  test.each([
    { errorId: 'abc' },
    { errorId: 1.5 },
    { error_id: '99999999999' },
    { requestId: { a: 1 } },
    { request_id: '' },
    { trace_id: { a: 1 } },
    { traceId: 5 },
    { stack: { a: 1 } },
    { hostname: ['a'] },
    { level: { a: 1 } },
    { time: 'once' },
    { time: 1e16 },
    { msg: 5 },
    { msg: { a: 1 } },
  ])('keeps in its context what its column cannot take (%j)', (members) => {
    expect(recordOfLine(members)).toEqual({
      level: 'info',
      message: '',
      stacktrace: null,
      created: undefined,
      host: undefined,
      requestId: undefined,
      traceId: undefined,
      errorId: null,
      context: members,
    });
  });

  test.each(['errorId', 'error_id'])('has an id of an error that is a text of digits (%s) as a number', (name) => {
    expect(recordOfLine({ msg: '', [name]: '8' })).toMatchObject({ errorId: 8, context: undefined });
  });

  test.each([
    [{ requestId: 'a', request_id: 'b', reqId: 7 }, { requestId: 'a' }, { request_id: 'b', reqId: 7 }],
    [{ traceId: 'a', trace_id: 'b' }, { traceId: 'a' }, { trace_id: 'b' }],
    [{ errorId: 1, error_id: 2 }, { errorId: 1 }, { error_id: 2 }],
    [{ errorId: 'x', error_id: 2 }, { errorId: 2 }, { errorId: 'x' }],
  ])(
    'has of two spellings (%j) the first that can be taken in the column, and the other in its context',
    (ids, columns, context) => {
      const record = recordOfLine(ids);
      expect(record).toMatchObject(columns);
      expect(record.context).toEqual(context);
    },
  );

  test('has no more of a null than the column says without it', () => {
    expect(recordOfLine({ msg: '', pid: 1, requestId: null, trace_id: null, error_id: null }).context).toBeUndefined();
  });

  test.each(['It broke.', 5, null, [{ a: 1 }]])('keeps an error that is no object (%j) as it is', (err) => {
    expect(recordOfLine({ msg: '', err })).toMatchObject({ stacktrace: null, context: { err } });
  });

  test('has the stack of its error in its column, and the rest of the error in its context', () => {
    const err = { type: 'TypeError', message: 'It broke.', stack: 'at x' };
    const record = recordOfLine({ err });
    expect(record).toMatchObject({ message: 'It broke.', stacktrace: 'at x' });
    expect(record.context).toEqual({ err: { type: 'TypeError', message: 'It broke.' } });
    expect(recordOfLine({ err, stack: 'at y' })).toMatchObject({ stacktrace: 'at y', context: { err } });
    expect(recordOfLine({ err: { stack: { a: 1 } } }).context).toEqual({ err: { stack: { a: 1 } } });
  });

  test.each([
    ['epochTime', 1_795_680_000_123, '2026-11-26T08:00:00.123Z'],
    ['unixTime', 1_795_680_000, '2026-11-26T08:00:00.000Z'],
    ['isoTime', '2026-11-26T08:00:00.123Z', '2026-11-26T08:00:00.123Z'],
    ['isoTimeNano', '2026-11-26T08:00:00.123456789Z', '2026-11-26T08:00:00.123Z'],
    ['nanoseconds', 1_795_680_000_123_000_000, '2026-11-26T08:00:00.123Z'],
    ['a time before 1970', -1_000_000_000, '1938-04-24T22:13:20.000Z'],
  ])('has its time from %s (%j)', (_, time, created) => {
    const record = recordOfLine({ msg: '', time });
    expect(new Date(Number(record.created)).toISOString()).toBe(created);
    expect(record.context).toBeUndefined();
  });
});
