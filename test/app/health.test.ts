import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { matrix, type RunningApp, startApp } from '../support/app-matrix.js';
import { bodyOf } from '../support/wire.js';

describe.each(matrix)('The health of the service on %s and %s', (adapter, database) => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp(adapter, database);
  });
  afterAll(() => app.close());

  test('is live, and ready as long as it reaches its database', async () => {
    expect(await bodyOf(app.get(`/health/live`))).toEqual({ status: 'ok' });
    const ready = await app.get(`/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      status: 'ok',
      info: { database: { status: 'up' }, catalogue: { status: 'up' } },
    });

    await app.dataSource.destroy();
    try {
      const unready = await app.get(`/health/ready`);
      expect(unready.status).toBe(503);
      expect(await unready.json()).toMatchObject({ status: 503, detail: 'The service is not ready: database.' });
      expect((await app.get(`/health/live`)).status).toBe(200);
      const failed = await app.get(`/v6/errors/?name=x`);
      expect(failed.status).toBe(500);
      expect(await failed.text()).not.toMatch(/SELECT|DataSource|at /);
    } finally {
      await app.dataSource.initialize();
    }
    expect((await app.get(`/health/ready`)).status).toBe(200);
  });
});
