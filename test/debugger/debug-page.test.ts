import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { adapters } from '../support/host.js';
import { describeInChromium, startChromium } from '../support/chromium.js';
import { DebugConsole } from '../support/debug-console.js';
import { HostProcess } from '../support/host-process.js';

const ATTACK = `"'><img src=x onerror="attacked('sent')"><script>attacked('sent')</script>`;
/** What the attacks would be, were they more than text. */
const LIVE = 'img, [onerror], script:not([nonce]):not([type])';
/** What the tests cause on purpose: the failing route itself; and an icon is asked for where no policy forbids it. */
const INTENDED = /the server responded with a status of 500|status of 404.*\/favicon\.ico$/;

describeInChromium('In a browser the page of the debug handler', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync('artifacts', { recursive: true });
    browser = await startChromium();
  });
  afterAll(() => browser.close());

  describe.each(adapters)('on %s', (adapter) => {
    let host: HostProcess;
    let pin: string;
    let complaints: string[];
    let intended: RegExp;

    beforeAll(async () => {
      const environment = { NODE_ENV: 'development' };
      host = await HostProcess.started(adapter, { program: 'debug-host', options: { handler: 'debug' }, environment });
      pin = /The PIN of the debug console is (\d{3}-\d{3}-\d{3})/.exec(host.output)?.[1] ?? '';
    });
    beforeEach(() => {
      complaints = [];
      intended = INTENDED;
    });
    afterEach(async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
      expect(complaints.filter((complaint) => !intended.test(complaint))).toEqual([]);
    });
    afterAll(() => host.stop());

    async function open(path: string, options: BrowserContextOptions = {}, hostname = '127.0.0.1'): Promise<Page> {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      // Anything that becomes more than text tells on itself.
      await context.exposeFunction('attacked', (how: string) => complaints.push(`attacked: ${how}`));
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      page.on('console', (message) => complaints.push(`${message.text()} ${message.location().url}`));
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('dialog', (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(host.address.replace('127.0.0.1', hostname) + path);
      return page;
    }

    async function unlocked(page: Page, name = 'OrdersService.charge'): Promise<DebugConsole> {
      const opened = await DebugConsole.opened(page, name);
      await opened.unlock(pin);
      return opened;
    }

    test.each(['localhost', '127.0.0.1'])(
      'opens consoles in the failing call and its caller, at %s',
      async (hostname) => {
        const page = await open('/orders/fail', {}, hostname);
        const failing = await unlocked(page);
        expect(await failing.run('this')).toBe('OrdersService { stock: { apples: 3, pears: 5 } }');
        expect(await failing.run('price')).toBe('32');
        // The cookie that the PIN gave is the caller's too.
        const caller = await DebugConsole.opened(page, 'OrdersController.fail');
        await caller.input.waitFor();
        expect(await caller.run('order.customer.name')).toBe('"Ada"');
        expect(await caller.run('typeof price')).toBe('"undefined"');
      },
    );

    test('evaluates private fields, awaits, and what was declared before', async () => {
      const opened = await unlocked(await open('/orders/fail'));
      const lines = [
        ['this.#rate', '0.25'],
        ['await Promise.resolve(price + tax)', '40'],
        ['const doubled = price * 2', 'undefined'],
        ['doubled + 1', '65'],
        ['_', '65'],
        ['console.log("seen", tax); order.item', 'seen 8\n"apples"'],
        ['throw new RangeError("on purpose")', /^RangeError: on purpose\n/],
        ['nowhere', /^ReferenceError: nowhere is not defined/],
        ['1 +* 2', /^SyntaxError: /],
      ] as const;
      for (const [input, output] of lines)
        expect(await opened.run(input)).toEqual(expect.stringMatching(exactly(output)));
      const transcript = await opened.log.innerText();
      writeFileSync(`artifacts/debug-console-${adapter}.txt`, `${transcript}\n\n--- the terminal\n${host.output}`);
      expect(host.output).toContain('this.#rate');
    });

    test('changes what the application sees', async () => {
      const opened = await unlocked(await open('/orders/fail'));
      expect(await opened.run('this.stock.plums = 7')).toBe('7');
      expect(await host.json('/orders/stock')).toEqual({ apples: 3, pears: 5, plums: 7 });
      expect(await opened.run('delete this.stock.plums')).toBe('true');
      expect(await host.json('/orders/stock')).toEqual({ apples: 3, pears: 5 });
    });

    test('completes, walks the history, breaks lines, clears', async () => {
      const opened = await unlocked(await open('/orders/fail'));
      const { input, log, frame } = opened;
      await input.pressSequentially('order.cust');
      await input.press('Tab');
      await expectSoon(() => input.inputValue(), 'order.customer');
      await input.fill('order.');
      await input.press('Tab');
      await frame.locator('#candidates', { hasText: 'amount' }).waitFor();
      expect(await frame.locator('#candidates').innerText()).toBe('amount customer item');
      await opened.run('tax');
      await opened.run('price');
      const steps = [
        ['ArrowUp', 'price'],
        ['ArrowUp', 'tax'],
        ['ArrowUp', 'tax'],
        ['ArrowDown', 'price'],
        ['ArrowDown', ''],
      ] as const;
      for (const [key, text] of steps) {
        await input.press(key);
        expect(await input.inputValue()).toBe(text);
      }
      await input.pressSequentially('const sum =');
      await input.press('Shift+Enter');
      await input.pressSequentially('  price + tax; sum');
      expect(await input.inputValue()).toBe('const sum =\n  price + tax; sum');
      await opened.submit();
      expect(await opened.last()).toBe('40');
      // What is not finished goes on in another line, of itself.
      await input.fill('[price,');
      await input.press('Enter');
      await expectSoon(() => input.inputValue(), '[price,\n');
      await input.pressSequentially('tax]');
      await opened.submit();
      expect(await opened.last()).toMatch(/\[ ?32, 8 ?\]/);
      await input.press('Control+l');
      expect(await log.locator('> *').count()).toBe(0);
      expect(await opened.run('tax')).toBe('8');
    });

    test('opens a value step by step', async () => {
      const opened = await unlocked(await open('/orders/fail'));
      const { log } = opened;
      await opened.run('order');
      for (const name of ['{ item', 'customer', 'tags', '0:']) {
        const value = log.locator('button.value[aria-expanded=false]', { hasText: name }).last();
        await value.click();
        await log.locator('button.value[aria-expanded=true]', { hasText: name }).last().waitFor();
      }
      await log.locator('li', { hasText: /^value: 2019$/ }).waitFor();
      const top = log.locator('button.value').first();
      await top.press('Enter');
      expect(await top.getAttribute('aria-expanded')).toBe('false');
      expect(await log.locator('li', { hasText: 'customer' }).first().isVisible()).toBe(false);
    });

    test('stops a loop that never ends, and goes on answering', async () => {
      const opened = await unlocked(await open('/orders/fail'));
      const start = Date.now();
      expect(await opened.run('while (true) {}')).toMatch(/timed out|took longer/);
      expect(Date.now() - start).toBeLessThan(8_000);
      expect((await host.ask('/orders/stock')).status).toBe(200);
      expect(await opened.run('price')).toBe('32');
    });

    test('holds nobody up while it awaits', async () => {
      const opened = await unlocked(await open('/orders/fail'));
      await opened.begin(`await new Promise((resolve) => setTimeout(resolve, 2000, 'late'))`);
      await opened.frame.locator('.running').waitFor();
      const start = Date.now();
      expect((await host.ask('/orders/stock')).status).toBe(200);
      expect(Date.now() - start).toBeLessThan(500);
      expect(await opened.frame.locator('.running').isVisible()).toBe(true);
      expect(await opened.last()).toBe('"late"');
      expect(await opened.frame.locator('.running').count()).toBe(0);
    });

    test('takes no wrong PIN, and says so', async () => {
      intended = /status of (?:500|403)/;
      const opened = await DebugConsole.opened(await open('/orders/fail'), 'OrdersService.charge');
      const field = opened.frame.locator('#pin');
      for (const [given, refusal] of [
        ['12', 'The PIN has nine digits.'],
        [wrong(pin), 'This is not the PIN that the terminal shows.'],
      ] as const) {
        await field.fill(given);
        await field.press('Enter');
        await opened.frame.locator('#refusal', { hasText: refusal }).waitFor();
        expect(await opened.input.isVisible()).toBe(false);
      }
      await opened.unlock(pin.replaceAll('-', ' '));
      expect(await opened.run('price')).toBe('32');
    });

    test.each([
      ['the policy in force', false],
      ['no policy to stop it', true],
    ])('runs nothing of what others wrote, with %s', async (_, bypassCSP) => {
      const options = { bypassCSP, extraHTTPHeaders: { 'x-attack': ATTACK } };
      for (const [route, name] of [
        ['message', 'hostile'],
        ['object', 'thrown'],
        // What names its own stack has no frames that could be kept.
        ['stack', null],
      ] as const) {
        const path = `/hostile/${route}/${encodeURIComponent(ATTACK)}?query=${encodeURIComponent(ATTACK)}`;
        const page = await open(path, options);
        expect(await page.locator('body').innerText()).toContain('<img src=x onerror=');
        expect(await page.locator(LIVE).count()).toBe(0);
        if (name === null) continue;
        const opened = await unlocked(page, route);
        for (const input of [name, `throw ${name}`, 'throw new Error(text)', 'console.log(text)', ATTACK])
          await opened.run(input);
        await opened.log.locator('button.value').first().click();
        await opened.log.locator('li .value', { hasText: 'onerror' }).first().waitFor();
        expect(await opened.frame.locator(LIVE).count()).toBe(0);
      }
    });

    test('says in the console that an error is no longer kept', async () => {
      intended = /status of (?:500|404)/;
      const page = await open('/orders/fail');
      // In one second no more than twenty errors are recorded.
      for (let later = 0; later < 20;) {
        const { body } = await host.ask('/orders/fail', { headers: { accept: 'text/html' } });
        if (body.includes('<details class="console">')) later++;
      }
      const opened = await DebugConsole.opened(page, 'OrdersService.charge');
      await opened.frame.getByText('This frame is no longer kept').waitFor();
    });

    test('has nothing of the console on the port of the application', async () => {
      for (const path of ['/pin', '/run', '/open', '/complete']) {
        const headers = { 'content-type': 'application/json', origin: host.address };
        const body = JSON.stringify({ pin, error: 'x', frame: '0.0', input: '1' });
        expect((await host.ask(path, { method: 'POST', headers, body })).status).toBe(404);
      }
    });

    test('gives a console the room that it needs, and takes its word alone', async () => {
      const page = await open('/orders/fail');
      const opened = await DebugConsole.opened(page, 'OrdersService.charge');
      const frame = opened.element.locator('iframe');
      const height = async (): Promise<number> => (await frame.boundingBox())?.height ?? 0;
      await opened.frame.locator('#pin').waitFor();
      await expectSoon(async () => (await height()) < 100, true);
      await opened.unlock(pin);
      await opened.run('1');
      await expectSoon(async () => (await height()) > 150, true);
      const fits = 'document.documentElement.scrollHeight <= document.documentElement.clientHeight';
      const document = await opened.document();
      await expectSoon(() => document.evaluate(fits), true);
      await opened.run('"line\\n".repeat(3), console.log("line\\n".repeat(150))');
      await expectSoon(height, 0.7 * 900);
      await opened.input.press('Control+l');
      await expectSoon(async () => (await height()) < 200, true);
      const before = await height();
      await page.evaluate("window.postMessage({ type: 'errata-console-height', height: 444 }, '*')");
      await page.evaluate("new Promise((resolve) => { onmessage = resolve; postMessage('after', '*'); })");
      expect(await height()).toBe(before);
    });

    test.each(['light', 'dark'] as const)('has nothing in the way of anybody, %s', async (colorScheme) => {
      const page = await open('/orders/fail', { bypassCSP: true, colorScheme, reducedMotion: 'reduce' });
      // The checker asks the pages around its own, in vain.
      intended = /status of (?:500|404)|postMessage/;
      const opened = await DebugConsole.opened(page, 'OrdersService.charge');
      await opened.frame.locator('#pin').waitFor();
      expect(await violationsIn(await opened.document())).toEqual([]);
      await page.screenshot({ path: `artifacts/debug-page-${adapter}-pin-${colorScheme}.png` });
      await opened.unlock(pin);
      for (const input of ['this', 'order', 'price', 'order.item', 'console.log(price); throw new Error("on purpose")'])
        await opened.run(input);
      for (const text of ['OrdersService', '{ item'])
        await opened.log.locator('button.value', { hasText: text }).first().click();
      await opened.log.locator('li', { hasText: 'Ada' }).first().waitFor();
      await opened.input.fill('order.');
      await opened.input.press('Tab');
      await opened.frame.locator('#candidates', { hasText: 'amount' }).waitFor();
      expect(await violationsIn(await opened.document())).toEqual([]);
      expect(await violationsIn(page.mainFrame())).toEqual([]);
      await page.screenshot({ path: `artifacts/debug-page-${adapter}-${colorScheme}.png`, fullPage: true });
    });
  });
});

function exactly(output: string | RegExp): RegExp {
  return output instanceof RegExp ? output : new RegExp(`^${output.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}$`);
}

function wrong(pin: string): string {
  return pin.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10));
}

/** Waits until something is so; what it was last is what the failure shows. */
async function expectSoon<Value>(read: () => Promise<Value>, wanted: NoInfer<Value>): Promise<void> {
  const end = Date.now() + 5_000;
  while (Date.now() < end) if ((await read()) === wanted) return;
  expect(await read()).toBe(wanted);
}

async function violationsIn(frame: ReturnType<Page['mainFrame']>): Promise<unknown[]> {
  await frame.evaluate(axe.source);
  const { violations } = await frame.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>('axe.run()');
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
