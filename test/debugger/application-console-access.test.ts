import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APPLICATION } from '../../src/debugger/captures.js';
import { type Answer, send } from '../support/http-client.js';
import { type CallHeaders, pageData, refusalIn, RunningConsole } from '../support/running-console.js';

let running: RunningConsole;
let own: { readonly error: string; readonly frame: string };
let cookie: string;
beforeAll(async () => {
  running = await RunningConsole.started();
  own = running.keepApplication();
  cookie = await running.unlock();
});
afterAll(() => running.stop());

const run = (headers: CallHeaders = {}, body: object = {}, method = 'POST'): Promise<Answer> =>
  running.call('/run', { ...own, input: '6 * 7', ...body }, { method, headers: { cookie, ...headers } });

describe('The page of the console of the application', () => {
  test('is framed by nobody, runs its own script, and is kept nowhere', async () => {
    const { status, headers, body } = await running.applicationPage();
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'nonce-[^']+'; script-src 'nonce-[^']+'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(Object.keys(headers).filter((name) => /^access-control-|^set-cookie$/.test(name))).toEqual([]);
    expect(body).toContain('<title>Console of the application</title>');
  });

  test('asks for the PIN and does not tell it, until the cookie is there', async () => {
    const asked = await running.applicationPage();
    expect(pageData(asked)).toMatchObject({ access: 'asked', ancestor: "'none'", ...own });
    expect(asked.body).not.toContain(running.server.lock.pin);
    expect(asked.body).not.toContain(running.server.lock.readable);
    expect(pageData(await running.applicationPage({ cookie }))).toMatchObject({ access: 'trusted' });
  });

  test.each(['', '?id=', '?id=application', '?id=__proto__', () => `?id=${running.id}`, () => `?error=${own.error}`])(
    'is at its own address alone',
    async (query) => {
      const answer = await running.applicationPage({ cookie }, typeof query === 'string' ? query : query());
      expect(answer.status).toBe(404);
      expect(answer.body).toContain('There is no console here.');
      expect(answer.body).not.toMatch(/<script|<input|x-errata/);
      expect(answer.body).not.toContain(running.server.rules.secret);
      expect(answer.headers['content-security-policy']).toMatch(/; frame-ancestors 'none'$/);
    },
  );

  test.each<[what: string, headers: CallHeaders, reason: RegExp]>([
    ['another host', { host: 'evil.example' }, /for the host “evil.example”/],
    ['a name that looks like this machine’s', { host: 'localhost.evil.com' }, /for the host/],
    ['a proxy', { 'x-forwarded-for': '127.0.0.1' }, /came through a proxy/],
    ['a proxy by its own name', { via: '1.1 proxy' }, /came through a proxy/],
  ])('is not shown to %s', async (_what, headers, reason) => {
    const answer = await running.applicationPage({ cookie, ...headers });
    expect([answer.status, refusalIn(answer)]).toEqual([403, expect.stringMatching(reason)]);
    expect(answer.body).not.toContain(running.server.rules.secret);
  });

  test.each(['POST', 'PUT', 'HEAD', 'OPTIONS'])('is not had by %s', async (method) => {
    const headers = { host: `127.0.0.1:${running.port}` };
    const answer = await send(running.origin, `/console?id=${own.error}`, { method, headers });
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain(running.server.rules.secret);
  });
});

describe('A call of the console of the application', () => {
  test('runs, completes and opens, and what it runs is written down', async () => {
    const written = running.journal.length;
    expect(JSON.parse((await run()).body)).toMatchObject({ isOk: true, value: { text: '42' } });
    const complete = await running.call('/complete', { ...own, input: 'user.na' }, { headers: { cookie } });
    expect(JSON.parse(complete.body)).toEqual({ names: ['name'] });
    const { value } = JSON.parse((await run({}, { input: 'user' })).body) as { value: { id: number } };
    const open = await running.call('/open', { ...own, value: value.id }, { headers: { cookie } });
    expect(JSON.parse(open.body)).toMatchObject({ members: [{ name: 'name' }, { name: 'password' }, {}] });
    expect(running.journal.slice(written)).toEqual(['6 * 7', 'user']);
  });

  test.each<[what: string, headers: () => CallHeaders, status: number, reason: RegExp]>([
    ['for another host', () => ({ host: 'evil.example', origin: 'http://evil.example' }), 403, /for the host/],
    ['through a proxy', () => ({ 'x-real-ip': '127.0.0.1' }), 403, /came through a proxy/],
    ['of a foreign origin', () => ({ origin: 'http://evil.example' }), 403, /comes from a page of/],
    ['of the origin null', () => ({ origin: 'null' }), 403, /comes from a page of “null”/],
    ['without an origin', () => ({ origin: null }), 403, /comes from a page of “no origin”/],
    ['of another port', () => ({ origin: 'http://127.0.0.1:3000' }), 403, /comes from a page of/],
    ['from the same site', () => ({ 'sec-fetch-site': 'same-site' }), 403, /of another origin/],
    ['as plain text', () => ({ 'content-type': 'text/plain' }), 403, /takes JSON alone/],
    ['as a form', () => ({ 'content-type': 'application/x-www-form-urlencoded' }), 403, /takes JSON alone/],
    ['without the secret', () => ({ 'x-errata-console': null }), 403, /lacks the secret/],
    ['with a wrong secret', () => ({ 'x-errata-console': 'x'.repeat(43) }), 403, /lacks the secret/],
    ['without the cookie', () => ({ cookie: null }), 401, /Enter the PIN/],
    ['with a forged cookie', () => ({ cookie: cookie.slice(0, -2) + 'xx' }), 401, /Enter the PIN/],
    ['with a cookie that is put off', () => ({ cookie: cookie.replace(/=\d/, '=9') }), 401, /Enter the PIN/],
  ])('%s is refused', async (_what, headers, status, reason) => {
    const written = running.journal.length;
    const answer = await run(headers());
    expect([answer.status, refusalIn(answer)]).toEqual([status, expect.stringMatching(reason)]);
    expect(running.journal).toHaveLength(written);
  });

  test('by GET is refused', async () => {
    expect(refusalIn(await run({}, {}, 'GET'))).toBe('The console takes POST alone, and this is GET.');
  });

  test('is of the application alone: neither id opens what the other stands for', async () => {
    for (const body of [{ frame: '0.0' }, { error: running.id }, { error: APPLICATION }, { error: '' }]) {
      expect((await run({}, body)).status).toBe(410);
    }
  });

  test('is refused once there were too many wrong PINs, whichever page they came from', async () => {
    const locked = await RunningConsole.started();
    try {
      locked.keepApplication();
      const tries = Array.from({ length: 10 }, () => locked.call('/pin', { pin: '000' }));
      expect((await Promise.all(tries)).map(({ status }) => status)).toEqual(Array(10).fill(403));
      const eleventh = await locked.call('/pin', { pin: locked.server.lock.pin });
      expect([eleventh.status, refusalIn(eleventh)]).toEqual([403, expect.stringMatching(/too many wrong PINs/)]);
      expect(pageData(await locked.applicationPage())).toMatchObject({ access: 'locked' });
    } finally {
      await locked.stop();
    }
  });

  test('finds nothing any more once the application has stopped', async () => {
    const stopped = await RunningConsole.started();
    const { error } = stopped.keepApplication();
    stopped.captures.clear();
    expect(stopped.captures.console(error, APPLICATION)).toBeUndefined();
    expect((await stopped.applicationPage()).status).toBe(404);
    await stopped.stop();
  });
});
