import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { matrix, type RunningApp, startApp, TOKEN } from '../../support/app-matrix.js';
import { bodyOf, definition, type WireError, type WireRefusal } from '../../support/wire.js';

const DEFAULT = { max_attempts: 5, initial_seconds: 1, coefficient: 2, max_seconds: 100, default: true };
const OWN = { max_attempts: 3, initial_seconds: 0.5, coefficient: 1.5, max_seconds: 60 };

describe.each(matrix)('The retry policy of an error on %s and %s', (adapter, database) => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp(adapter, database);
  });
  afterAll(() => app.close());

  const newId = async (): Promise<number> =>
    (await bodyOf<WireError>(app.send('POST', '/v6/errors/', definition()))).id;
  const path = (id: number | string, version = 'v6'): string => `/${version}/errors/${id}/retry-policy/`;
  const put = (id: number | string, body: unknown, headers?: Record<string, string>): Promise<Response> =>
    app.send('PUT', path(id), body, headers);
  const remove = (id: number | string, address = path(id), token = TOKEN): Promise<Response> =>
    fetch(`${app.origin}${address}`, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } });

  test.each(['v6', 'v7'])('is the default, which says so, until one is set under /%s', async (version) => {
    const id = await newId();
    for (const address of [path(id, version), path(id, version).replace(/\/$/, '')]) {
      expect(await bodyOf(app.get(address))).toEqual(DEFAULT);
      const response = await app.send('PUT', address, OWN);
      expect([response.status, await response.json()]).toEqual([200, OWN]);
      expect(await bodyOf(app.get(address))).toEqual(OWN);
      expect(await bodyOf(app.send('PUT', address, { ...OWN, max_attempts: 1 }))).toEqual({ ...OWN, max_attempts: 1 });
      const removed = await remove(id, address);
      expect([removed.status, await removed.text()]).toEqual([204, '']);
      expect(await bodyOf(app.get(address))).toEqual(DEFAULT);
    }
    expect((await remove(id)).status).toBe(204);
  });

  test.each([
    ['max_attempts', [0, 1_001, 1.5, -1], [1, 1_000]],
    ['initial_seconds', [-0.1, 86_401], [0, 0.25, 86_400]],
    ['coefficient', [0.9, 10.1, 0], [1, 1.1, 10]],
    ['max_seconds', [-1, 86_400.5], [0, 86_400]],
  ])('%s has bounds', async (field, wrong, right) => {
    const id = await newId();
    for (const value of [...wrong, undefined, null, '5', true, [], {}]) {
      const response = await put(id, { ...OWN, [field]: value });
      expect([value, response.status]).toEqual([value, 400]);
      expect((await bodyOf<WireRefusal>(response)).errors?.map(({ pointer }) => pointer)).toEqual([`#/${field}`]);
    }
    expect(await bodyOf(app.get(path(id)))).toEqual(DEFAULT);
    for (const value of right)
      expect(await bodyOf(put(id, { ...OWN, [field]: value }))).toEqual({ ...OWN, [field]: value });
  });

  test('names every field that is wrong, and refuses others', async () => {
    const id = await newId();
    const { errors } = await bodyOf<WireRefusal>(put(id, { max_attempts: 0, colour: 'blue', default: true }));
    expect(errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '#/coefficient',
      '#/colour',
      '#/default',
      '#/initial_seconds',
      '#/max_attempts',
      '#/max_seconds',
    ]);
    expect((await put(id, '[]')).status).toBe(400);
    expect((await put(id, 'x', { 'Content-Type': 'text/plain' })).status).toBe(415);
  });

  test('is set and removed by admins alone', async () => {
    const id = await newId();
    expect((await put(id, OWN, { Authorization: '' })).status).toBe(401);
    expect((await remove(id, path(id), 'wrong')).status).toBe(401);
    expect((await put('999999', {}, { Authorization: 'Bearer wrong' })).status).toBe(401);
  });

  test.each(['999999', '0', 'x', '99999999999', '2147483648', 'resolve'])(
    'of error %s is not there: 404',
    async (id) => {
      const statuses = await Promise.all([app.get(path(id)), put(id, OWN), remove(id)]);
      expect(statuses.map(({ status }) => status)).toEqual([404, 404, 404]);
    },
  );

  test('of a built-in error can be set, and is the same for every error afterwards that keeps it', async () => {
    const { id } = app.errors.getBuiltinError('node-lost');
    await put(id, OWN);
    expect(await app.errors.getRetryPolicy(id)).toEqual({
      maxAttempts: 3,
      initialSeconds: 0.5,
      coefficient: 1.5,
      maxSeconds: 60,
    });
  });

  test('that another program wrote is bounded, and seen once the cache has forgotten', async () => {
    const id = await newId();
    await app.dataSource.query(
      `INSERT INTO error_retry_policy (error_id, max_attempts, coefficient) VALUES (${id}, 0, 99)`,
    );
    expect(await bodyOf(app.get(path(id)))).toEqual({
      max_attempts: 1,
      initial_seconds: 1,
      coefficient: 10,
      max_seconds: 100,
    });
    await app.dataSource.query(`DELETE FROM error WHERE id = ${id}`);
    await app.errors.resetErrorCache();
    expect((await app.get(path(id))).status).toBe(404);
    expect(await app.dataSource.query(`SELECT * FROM error_retry_policy WHERE error_id = ${id}`)).toEqual([]);
  });
});
