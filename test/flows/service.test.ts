import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { TOKEN } from '../support/app-matrix.js';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.js';
import { freePort } from '../support/postgres-server.js';
import { ServiceProcess } from '../support/service-process.js';
import { bodyOf, definition, type WireError, type WirePage } from '../support/wire.js';

let running: ServiceProcess[] = [];

function start(environment: Record<string, string>): ServiceProcess {
  const service = new ServiceProcess(environment);
  running.push(service);
  return service;
}

afterEach(async () => {
  await Promise.all(running.map((service) => service.stop()));
  running = [];
});

const post = (origin: string, body: unknown): Promise<Response> =>
  fetch(`${origin}/v6/errors/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify(body),
  });

describe.each(databaseKinds)('The service on %s', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(kind);
  });
  afterEach(async () => {
    await Promise.all(running.map((service) => service.stop()));
    await database.drop();
  });

  test('makes its tables, seeds the built-in errors and answers', async () => {
    const origin = await start(database.environment).origin();
    const page = await bodyOf<WirePage>(fetch(`${origin}/v6/errors/?page_size=2`));
    expect(page.count).toBe(26);
    expect(page.next).toBe(`${origin}/v6/errors/?page_size=2&page=2`);
    expect(page.results.map(({ name }) => name)).toEqual(['database', 'database-operation']);
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
  });

  test('has what it acknowledged after it was killed', async () => {
    const first = start(database.environment);
    const origin = await first.origin();
    const created = await Promise.all(
      Array.from({ length: 20 }, async () => bodyOf<WireError>(post(origin, definition()))),
    );
    first.kill('SIGKILL');
    await first.exit();

    const again = await start(database.environment).origin();
    for (const error of created) {
      expect(await bodyOf<WireError>(fetch(`${again}/v6/errors/${error.id}/`))).toEqual(error);
    }
  });

  test('keeps an admin’s edit of a built-in error over the next start', async () => {
    const first = start(database.environment);
    const origin = await first.origin();
    const { id } = (await bodyOf<WirePage>(fetch(`${origin}/v6/errors/?name=pull`))).results[0] as WireError;
    await fetch(`${origin}/v6/errors/${id}/`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ should_be_retried: false }),
    });
    first.kill('SIGTERM');
    expect(await first.exit()).toBe(0);

    const again = await start(database.environment).origin();
    const response = await fetch(`${again}/v6/errors/${id}/`);
    expect(response.headers.get('etag')).toBe('"2"');
    expect(await response.json()).toMatchObject({ id, name: 'pull', should_be_retried: false });
  });

  test('starts as several instances at once', async () => {
    const instances = Array.from({ length: 3 }, () => start(database.environment));
    const origins = await Promise.all(instances.map((instance) => instance.origin()));
    for (const origin of origins) {
      expect((await bodyOf<WirePage>(fetch(`${origin}/v6/errors/`))).count).toBe(26);
    }
    const created = await bodyOf<WireError>(post(origins[0] as string, definition()));
    expect(await bodyOf<WireError>(fetch(`${String(origins[1])}/v6/errors/${created.id}/`))).toEqual(created);
  });
});

(databaseKinds.includes('postgres') ? describe : describe.skip)('A database that others fill', () => {
  test('is served with 1,040 rows that were there before the first start', async () => {
    const database = await createDatabase('postgres');
    try {
      const first = start(database.environment);
      await first.origin();
      first.kill('SIGTERM');
      await first.exit();

      const client = new pg.Client({ connectionString: database.environment['DATABASE_URL'] });
      await client.connect();
      // With ids of their own, as a copy of another platform's table has them.
      await client.query(
        `INSERT INTO error (id, name, job_type_name, title, category)
         SELECT 26 + n, 'error-' || n % 10, 'type-' || n / 10, 'Error ' || n, 'ALGORITHM' FROM generate_series(1, 1040) AS n`,
      );
      await client.end();

      const origin = await start(database.environment).origin();
      const page = await bodyOf<WirePage>(fetch(`${origin}/v6/errors/?page_size=1000`));
      expect(page.count).toBe(1_066);
      expect(page.results).toHaveLength(1_000);
      expect((await bodyOf<WirePage>(fetch(`${origin}/v6/errors/?job_type_name=type-7`))).count).toBe(10);
      const response = await post(origin, definition());
      expect(response.status).toBe(201);
      expect((await bodyOf<WireError>(response)).id).toBeGreaterThan(1_066);
      expect((await bodyOf<WirePage>(fetch(`${origin}/v6/errors/`))).count).toBe(1_067);
    } finally {
      await Promise.all(running.map((service) => service.stop()));
      await database.drop();
    }
  });
});

describe('The service', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase('sqlite');
  });
  afterEach(async () => {
    await Promise.all(running.map((service) => service.stop()));
    await database.drop();
  });

  test('refuses to start with settings that cannot be used, and names them all', async () => {
    const service = start({ PORT: 'x', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://root:s3cret@db/x' });
    expect(await service.exit()).toBe(1);
    for (const variable of ['PORT', 'LOG_LEVEL', 'DATABASE_URL']) expect(service.output).toContain(variable);
    expect(service.output).not.toContain('s3cret');
    expect(service.output).not.toContain('    at ');
  });

  test('refuses to start when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      const service = start({ ...database.environment, PORT: String(port) });
      expect(await service.exit()).toBe(1);
      expect(service.output).toContain(`cannot listen on port ${port} of 127.0.0.1: another program does`);
      expect(service.output).not.toContain('    at ');
    } finally {
      other.close();
    }
  });

  test.each([
    ['contextual', { NODE_ENV: 'production' }, 'NODE_ENV is “production”'],
    ['debug', {}, 'NODE_ENV is not set'],
  ])('refuses to start with the %s handler where it must not run, and says so once', async (handler, where, reason) => {
    const service = start({ ...database.environment, ...where, ERROR_HANDLER: handler });
    expect(await service.exit()).toBe(1);
    expect(service.output.split(reason)).toHaveLength(2);
    expect(service.output).toMatch(
      new RegExp(`^ERROR_HANDLER=${handler} cannot be used here\\. ErrorModule: the ${handler}`),
    );
    expect(service.output).not.toMatch(/cannot listen| {4}at /);
  });

  test('refuses to start without its database, once it has tried for a while', async () => {
    const port = await freePort();
    const service = start({ DATABASE_URL: `postgresql://errata:s3cret@127.0.0.1:${port}/errata`, DATABASE_WAIT: '1' });
    expect(await service.exit()).toBe(1);
    expect(service.output).toContain(`could not be reached within 1 s: postgresql://errata@127.0.0.1:${port}/errata`);
    expect(service.log().filter(({ level }) => level === 'warn').length).toBeGreaterThan(0);
    expect(service.output).not.toContain('s3cret');
  });

  test('writes one line for each request, with its id and without its query', async () => {
    const service = start(database.environment);
    const origin = await service.origin();
    const given = await fetch(`${origin}/v6/errors/?name=s3cret`, { headers: { 'X-Request-Id': 'trace-42' } });
    expect(given.headers.get('x-request-id')).toBe('trace-42');
    const made = await fetch(`${origin}/v6/errors/999999`, { headers: { 'X-Request-Id': 'not "acceptable"' } });
    expect(made.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    await post(origin, definition());
    await fetch(`${origin}/v6/errors/%ZZ`);
    service.kill('SIGTERM');
    await service.exit();

    const requests = service.log().filter(({ msg }) => msg === 'request');
    expect(requests).toMatchObject([
      {
        level: 'info',
        request_id: 'trace-42',
        method: 'GET',
        path: '/v6/errors/',
        status: 200,
        remote_address: '127.0.0.1',
      },
      { request_id: made.headers.get('x-request-id'), method: 'GET', path: '/v6/errors/999999', status: 404 },
      { method: 'POST', path: '/v6/errors/', status: 201 },
      { method: 'GET', path: '/v6/errors/%ZZ', status: 400 },
    ]);
    for (const request of requests) expect(request['duration_ms']).toBeGreaterThan(0);
    expect(service.output).not.toContain('s3cret');
    expect(service.output).not.toContain(TOKEN);
  });

  test('says that nobody can edit when no token is configured', async () => {
    const service = start({ ...database.environment, ADMIN_TOKEN: '' });
    const origin = await service.origin();
    expect((await post(origin, definition())).status).toBe(403);
    await service.says(/ADMIN_TOKEN is not set/);
  });
});
