import { mkdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { ErrorModuleOptions } from '../../src/index.js';
import type { AdapterKind } from './app-matrix.js';
import { describeInChromium, startChromium } from './chromium.js';
import { DebugConsole } from './debug-console.js';
import { adapters } from './host.js';
import { HostProcess } from './host-process.js';

/** What the tests cause on purpose: the failing route itself; and an icon is asked for where no policy forbids it. */
const INTENDED = /the server responded with a status of 500|status of 40[34].*\/favicon\.ico$/;

/** The pages of a host whose errors have consoles, as a browser shows them. */
export class DebugPages {
  /** What else the browser may complain of in this test. */
  intended = INTENDED;
  private readonly complaints: string[] = [];

  constructor(
    readonly adapter: AdapterKind,
    readonly host: HostProcess,
    private readonly browser: Browser,
  ) {}

  /** The PIN, as the terminal of the host shows it. */
  get pin(): string {
    return /The PIN of the debug console is (\d{3}-\d{3}-\d{3})/.exec(this.host.output)?.[1] ?? '';
  }

  /** A page of the host in a profile of its own. */
  async open(path: string, options: BrowserContextOptions = {}, hostname = '127.0.0.1'): Promise<Page> {
    const page = await this.blank(options);
    await page.goto(this.host.address.replace('127.0.0.1', hostname) + path);
    return page;
  }

  /** A page whose error was recorded, so that it has consoles. */
  async failing(options?: BrowserContextOptions, hostname?: string): Promise<Page> {
    const page = await this.open('/orders/fail', options, hostname);
    if ((await page.locator('details.console').count()) > 0) return page;
    throw new Error(`The page has no console:\n${await page.locator('body').innerText()}`);
  }

  /** The console of a call, with the PIN given. */
  async unlocked(page: Page, name = 'OrdersService.charge'): Promise<DebugConsole> {
    const opened = await DebugConsole.opened(page, name);
    await opened.unlock(this.pin);
    return opened;
  }

  /** An empty page in a profile of its own. */
  async blank(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    // Anything that becomes more than text tells on itself.
    await context.exposeFunction('attacked', (how: string) => this.complaints.push(`attacked: ${how}`));
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    page.on('console', (message) => this.complaints.push(`${message.text()} ${message.location().url}`));
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      this.complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    return page;
  }

  /** Begins a test: nothing is complained of yet. */
  begin(): void {
    this.intended = INTENDED;
    this.complaints.length = 0;
  }

  /** Ends a test, in which there was nothing to complain of but what was intended. */
  async end(): Promise<void> {
    await Promise.all(this.browser.contexts().map((context) => context.close()));
    expect(this.complaints.filter((complaint) => !this.intended.test(complaint))).toEqual([]);
  }
}

/**
 * Facts about the pages of the debug handler in a real browser, on each adapter. The host is a process of the facts' own,
 * since the recorder takes twenty errors a second of a whole process: whoever needs more than a page at a time has a file
 * to itself.
 */
export function describeDebugPages(
  name: string,
  facts: (pages: () => DebugPages) => void,
  debuggerOptions: ErrorModuleOptions['debugger'] = {},
): void {
  describeInChromium(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      mkdirSync('artifacts', { recursive: true });
      browser = await startChromium();
    });
    afterAll(() => browser.close());

    describe.each(adapters)('on %s', (adapter) => {
      let pages: DebugPages;
      beforeAll(async () => {
        const options: ErrorModuleOptions = { handler: 'debug', debugger: debuggerOptions };
        const environment = { NODE_ENV: 'development' };
        const host = await HostProcess.started(adapter, { program: 'debug-host', options, environment });
        pages = new DebugPages(adapter, host, browser);
      });
      beforeEach(() => pages.begin());
      afterEach(() => pages.end());
      afterAll(() => pages.host.stop());
      facts(() => pages);
    });
  });
}

/** Waits until something is so; what it was last is what the failure shows. */
export async function expectSoon<Value>(read: () => Promise<Value>, wanted: NoInfer<Value>): Promise<void> {
  const end = Date.now() + 5_000;
  while (Date.now() < end) if ((await read()) === wanted) return;
  expect(await read()).toBe(wanted);
}
