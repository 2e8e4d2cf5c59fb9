import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, parseAnswer, sendRaw } from '../support/http-client.js';
import { type CallHeaders, pageData, refusalIn, RunningConsole } from '../support/running-console.js';

let running: RunningConsole;
let cookie: string;
beforeAll(async () => {
  running = await RunningConsole.started();
  cookie = await running.unlock();
});
afterAll(() => running.stop());

const call = (path: string, body: object = {}, headers: CallHeaders = {}): Promise<Answer> =>
  running.call(path, body, { headers: { cookie, ...headers } });

describe('The page of a console', () => {
  test('may be framed by the page that showed the error, runs its own script, and is kept nowhere', async () => {
    const { status, headers, body } = await running.page();
    expect(status).toBe(200);
    const policy = String(headers['content-security-policy']).split('; ');
    const nonce = /^script-src 'nonce-([\w+/]{22}==)'$/.exec(
      policy.find((each) => each.startsWith('script')) ?? '',
    )?.[1];
    expect(policy).toEqual([
      "default-src 'none'",
      `style-src 'nonce-${nonce}'`,
      `script-src 'nonce-${nonce}'`,
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      'frame-ancestors http://localhost:3000',
    ]);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-site',
      'x-content-type-options': 'nosniff',
    });
    expect(Object.keys(headers).filter((name) => /^access-control-|^set-cookie$|^x-powered/.test(name))).toEqual([]);
    expect(body.match(/<(?:style|script) nonce="[^"]+"/g)).toEqual([
      `<style nonce="${nonce}"`,
      `<script nonce="${nonce}"`,
    ]);
    expect((await running.page()).headers['content-security-policy']).not.toContain(nonce);
  });

  test.each(['http://localhost:3000; script-src *', 'http://localhost:3000/page', '*', 'null', ''])(
    'is framed by nobody where the origin is “%s”',
    async (origin) => {
      const { headers } = await running.page({}, `?error=${running.keep(origin)}&frame=0.0`);
      expect(headers['content-security-policy']).toMatch(/; frame-ancestors 'none'$/);
    },
  );

  test('asks for the PIN and does not tell it, until the cookie is there', async () => {
    const asked = await running.page();
    expect(pageData(asked)).toMatchObject({ access: 'asked', error: running.id, frame: '0.0' });
    expect(asked.body).not.toContain(running.server.lock.pin);
    expect(asked.body).not.toContain(running.server.lock.readable);
    expect(pageData(await running.page({ cookie }))).toMatchObject({ access: 'trusted' });
  });

  test.each([
    '',
    '?error=&frame=0.0',
    '?error=x&frame=0.0',
    '?error=__proto__&frame=0.0',
    '?error=<script>alert(1)</script>&frame=0.0',
    () => `?error=${running.id}`,
    () => `?error=${running.id}&frame=0.1`,
    () => `?error=${running.id}&frame=constructor`,
    () => `?error=${running.id}x&frame=0.0`,
    () => `?error=${running.id.toLowerCase()}.&frame=0.0`,
  ])('is there only for what is kept', async (query) => {
    const answer = await running.page({ cookie }, typeof query === 'string' ? query : query());
    expect(answer.status).toBe(404);
    expect(answer.body).toContain('no longer kept');
    expect(answer.body).not.toMatch(/<script|<input|x-errata/);
    expect(answer.body).not.toContain(running.server.rules.secret);
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none';/);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
});

describe('A call', () => {
  test('runs, completes and opens, and what it runs is written down', async () => {
    const written = running.journal.length;
    expect(JSON.parse((await call('/run', { input: 'user' })).body)).toMatchObject({
      isOk: true,
      error: null,
      lines: [],
    });
    expect(JSON.parse((await call('/complete', { input: 'user.na' })).body)).toEqual({ names: ['name'] });
    expect(JSON.parse((await call('/open', { value: 0 })).body)).toMatchObject({
      members: [{ name: 'name', text: '"Ada"', id: null }, { name: 'password' }, { name: '[[Prototype]]' }],
    });
    expect(JSON.parse((await call('/run', { input: 'if (user) {' })).body)).toEqual({ isUnfinished: true });
    expect(running.journal.slice(written)).toEqual(['user']);
  });

  test.each<[path: string, body: object, status: number, reason: RegExp]>([
    ['/run', { error: 'x' }, 410, /no longer kept/],
    ['/run', { error: null }, 410, /no longer kept/],
    ['/run', { error: { toString: 1 } }, 410, /no longer kept/],
    ['/run', { frame: '0.1' }, 410, /no longer kept/],
    ['/run', { frame: 0 }, 410, /no longer kept/],
    ['/run', { frame: '../0.0' }, 410, /no longer kept/],
    ['/run', { frame: '__proto__' }, 410, /no longer kept/],
    ['/run', { input: 5 }, 400, /input is no text/],
    ['/run', { input: ['1'] }, 400, /input is no text/],
    ['/complete', {}, 400, /input is no text/],
    ['/open', { value: 99_999 }, 410, /no longer kept/],
    ['/open', { value: -1 }, 410, /no longer kept/],
    ['/open', { value: { valueOf: 1 } }, 400, /value is no number/],
    ['/open', {}, 400, /value is no number/],
    ['/', { input: '1' }, 404, /nothing here/],
    ['/run/', { input: '1' }, 404, /nothing here/],
    ['/../run', { input: '1' }, 404, /nothing here/],
    ['/%72un', { input: '1' }, 404, /nothing here/],
    ['/constructor', { input: '1' }, 404, /nothing here/],
  ])('to %s with %j is refused', async (path, body, status, reason) => {
    const written = running.journal.length;
    const answer = await call(path, body);
    expect([answer.status, refusalIn(answer)]).toEqual([status, expect.stringMatching(reason)]);
    expect(running.journal).toHaveLength(written);
  });

  test.each(['', '{', 'null x', '{"error":', "{'a': 1}", '\u0000', '[1,]'])(
    'that is no JSON is refused: %j',
    async (text) => {
      const answer = await running.call('/run', {}, { text, headers: { cookie } });
      expect([answer.status, refusalIn(answer)]).toEqual([400, 'The call is no JSON.']);
    },
  );

  test.each(['null', '[]', '"text"', '5', '{"__proto__":{"error":"x"}}', '['.repeat(50_000) + ']'.repeat(50_000)])(
    'that is some other JSON is of no frame',
    async (text) => {
      expect((await running.call('/run', {}, { text, headers: { cookie } })).status).toBe(410);
    },
  );

  test('may be as large as the longest input, and no larger', async () => {
    const input = `"${'\u0001'.repeat(65_534)}"`;
    expect(JSON.parse((await call('/run', { input })).body)).toMatchObject({ isOk: true });
    const answer = await call('/run', { input: 'x'.repeat(400_000) });
    expect([answer.status, refusalIn(answer)]).toEqual([
      413,
      expect.stringMatching(/^The call is larger than \d+ bytes/),
    ]);
  });

  test('is refused before it has been sent in full, when it is too large or from elsewhere', async () => {
    const head = (headers: Readonly<Record<string, string>>): string =>
      ['POST /run HTTP/1.1', ...Object.entries(headers).map((pair) => pair.join(': ')), 'connection: close'].join(
        '\r\n',
      );
    const length = { 'content-length': '1000000000' };
    const large = await sendRaw(
      running.origin,
      `${head({ ...running.headers, ...length })}\r\n\r\n${' '.repeat(500_000)}`,
    );
    expect(parseAnswer(large).status).toBe(413);
    const foreign = { ...running.headers, ...length, origin: 'http://evil.com' };
    expect(parseAnswer(await sendRaw(running.origin, `${head(foreign)}\r\n\r\n`)).status).toBe(403);
  });

  test('that completes a long input does not take long', async () => {
    const start = performance.now();
    expect((await call('/complete', { input: `${'a'.repeat(60_000)} us` })).status).toBe(200);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test('needs the cookie for everything but the PIN', async () => {
    for (const path of ['/run', '/complete', '/open', '/']) {
      const answer = await call(path, { input: '1', value: 0 }, { cookie: null });
      expect([answer.status, refusalIn(answer)]).toEqual([401, 'Enter the PIN that the terminal shows.']);
    }
  });
});
