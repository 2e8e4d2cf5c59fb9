import { expect, test } from '@jest/globals';
import { DebugConsole } from '../support/debug-console.js';
import { describeDebugPages } from '../support/debug-pages.js';

describeDebugPages('In a browser a console', (pages) => {
  test('takes no wrong PIN, and says so', async () => {
    pages().intended = /status of (?:500|403)/;
    const opened = await DebugConsole.opened(await pages().failing(), 'OrdersService.charge');
    const field = opened.frame.locator('#pin');
    for (const [given, refusal] of [
      ['12', 'The PIN has nine digits.'],
      [wrong(pages().pin), 'This is not the PIN that the terminal shows.'],
    ] as const) {
      await field.fill(given);
      await field.press('Enter');
      await opened.frame.locator('#refusal', { hasText: refusal }).waitFor();
      expect(await opened.input.isVisible()).toBe(false);
    }
    await opened.unlock(pages().pin.replaceAll('-', ' '));
    expect(await opened.run('price')).toBe('32');
  });

  test('asks for the PIN once: the others on the page learn of it and open by themselves', async () => {
    const page = await pages().failing();
    const names = ['OrdersService.charge', 'OrdersController.fail'] as const;
    const [failing, caller] = [await DebugConsole.opened(page, names[0]), await DebugConsole.opened(page, names[1])];
    for (const opened of [failing, caller]) await opened.frame.locator('#pin').waitFor();
    await caller.frame.locator('#pin').fill('12');
    await failing.unlock(pages().pin);
    await caller.input.waitFor();
    expect(await caller.frame.locator('#ask').isVisible()).toBe(false);
    // Whoever typed goes on typing where they were.
    await page.keyboard.type('price');
    expect(await failing.input.inputValue()).toBe('price');
    expect(await caller.run('order.item')).toBe('"apples"');
  });

  test('stays locked whatever says that another was unlocked', async () => {
    pages().intended = /status of (?:500|401)/;
    const page = await pages().failing();
    const opened = await DebugConsole.opened(page, 'OrdersService.charge');
    await opened.frame.locator('#pin').waitFor();
    const document = await opened.document();
    const refused = page.waitForResponse((response) => response.url().endsWith('/complete'));
    await page.evaluate("new BroadcastChannel('errata-console').postMessage('unlocked')");
    await document.evaluate("new BroadcastChannel('errata-console').postMessage('unlocked')");
    expect((await refused).status()).toBe(401);
    await (await refused).finished();
    expect(await opened.frame.locator('#pin').isVisible()).toBe(true);
    expect(await opened.input.isVisible()).toBe(false);
  });

  test('has nothing of the console on the port of the application', async () => {
    for (const path of ['/pin', '/run', '/open', '/complete']) {
      const headers = { 'content-type': 'application/json', origin: pages().host.address };
      const body = JSON.stringify({ pin: pages().pin, error: 'x', frame: '0.0', input: '1' });
      expect((await pages().host.ask(path, { method: 'POST', headers, body })).status).toBe(404);
    }
  });
});

function wrong(pin: string): string {
  return pin.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10));
}
