import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { matrix, type RunningApp, startApp, TOKEN } from '../support/app-matrix.js';
import { bodyOf, definition, type WirePage, type WireRefusal } from '../support/wire.js';

describe.each(matrix)('The admin’s token on %s and %s', (adapter, database) => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp(adapter, database, { TRUST_PROXY: 'loopback' });
  });
  afterAll(() => app.close());

  const post = (authorization: string, address = '192.0.2.1'): Promise<Response> =>
    app.send('POST', '/v6/errors/', definition(), { Authorization: authorization, 'X-Forwarded-For': address });

  test.each(['', 'Bearer', 'Bearer ', 'Basic eDp5', `Token ${TOKEN}`, TOKEN, 'Bearer a b'])(
    'Authorization: “%s” is 401 and says how to authenticate',
    async (authorization) => {
      const response = await post(authorization, '192.0.2.9');
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    },
  );

  test.each([`Bearer ${TOKEN}`, `bearer ${TOKEN}`, `BEARER  ${TOKEN}`])(
    'Authorization: “%s” is let through',
    async (value) => {
      expect((await post(value)).status).toBe(201);
    },
  );

  test('without the token nothing about the resource is said', async () => {
    const send = (path: string, body: unknown): Promise<Response> =>
      app.send('PATCH', path, body, { Authorization: 'Bearer wrong', 'X-Forwarded-For': '192.0.2.2' });
    const answers = [
      await send('/v6/errors/1/', { title: 7 }),
      await send('/v6/errors/999999/', {}),
      await send('/v6/errors/x', {}),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    const bodies = await Promise.all(answers.map((answer) => bodyOf<Record<string, unknown>>(answer)));
    const said = bodies.map(({ instance: _instance, request_id: _request, ...others }) => JSON.stringify(others));
    expect(new Set(said).size).toBe(1);
    expect(said[0]).not.toContain(TOKEN);
  });

  test('after ten wrong tokens an address has to wait, and others do not', async () => {
    for (let number = 1; number <= 10; number++)
      expect((await post(`Bearer wrong-${number}`, '192.0.2.3')).status).toBe(401);
    const refused = await post(`Bearer ${TOKEN}`, '192.0.2.3');
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await post(`Bearer ${TOKEN}`, '192.0.2.4')).status).toBe(201);
  });

  test('reading needs no token', async () => {
    expect((await app.get('/v6/errors/')).status).toBe(200);
    expect((await app.get('/v6/errors/1/')).status).toBe(200);
  });

  test('a proxy that is trusted says which host and scheme the client used', async () => {
    const page = await bodyOf<WirePage>(
      app.get('/v6/errors/?page_size=5', { 'X-Forwarded-Host': 'errors.example', 'X-Forwarded-Proto': 'https' }),
    );
    expect(page.next).toBe('https://errors.example/v6/errors/?page_size=5&page=2');
  });
});

describe.each(matrix)('Without a configured token on %s and %s', (adapter, database) => {
  test('every admin call is 403 and says how to configure one', async () => {
    const app = await startApp(adapter, database, { ADMIN_TOKEN: '' });
    try {
      for (const token of ['', 'undefined', 'null', TOKEN]) {
        const response = await app.send('POST', '/v6/errors/', definition(), { Authorization: `Bearer ${token}` });
        expect(response.status).toBe(403);
        expect((await bodyOf<WireRefusal>(response)).detail).toContain('ADMIN_TOKEN');
      }
      expect((await app.get('/v6/errors/')).status).toBe(200);
    } finally {
      await app.close();
    }
  });
});
