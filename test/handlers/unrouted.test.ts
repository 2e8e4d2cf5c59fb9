import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { adapters, type Host, startHost } from '../support/host.js';
import { parseAnswer, sendRaw } from '../support/http-client.js';
import { assertProblem } from '../support/problem-schema.js';
import { readError } from '../support/read-error.js';

@Controller()
class WellController {
  @Get('well')
  well(): string {
    return 'well';
  }

  @Get('jobs/:id')
  job(): string {
    return 'job';
  }
}

describe.each(adapters)('On %s', (adapter) => {
  let host: Host;
  beforeAll(async () => {
    host = await startHost(adapter, { controllers: [WellController] });
  });
  afterAll(() => host.close());

  test.each([
    ['headers over 16 KB', `GET /well HTTP/1.1\r\nHost: a\r\nX-Large: ${'x'.repeat(17_000)}\r\n\r\n`, 431],
    ['a line that is no request', 'NONSENSE\r\n\r\n', 400],
    ['a method that there is not', 'MAKE /well HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['a header without a name', 'GET /well HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n', 400],
    ['a version that there is not', 'GET /well HTTP/9.9\r\nHost: a\r\n\r\n', 400],
    ['two lengths', 'POST /well HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx', 400],
    ['no host in HTTP/1.1', 'GET /well HTTP/1.1\r\nAccept: text/html\r\n\r\n', 400],
    ['no host and a body', 'POST /well HTTP/1.1\r\nContent-Length: 1\r\n\r\nx', 400],
    ['bytes', '\u0000\u0001\u0002\r\n\r\n', 400],
    ['a greeting of TLS', '\u0016\u0003\u0001\u0000\u00a5\u0001\u0000', 400],
  ])('%s are answered with a problem, and the connection closes', async (_name, text, status) => {
    const answer = parseAnswer(await sendRaw(host.origin, text));
    expect(answer).toMatchObject({
      status,
      isWhole: true,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        connection: 'close',
      },
    });
    const problem: unknown = JSON.parse(answer.body);
    assertProblem(problem);
    expect(problem).toMatchObject({ status });
    expect(await host.ask('/well')).toMatchObject({ status: 200 });
  });

  test.each([
    ['/jobs/%', 400],
    ['/jobs/%c0%ae', 400],
    ['/jobs/%zz?a=b', 400],
    // Express decodes the parameters of routes alone, and no route takes this address; Fastify decodes every address.
    ['/%', adapter === 'express' ? 404 : 400],
  ])('the address %s is answered with %i', async (path, expected) => {
    for (const accept of ['application/problem+json', 'text/html', 'application/xml']) {
      const { status, headers, body } = await host.ask(path, { headers: { Accept: accept } });
      expect(status).toBe(expected);
      expect(headers['content-type']?.split(';')[0]).toBe(accept);
      expect(readError(accept, body).code).toBe(status);
    }
  });

  test('an expectation that cannot be met is a 417', async () => {
    const answer = await host.ask('/well', { headers: { Expect: 'wonders', Accept: 'text/plain' } });
    expect(answer.status).toBe(417);
    expect(answer.body).toMatch(/^417 - Expectation failed\n/);
  });

  test('a wrong method is told as such where the target names a host, too', async () => {
    const head = 'DELETE http://errors.example/well HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
    const answer = parseAnswer(await sendRaw(host.origin, head));
    expect(answer).toMatchObject({ status: 405, headers: { allow: expect.stringContaining('GET') as unknown } });
  });

  test('a host name is not wanted by HTTP/1.0', async () => {
    expect(parseAnswer(await sendRaw(host.origin, 'GET /well HTTP/1.0\r\n\r\n'))).toMatchObject({ status: 200 });
  });
});

describe.each(adapters)('On %s, a host that listens for what cannot be read', (adapter) => {
  test('answers it itself', async () => {
    const host = await startHost(adapter, {
      prepare: (app) => {
        const server = app.getHttpServer() as import('node:http').Server;
        server.removeAllListeners('clientError');
        server.on('clientError', (_error, socket) => socket.end('HTTP/1.1 400 Mine\r\nConnection: close\r\n\r\n'));
      },
    });
    expect(await sendRaw(host.origin, 'NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1.1 400 Mine/);
    await host.close();
  });
});
