import { expect, test } from '@jest/globals';
import { violationsIn } from '../support/accessibility.js';
import { DebugConsole } from '../support/debug-console.js';
import { describeDebugPages, expectSoon } from '../support/debug-pages.js';

describeDebugPages('In a browser the page of the debug handler', (pages) => {
  test('gives a console the room that it needs, and takes its word alone', async () => {
    const page = await pages().failing();
    const opened = await DebugConsole.opened(page, 'OrdersService.charge');
    const frame = opened.iframe;
    const height = async (): Promise<number> => (await frame.boundingBox())?.height ?? 0;
    await opened.frame.locator('#pin').waitFor();
    await expectSoon(async () => (await height()) < 100, true);
    await opened.unlock(pages().pin);
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
    const page = await pages().failing({ bypassCSP: true, colorScheme, reducedMotion: 'reduce' });
    // The checker asks the pages around its own, in vain.
    pages().intended = /status of (?:500|404)|postMessage/;
    const opened = await DebugConsole.opened(page, 'OrdersService.charge');
    await opened.frame.locator('#pin').waitFor();
    expect(await violationsIn(await opened.document())).toEqual([]);
    await page.screenshot({ path: `artifacts/debug-page-${pages().adapter}-pin-${colorScheme}.png` });
    await opened.unlock(pages().pin);
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
    await page.screenshot({ path: `artifacts/debug-page-${pages().adapter}-${colorScheme}.png`, fullPage: true });
  });
});
