import { expect, test } from '@jest/globals';
import { describeDebugPages } from '../support/debug-pages.js';

const ATTACK = `"'><img src=x onerror="attacked('sent')"><script>attacked('sent')</script>`;
/** What the attacks would be, were they more than text. */
const LIVE = 'img, [onerror], script:not([nonce]):not([type])';

describeDebugPages('In a browser the page of the debug handler', (pages) => {
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
      const page = await pages().open(path, options);
      expect(await page.locator('body').innerText()).toContain('<img src=x onerror=');
      expect(await page.locator(LIVE).count()).toBe(0);
      if (name === null) continue;
      const opened = await pages().unlocked(page, route);
      for (const input of [name, `throw ${name}`, 'throw new Error(text)', 'console.log(text)', ATTACK])
        await opened.run(input);
      await opened.log.locator('button.value').first().click();
      await opened.log.locator('li .value', { hasText: 'onerror' }).first().waitFor();
      expect(await opened.frame.locator(LIVE).count()).toBe(0);
    }
  });
});
