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
});
