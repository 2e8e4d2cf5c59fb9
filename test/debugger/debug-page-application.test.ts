import { writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { BrowserContextOptions } from 'playwright-core';
import { violationsIn } from '../support/accessibility.js';
import { TypedConsole } from '../support/debug-console.js';
import { type DebugPages, describeDebugPages, expectSoon } from '../support/debug-pages.js';

/** The address of the console of the application, as the terminal shows it. */
function addressIn({ host }: DebugPages): string {
  return /The console of the application is at (http:\/\/127\.0\.0\.1:\d+\/console\?id=[\w-]{22})\n/.exec(
    host.output,
  )?.[1] as string;
}

async function openConsole(pages: DebugPages, options?: BrowserContextOptions): Promise<TypedConsole> {
  const page = await pages.blank(options);
  await page.goto(addressIn(pages));
  const opened = new TypedConsole(page);
  await opened.unlock(pages.pin);
  return opened;
}

describeDebugPages(
  'In a browser the console of the application',
  (pages) => {
    test('has the application in reach without an error, and changes it', async () => {
      const opened = await openConsole(pages());
      const lines = [
        ['get(OrdersService).stock', '{ apples: 3, pears: 5 }'],
        ["$('OrdersService') === app.get(OrdersService)", 'true'],
        ['const stock = get(OrdersService).stock', 'undefined'],
        ['stock.plums = 7', '7'],
        ['_ + 1', '8'],
        ['await Promise.resolve(stock.apples)', '3'],
        ['methods(OrdersController)', '- methods\n  ◻ fail\n  ◻ stock\n  ◻ lost\nundefined'],
        [
          "get('OrderService')",
          /^Error: There is no provider or controller “OrderService”\. Did you mean OrdersService\?/,
        ],
        ['while (true) {}', /timed out/],
        ['help', /get\(X\), \$\(X\)/],
      ] as const;
      for (const [input, output] of lines) {
        const shown = await opened.run(input);
        if (typeof output === 'string') expect(shown).toBe(output);
        else expect(shown).toMatch(output);
      }
      const { host, adapter } = pages();
      expect(await host.json('/orders/stock')).toEqual({ apples: 3, pears: 5, plums: 7 });
      expect(await opened.run('delete stock.plums')).toBe('true');
      const transcript = await opened.log.innerText();
      writeFileSync(
        `artifacts/application-console-${adapter}.txt`,
        `${transcript}\n\n--- the terminal\n${host.output}`,
      );
      expect(host.output).toContain('Console: get(OrdersService).stock');
    });

    test('begins with the keyboard, completes, and is what it was when it is loaded anew', async () => {
      const page = await pages().blank();
      await page.goto(addressIn(pages()));
      await page.keyboard.type(pages().pin);
      await page.keyboard.press('Enter');
      const opened = new TypedConsole(page);
      await opened.input.waitFor();
      await page.keyboard.type('const kept = get(OrdersS');
      await page.keyboard.press('Tab');
      await expectSoon(() => opened.input.inputValue(), 'const kept = get(OrdersService');
      await page.keyboard.type(').stock');
      await opened.submit();
      expect(await opened.last()).toBe('undefined');
      await page.reload();
      expect(await new TypedConsole(page).run('kept.apples')).toBe('3');
    });

    test('is shown in no frame, not even one of the application’s pages', async () => {
      pages().intended = /frame-ancestors|X-Frame-Options|refused to connect|status of (?:500|404)/i;
      const page = await pages().open('/orders/fail', { bypassCSP: true });
      await page.evaluate(`new Promise((resolve) => {
        const frame = document.createElement('iframe');
        document.body.replaceChildren(frame);
        frame.onload = resolve;
        frame.src = ${JSON.stringify(addressIn(pages()))};
      })`);
      const [, framed] = page.frames();
      expect(framed?.url()).not.toContain('/console?');
      expect(await page.frameLocator('iframe').locator('#pin').count()).toBe(0);
    });

    test('is not on the port of the application', async () => {
      const { host } = pages();
      const { search } = new URL(addressIn(pages()));
      expect((await host.ask(`/console${search}`)).status).toBe(404);
    });

    test('shows what others wrote as text', async () => {
      const opened = await openConsole(pages(), { bypassCSP: true });
      const attack = `"'></textarea><img src=x onerror="attacked('console')"><script>attacked('script')</script>`;
      for (const input of ['$', 'new Error($)', 'throw $', '({ [$]: $ })', 'console.log($)', 'get($)'])
        await opened.run(input.replaceAll('$', JSON.stringify(attack)));
      await opened.log.locator('button.value').last().click();
      await opened.log.locator('li .value', { hasText: 'onerror' }).first().waitFor();
      expect(await opened.log.locator('img, script, textarea').count()).toBe(0);
    });

    test.each(['light', 'dark'] as const)('has nothing in the way of anybody, %s', async (colorScheme) => {
      const page = await pages().blank({ bypassCSP: true, colorScheme });
      await page.goto(addressIn(pages()));
      expect(await violationsIn(page.mainFrame())).toEqual([]);
      const opened = new TypedConsole(page);
      await opened.unlock(pages().pin);
      for (const input of ['get(OrdersService)', 'debug()', 'get("Nobody")']) await opened.run(input);
      expect(await violationsIn(page.mainFrame())).toEqual([]);
      await page.screenshot({ path: `artifacts/application-console-${pages().adapter}-${colorScheme}.png` });
    });
  },
  { console: true },
);
