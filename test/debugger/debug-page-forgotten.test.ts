import { test } from '@jest/globals';
import { DebugConsole } from '../support/debug-console.js';
import { describeDebugPages } from '../support/debug-pages.js';

describeDebugPages('In a browser the page of an old error', (pages) => {
  test('says in the console that an error is no longer kept', async () => {
    pages().intended = /status of (?:500|404)/;
    const page = await pages().failing();
    // In one second no more than twenty errors are recorded.
    for (let later = 0; later < 20;) {
      const { body } = await pages().host.ask('/orders/fail', { headers: { accept: 'text/html' } });
      if (body.includes('<details class="console">')) later++;
    }
    const opened = await DebugConsole.opened(page, 'OrdersService.charge');
    await opened.frame.getByText('This frame is no longer kept').waitFor();
  });
});
