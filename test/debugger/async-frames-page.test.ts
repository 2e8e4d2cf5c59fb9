import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { adapters } from '../support/host.js';
import { describeInChromium, startChromium } from '../support/chromium.js';
import { DebugConsole } from '../support/debug-console.js';
import { HostProcess } from '../support/host-process.js';

describeInChromium('In a browser the page of the debug handler with asyncFrames', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync('artifacts', { recursive: true });
    browser = await startChromium();
  });
  afterAll(() => browser.close());

  describe.each(adapters)('on %s', (adapter) => {
    let host: HostProcess;
    let pin: string;

    beforeAll(async () => {
      host = await HostProcess.started(adapter, {
        program: 'async-frames-host',
        options: { handler: 'debug', debugger: { asyncFrames: true } },
        environment: { NODE_ENV: 'development' },
      });
      pin = /The PIN of the debug console is (\d{3}-\d{3}-\d{3})/.exec(host.output)?.[1] ?? '';
    });
    afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
    afterAll(() => host.stop());

    async function open(path: string): Promise<Page> {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      await page.goto(host.address + path);
      return page;
    }

    test('opens a console in each call that waits', async () => {
      const page = await open('/orders/place/apples/4');
      const service = await DebugConsole.opened(page, 'OrdersService.place');
      await service.unlock(pin);
      const lines = [
        ['price', '32'],
        ['order', '{ item: "apples", amount: 4 }'],
        ['this.placed', '[]'],
        ['this.#rate', '0.25'],
        ['await this.place({ item: "pears", amount: 1 })', '6'],
        ['this.placed', '[ "key of pears" ]'],
        ['const doubled = price * 2', 'undefined'],
        ['doubled + 1', '65'],
        ['typeof left', /^"undefined"$|^ReferenceError/],
      ] as const;
      for (const [input, output] of lines) {
        const came = await service.run(input);
        if (typeof output === 'string') expect([input, came]).toEqual([input, output]);
        else expect(came).toMatch(output);
      }
      const controller = await DebugConsole.opened(page, 'OrdersController.place');
      await controller.input.waitFor();
      expect(await controller.run('[item, amount, order.amount]')).toBe('[ "apples", "4", 4 ]');
      expect(await controller.run('this.orders.placed.length')).toBe('1');
      await controller.input.fill('order.am');
      await controller.input.press('Tab');
      await expectSoon(() => controller.input.inputValue(), 'order.amount');
      writeFileSync(`artifacts/async-frames-console-${adapter}.txt`, await service.log.innerText());
      await page.screenshot({ path: `artifacts/async-frames-page-${adapter}.png`, fullPage: true });
    });

    test('shows the variables of a call that waits, without its secrets', async () => {
      const page = await open('/orders/place/pears/6');
      const call = page.locator('li.call', { has: page.locator('summary .name', { hasText: 'OrdersService.place' }) });
      const details = call.locator('> details');
      if ((await details.getAttribute('open')) === null) await details.locator('> summary').click();
      const shown = await details.innerText();
      expect(shown).toMatch(/price\s+48/);
      expect(shown).toMatch(/apiKey\s+\[redacted\]/);
      expect(await page.locator('body').innerText()).not.toContain('key of pears"');
    });

    test('opens the call that failed, of two under Promise.all', async () => {
      const page = await open('/orders/both');
      const service = await DebugConsole.opened(page, 'OrdersService.place');
      await service.unlock(pin);
      expect(await service.run('order.item')).toBe('"apples"');
      const controller = await DebugConsole.opened(page, 'OrdersController.both');
      await controller.input.waitFor();
      expect(await controller.run('wanted')).toBe('[ "apples", "pears" ]');
    });
  });
});

/** Waits until something is so; what it was last is what the failure shows. */
async function expectSoon<Value>(read: () => Promise<Value>, wanted: NoInfer<Value>): Promise<void> {
  const end = Date.now() + 5_000;
  while (Date.now() < end) if ((await read()) === wanted) return;
  expect(await read()).toBe(wanted);
}
