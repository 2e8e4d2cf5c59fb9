import { expect, test } from '@jest/globals';
import { describeDebugPages, expectSoon } from '../support/debug-pages.js';

describeDebugPages('In a browser the line of a console', (pages) => {
  test('completes, walks the history, breaks lines, clears', async () => {
    const opened = await pages().unlocked(await pages().failing());
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
});
