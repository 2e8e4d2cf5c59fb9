import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { TOKEN } from '../support/app-matrix.js';
import { createDatabase, type TestDatabase } from '../support/databases.js';
import { ServiceProcess } from '../support/service-process.js';
import { definition } from '../support/wire.js';

describe('The service', () => {
  let database: TestDatabase;
  let running: ServiceProcess[] = [];

  function start(environment: Record<string, string>): ServiceProcess {
    const service = new ServiceProcess(environment);
    running.push(service);
    return service;
  }

  beforeEach(async () => {
    database = await createDatabase('sqlite');
  });
  afterEach(async () => {
    await Promise.all(running.map((service) => service.stop()));
    running = [];
    await database.drop();
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('on %s finishes what is in flight, then ends', async (signal) => {
    const service = start(database.environment);
    const { port } = new URL(await service.origin());
    const body = JSON.stringify(definition());
    const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8');
    let answer = '';
    socket.on('data', (text: string) => (answer += text));
    socket.write(
      `POST /v6/errors/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nExpect: 100-continue\r\n\r\n`,
    );
    // The request has begun, and its body is still to come.
    await once(socket, 'data');
    service.kill(signal);
    await service.says(/requests in flight are finished/);
    socket.write(body);
    await once(socket, 'end');
    expect(answer).toContain('HTTP/1.1 201 Created');
    expect(await service.exit()).toBe(0);
    expect(service.output).toContain('The service has stopped.');
  });

  test('a second signal ends it at once, and so does its time limit', async () => {
    for (const [timeout, signals] of [
      ['60', 2],
      ['1', 1],
    ] as const) {
      const service = start({ ...database.environment, SHUTDOWN_TIMEOUT: timeout });
      const { port } = new URL(await service.origin());
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => {});
      socket.write(
        'POST /v6/errors/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n',
      );
      await once(socket, 'data');
      service.kill('SIGTERM');
      await service.says(/requests in flight are finished/);
      if (signals === 2) service.kill('SIGTERM');
      expect(await service.exit()).toBe(1);
      expect(service.output).toMatch(/broken off/);
    }
  });

  test.each([
    ['nothing', ''],
    ['half the head of a request', 'GET /v6/errors/ HTTP/1.1\r\nHost: x\r\n'],
    ['a request that is answered, and half of another', 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\nGET /v6/err'],
  ])('waits for no connection that has sent %s', async (_name, sent) => {
    const service = start({ ...database.environment, SHUTDOWN_TIMEOUT: '600' });
    const { port } = new URL(await service.origin());
    const socket = await connected(Number(port));
    socket.write(sent);
    // Whoever connects later is served, so that the service has the first connection by then.
    await (await fetch(`http://127.0.0.1:${port}/health/live`)).text();
    service.kill('SIGTERM');
    await once(socket, 'close');
    expect(await service.exit()).toBe(0);
    expect(service.output).toContain('The service has stopped.');
  });
});

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').resume();
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}
