import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pageData, refusalIn, RunningConsole } from '../support/running-console.js';

const HOUR = 3_600_000;

let running: RunningConsole;
let cookie: string;
beforeAll(async () => {
  running = await RunningConsole.started();
  cookie = await running.unlock();
});
afterAll(() => running.stop());

describe('The cookie', () => {
  afterEach(() => void jest.restoreAllMocks());

  const run = async (sent: string | null): Promise<number> =>
    (await running.call('/run', { input: '1' }, { headers: { cookie: sent } })).status;
  const parts = (): [name: string, expiry: string, signature: string] => {
    const [name = '', expiry = '', signature = ''] = cookie.split(/[=.]/);
    return [name, expiry, signature];
  };

  test('is out of reach of scripts and other sites, and lasts eight hours', async () => {
    const { status, headers } = await running.call('/pin', { pin: running.server.lock.readable });
    expect(status).toBe(200);
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^errata_console_[\da-f]{12}=\d{13}\.[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=28800$/,
      ),
    ]);
  });

  test('is what lets somebody in, among others too', async () => {
    expect([await run(cookie), await run(`other=1; ${cookie}; last=2`), await run(null)]).toEqual([200, 200, 401]);
  });

  test('is no good when it is forged or altered', async () => {
    const [name, expiry, signature] = parts();
    const later = String(Number(expiry) + 1);
    for (const value of [
      '',
      '.',
      expiry,
      `${expiry}.`,
      `.${signature}`,
      `${later}.${signature}`,
      `0${expiry}.${signature}`,
      `Infinity.${signature}`,
      `${expiry}.${signature.slice(1)}`,
      `${expiry}.${'A'.repeat(43)}`,
      `${expiry}.${signature}A`,
      `${expiry}.${signature}.${signature}`,
    ])
      expect([value, await run(`${name}=${value}`)]).toEqual([value, 401]);
    expect(await run(`errata_console=${expiry}.${signature}`)).toBe(401);
  });

  test('is no good in another process', async () => {
    const other = await RunningConsole.started();
    try {
      const [, expiry, signature] = parts();
      const name = other.server.rules.cookieName;
      for (const foreign of [cookie, `${name}=${expiry}.${signature}`]) {
        const answer = await other.call('/run', { input: '1' }, { headers: { cookie: foreign } });
        expect([answer.status, refusalIn(answer)]).toEqual([401, 'Enter the PIN that the terminal shows.']);
      }
    } finally {
      await other.stop();
    }
  });

  test('is no good after its time', async () => {
    const expiry = Number(parts()[1]);
    expect(Math.abs(expiry - Date.now() - 8 * HOUR)).toBeLessThan(60_000);
    const now = jest.spyOn(Date, 'now').mockReturnValue(expiry - 1);
    expect(await run(cookie)).toBe(200);
    now.mockReturnValue(expiry);
    expect(await run(cookie)).toBe(401);
  });
});

describe('The PIN', () => {
  test('has nine random digits', async () => {
    const other = await RunningConsole.started();
    await other.stop();
    expect(other.server.lock.pin).toMatch(/^\d{9}$/);
    expect(other.server.lock.readable).toMatch(/^\d{3}-\d{3}-\d{3}$/);
    expect(other.server.lock.pin).not.toBe(running.server.lock.pin);
  });

  test('is a text of all its digits', async () => {
    const { pin } = running.server.lock;
    for (const given of [[pin], Number(pin), null, { toString: 1 }]) {
      const other = await RunningConsole.started();
      const answer = await other.call('/pin', { pin: given });
      expect([answer.status, refusalIn(answer)]).toEqual([403, 'This is not the PIN that the terminal shows.']);
      await other.stop();
    }
  });

  test('is not taken any more after ten wrong ones, also when they come at once, and the right one neither', async () => {
    const locked = await RunningConsole.started();
    try {
      const { pin } = locked.server.lock;
      const before = await locked.unlock();
      const wrong = String((Number(pin) + 1) % 1e9).padStart(9, '0');
      const start = performance.now();
      const answers = await Promise.all(Array.from({ length: 10 }, () => locked.call('/pin', { pin: wrong })));
      // Those after the fifth cost time.
      expect(performance.now() - start).toBeGreaterThan(900);
      expect(answers.map(({ status }) => status)).toEqual(Array<number>(10).fill(403));
      expect(answers.filter((each) => /^There were too many/.test(String(refusalIn(each))))).toHaveLength(1);
      const eleventh = await locked.call('/pin', { pin });
      expect([eleventh.status, refusalIn(eleventh)]).toEqual([
        403,
        'There were too many wrong PINs. Restart the application to get a new one.',
      ]);
      expect(eleventh.headers['set-cookie']).toBeUndefined();
      expect(pageData(await locked.page())).toMatchObject({ access: 'locked' });
      // Who had given it before is let in still.
      expect(pageData(await locked.page({ cookie: before }))).toMatchObject({ access: 'trusted' });
    } finally {
      await locked.stop();
    }
  });
});
