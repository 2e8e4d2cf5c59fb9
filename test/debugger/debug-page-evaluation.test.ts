import { writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DebugConsole } from '../support/debug-console.js';
import { describeDebugPages } from '../support/debug-pages.js';

describeDebugPages('In a browser a console of a failed request', (pages) => {
  test.each(['localhost', '127.0.0.1'])(
    'opens consoles in the failing call and its caller, at %s',
    async (hostname) => {
      const page = await pages().failing({}, hostname);
      const failing = await pages().unlocked(page);
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
    const opened = await pages().unlocked(await pages().failing());
    const lines = [
      ['this.#rate', '0.25'],
      ['await Promise.resolve(price + tax)', '40'],
      ['const doubled = price * 2', 'undefined'],
      ['doubled + 1', '65'],
      ['_', '65'],
      ['console.log("seen", tax); order.item', 'seen 8\n"apples"'],
      ['throw new RangeError("on purpose")', /^RangeError: on purpose\n/],
      ['nowhere', /^ReferenceError: nowhere is not defined/],
      ['1 +* 2', 'SyntaxError: Unexpected token (1:3)'],
    ] as const;
    for (const [input, output] of lines)
      expect(await opened.run(input)).toEqual(expect.stringMatching(exactly(output)));
    const transcript = await opened.log.innerText();
    writeFileSync(
      `artifacts/debug-console-${pages().adapter}.txt`,
      `${transcript}\n\n--- the terminal\n${pages().host.output}`,
    );
    expect(pages().host.output).toContain('this.#rate');
  });

  test('changes what the application sees', async () => {
    const opened = await pages().unlocked(await pages().failing());
    expect(await opened.run('this.stock.plums = 7')).toBe('7');
    expect(await pages().host.json('/orders/stock')).toEqual({ apples: 3, pears: 5, plums: 7 });
    expect(await opened.run('delete this.stock.plums')).toBe('true');
    expect(await pages().host.json('/orders/stock')).toEqual({ apples: 3, pears: 5 });
  });

  test('opens a value step by step', async () => {
    const opened = await pages().unlocked(await pages().failing());
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

  test('stops a loop that never ends, while others are answered', async () => {
    const { host } = pages();
    const opened = await pages().unlocked(await pages().failing());
    await opened.begin('while (true) {}');
    await opened.frame.locator('.running').waitFor();
    const took: number[] = [];
    for (let i = 0; i < 5; i++) {
      const start = performance.now();
      expect((await host.ask('/orders/stock')).status).toBe(200);
      took.push(Math.round(performance.now() - start));
    }
    // The loop goes on behind them: nobody had to wait for its end.
    expect(await opened.frame.locator('.running').isVisible()).toBe(true);
    expect(await opened.last()).toMatch(/The loop timed out/);
    expect(await opened.run('(() => { while (true); })()')).toMatch(/timed out/);
    expect(await opened.run('price')).toBe('32');
    writeFileSync(`artifacts/answers-beside-a-loop-${pages().adapter}.txt`, `${took.join(' ms\n')} ms\n`);
  });

  test('holds nobody up while it awaits', async () => {
    const opened = await pages().unlocked(await pages().failing());
    await opened.begin(`await new Promise((resolve) => setTimeout(resolve, 2000, 'late'))`);
    await opened.frame.locator('.running').waitFor();
    const start = Date.now();
    expect((await pages().host.ask('/orders/stock')).status).toBe(200);
    expect(Date.now() - start).toBeLessThan(500);
    expect(await opened.frame.locator('.running').isVisible()).toBe(true);
    expect(await opened.last()).toBe('"late"');
    expect(await opened.frame.locator('.running').count()).toBe(0);
  });
});

function exactly(output: string | RegExp): RegExp {
  return output instanceof RegExp ? output : new RegExp(`^${output.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}$`);
}
