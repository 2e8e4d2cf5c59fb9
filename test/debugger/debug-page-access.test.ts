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
