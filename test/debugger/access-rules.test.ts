import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AccessRules, isEqual } from '../../src/debugger/access-rules.js';
import { type Answer, parseAnswer, send, sendRaw } from '../support/http-client.js';
import { type CallHeaders, refusalIn, RunningConsole } from '../support/running-console.js';

const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

let running: RunningConsole;
let cookie: string;
beforeAll(async () => {
  running = await RunningConsole.started();
  cookie = await running.unlock();
});
afterAll(() => running.stop());

/** A call that everything is right about but these headers. */
const run = (headers: CallHeaders, method = 'POST'): Promise<Answer> =>
  running.call('/run', { input: '6 * 7' }, { method, headers: { cookie, ...headers } });

test('Who follows every rule is served', async () => {
  expect(JSON.parse((await run({})).body)).toMatchObject({ isOk: true, value: { text: '42' } });
});

describe('The host that is asked for', () => {
  test.each(['localhost', 'LOCALHOST', 'jobs.localhost', 'a.b-c.localhost', '127.0.0.1', '[::1]'])(
    '“%s” is this machine',
    async (name) => {
      const host = `${name}:${running.port}`;
      expect((await run({ host, origin: `http://${host}` })).status).toBe(200);
      expect((await running.page({ host })).status).toBe(200);
    },
  );

  test.each([
    'evil.example',
    'localhost.evil.com',
    '127.0.0.1.evil.com',
    '127.0.0.1.nip.io',
    'evil-localhost',
    'localhost.',
    'localhost:80:80',
    'localhost:',
    'localhost@evil.com',
    'localhost, evil.com',
    'localhost/',
    '.localhost',
    '0.0.0.0',
    '127.1',
    '127.0.0.2',
    '2130706433',
    '192.168.0.1',
    '[::]',
    '::1',
    '[::ffff:127.0.0.1]',
    'loc%61lhost',
    '"><script>',
    'x'.repeat(5_000),
  ])('“%s” may be anybody’s name for it, and gets nothing', async (host) => {
    for (const answer of [
      await run({ host, origin: `http://${host}` }),
      await running.page({ host }),
      await running.call('/pin', { pin: running.server.lock.pin }, { headers: { host, origin: `http://${host}` } }),
    ]) {
      expect(answer.status).toBe(403);
      expect(refusalIn(answer)).toMatch(/^The request is for the host “/);
      expect(answer.body).not.toContain(running.server.rules.secret);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.body.length).toBeLessThan(400);
    }
  });

  test('has to be told', async () => {
    const query = `/?error=${running.id}&frame=0.0`;
    const old = parseAnswer(await sendRaw(running.origin, `GET ${query} HTTP/1.0\r\n\r\n`));
    expect([old.status, refusalIn(old)]).toEqual([403, expect.stringContaining('for the host “”')]);
    expect(await sendRaw(running.origin, `GET ${query} HTTP/1.1\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 400 /,
    );
    const absolute = `GET http://evil.com${query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
    expect(parseAnswer(await sendRaw(running.origin, absolute)).status).toBe(403);
  });
});

test.each([
  'Forwarded',
  'Via',
  'X-Forwarded',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-Forwarded-Port',
  'X-Forwarded-Server',
  'Forwarded-For',
  'X-Real-IP',
  'X-Client-IP',
  'X-Cluster-Client-IP',
  'X-Original-Host',
  'X-Original-Forwarded-For',
  'X-Remote-IP',
  'X-Remote-Addr',
  'Proxy-Client-IP',
  'WL-Proxy-Client-IP',
  'X-Azure-ClientIP',
  'X-Envoy-External-Address',
  'CF-Connecting-IP',
  'True-Client-IP',
  'Fastly-Client-IP',
  'CDN-Loop',
])('What came through a proxy is refused, as %s tells', async (name) => {
  for (const value of ['127.0.0.1', '203.0.113.9', '']) {
    for (const answer of [await run({ [name]: value }), await running.page({ [name]: value })]) {
      expect(answer.status).toBe(403);
      expect(refusalIn(answer)).toMatch(
        new RegExp(`came through a proxy \\(it has the header ${name.toLowerCase()}\\)`),
      );
    }
  }
});

describe('A call', () => {
  test.each<[what: string, headers: () => CallHeaders, reason: RegExp]>([
    ['of a foreign origin', () => ({ origin: 'http://evil.example' }), /comes from a page of “http:\/\/evil.example”/],
    ['of the origin null', () => ({ origin: 'null' }), /comes from a page of “null”/],
    ['without an origin', () => ({ origin: null }), /comes from a page of “no origin”/],
    ['of another port', () => ({ origin: 'http://127.0.0.1:3000' }), /comes from a page of “http:\/\/127.0.0.1:3000”/],
    ['of no port', () => ({ origin: 'http://127.0.0.1' }), /comes from a page of/],
    [
      'of another local name',
      () => ({ origin: `http://localhost:${running.port}` }),
      /comes from a page of “http:\/\/localhost/,
    ],
    ['of https', () => ({ origin: `https://127.0.0.1:${running.port}` }), /comes from a page of “https:/],
    ['of an origin that goes on', () => ({ origin: `${running.origin}.evil.com` }), /comes from a page of/],
    ['of two origins', () => ({ origin: `${running.origin}, http://evil.com` }), /comes from a page of/],
    ['from another site', () => ({ 'sec-fetch-site': 'cross-site' }), /of another origin/],
    ['from the same site', () => ({ 'sec-fetch-site': 'same-site' }), /of another origin/],
    ['from no site', () => ({ 'sec-fetch-site': 'none' }), /of another origin/],
    ['as plain text', () => ({ 'content-type': 'text/plain' }), /takes JSON alone/],
    ['as plain text that names JSON', () => ({ 'content-type': 'text/plain;application/json' }), /takes JSON alone/],
    ['as a form', () => ({ 'content-type': 'application/x-www-form-urlencoded' }), /takes JSON alone/],
    ['as a form of parts', () => ({ 'content-type': 'multipart/form-data; boundary=x' }), /takes JSON alone/],
    ['as another kind of JSON', () => ({ 'content-type': 'application/json-patch+json' }), /takes JSON alone/],
    ['of no type', () => ({ 'content-type': null }), /takes JSON alone/],
    ['with a wrong secret', () => ({ 'x-errata-console': 'x'.repeat(43) }), /lacks the secret/],
    [
      'with a part of the secret',
      () => ({ 'x-errata-console': running.server.rules.secret.slice(1) }),
      /lacks the secret/,
    ],
    ['with an empty secret', () => ({ 'x-errata-console': '' }), /lacks the secret/],
    ['without the secret', () => ({ 'x-errata-console': null }), /lacks the secret/],
  ])('%s is refused, also with the right PIN', async (_what, headers, reason) => {
    const ran = running.journal.length;
    const pin = await running.call('/pin', { pin: running.server.lock.pin }, { headers: headers() });
    for (const answer of [await run(headers()), pin]) {
      expect([answer.status, refusalIn(answer)]).toEqual([403, expect.stringMatching(reason)]);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
    expect(running.journal).toHaveLength(ran);
  });

  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('by %s is refused', async (method) => {
    const answer = await run({ 'access-control-request-method': 'POST' }, method);
    expect(answer.status).toBe(403);
    if (method !== 'HEAD') expect(refusalIn(answer)).toBe(`The console takes POST alone, and this is ${method}.`);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  test('may lack what old browsers do not send, and have a charset', async () => {
    expect((await run({ 'sec-fetch-site': null, 'content-type': 'Application/JSON ; charset=utf-8' })).status).toBe(
      200,
    );
  });

  test('has its secret in a header: an address or a body with it does not do', async () => {
    const { secret } = running.server.rules;
    const headers = { cookie, 'x-errata-console': null };
    const answer = await running.call(`/run?secret=${secret}`, { input: '1', secret }, { headers });
    expect(refusalIn(answer)).toMatch(/lacks the secret/);
  });
});

describe('Where a request comes from', () => {
  const rules = new AccessRules();
  const server: Server = createServer((request: IncomingMessage, response) => {
    response.end(rules.refuseStranger(request) ?? 'welcome');
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, () => resolve())));
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const ask = async (address: string): Promise<string> => {
    const { port } = server.address() as AddressInfo;
    return (await send(`http://${address}:${port}`, '/', { headers: { host: `localhost:${port}` } })).body;
  };

  // The server listens on IPv6, over which IPv4 comes in, where the machine has it.
  test('is told by its socket, for this machine', async () => {
    expect(await ask('127.0.0.1')).toBe('welcome');
  });

  (outside === undefined ? test.skip : test)('is not this machine when it comes over the network', async () => {
    expect(await ask(String(outside))).toMatch(/answers only to the machine that it runs on/);
  });

  (outside === undefined ? test.skip : test)('is never the network: the console does not listen there', async () => {
    for (const address of [String(outside), '::1']) {
      const failure = await new Promise((resolve) => {
        connect(running.port, address, () => resolve('connected')).on('error', resolve);
      });
      expect(failure).toMatchObject({ syscall: 'connect' });
    }
  });
});

test('Secrets are new for each process, long, and equal only to themselves', () => {
  const [one, other] = [new AccessRules(), new AccessRules()];
  expect(Buffer.from(one.secret, 'base64url')).toHaveLength(32);
  expect([one.secret === other.secret, one.cookieName === other.cookieName]).toEqual([false, false]);
  expect([isEqual('a', 'a'), isEqual('a', 'b'), isEqual('', 'a'), isEqual('a', 'ab')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
