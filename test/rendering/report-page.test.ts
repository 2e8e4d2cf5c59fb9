import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { reportMarkdown, routesMarkdown } from '../../src/rendering/report/report-markdown.js';
import { reportPage, reportPolicy, routesPage } from '../../src/rendering/report/report-page.js';
import { violationsIn } from '../support/accessibility.js';
import { describeInChromium, startChromium } from '../support/chromium.js';
import { hostileReport, nestedReport, report, routes } from '../support/reports.js';

const nonce = 'r4nd0m';
const problem = { type: 'about:blank', status: 500, instance: 'urn:uuid:8b1c0f5c-4d8f-4c8e-9d55-6d5b3f0d7a11' };
const failed = { title: '500 - Internal server error', heading: '500 - Internal server error', problem, nonce };
const missed = { title: '404 - Not found', heading: '404 - Not found', problem, nonce };
const markdown = reportMarkdown(report(), failed.title);

const PAGES: Readonly<Record<string, string>> = {
  '/report': reportPage({ ...failed, report: report(), markdown }),
  '/nested': reportPage({ ...failed, report: nestedReport(), markdown: reportMarkdown(nestedReport(), failed.title) }),
  '/hostile': reportPage({ ...failed, report: hostileReport(), markdown: reportMarkdown(hostileReport(), 'x') }),
  '/routes': routesPage({ ...missed, report: routes(), markdown: routesMarkdown(routes(), missed.title) }),
};

describeInChromium('In a browser the page of a report', () => {
  let browser: Browser;
  let server: Server;
  let address: string;
  let requested: string[];
  let complaints: string[];

  beforeAll(async () => {
    mkdirSync('artifacts', { recursive: true });
    server = createServer(({ url = '' }, response) => {
      requested.push(url);
      response
        .setHeader('Content-Type', 'text/html; charset=utf-8')
        .setHeader('Content-Security-Policy', reportPolicy(nonce));
      response.statusCode = url in PAGES ? 500 : 204;
      response.end(PAGES[url]);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await startChromium();
  });
  beforeEach(() => {
    requested = [];
    complaints = [];
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    // The answer is a 500, of which the browser speaks; of nothing else.
    expect(complaints.filter((complaint) => !/the server responded with a status of 500/.test(complaint))).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => requested.push(request.url()));
    await page.goto(address + path);
    return page;
  }

  const current = (page: Page): Promise<string | null> =>
    page.locator('summary[aria-current]:focus .name').textContent({ timeout: 2000 });

  test('asks for nothing but itself, and runs with no complaint', async () => {
    for (const path of Object.keys(PAGES)) {
      requested = [];
      const page = await open(path);
      await page.locator('#copy').waitFor({ state: 'visible' });
      expect([...new Set(requested)].sort()).toEqual([path, address + path]);
    }
  });

  test('walks through the calls of the application with j, k and the arrows', async () => {
    const page = await open('/report');
    const steps = [
      ['j', 'JobsService.find'],
      ['j', 'JobsController.get'],
      ['j', 'JobsController.get'],
      ['k', 'JobsService.find'],
      ['ArrowDown', 'JobsController.get'],
      ['ArrowUp', 'JobsService.find'],
    ] as const;
    for (const [key, name] of steps) {
      await page.keyboard.press(key);
      expect(await current(page)).toBe(name);
      expect(await page.locator('[aria-current]').count()).toBe(1);
    }
    await page.keyboard.press('j');
    const call = page.locator('li.call', { has: page.locator('> details > summary[aria-current]') });
    expect(await call.locator('> details').getAttribute('open')).toBe('');
    await page.keyboard.press('Enter');
    expect(await call.locator('> details').getAttribute('open')).toBeNull();
  });

  test('brings the call that it walks to into view', async () => {
    const page = await open('/report', { viewport: { width: 390, height: 500 }, reducedMotion: 'reduce' });
    await page.keyboard.press('k');
    expect(await current(page)).toBe('JobsController.get');
    const box = await page.locator('summary[aria-current]').boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeLessThan(450);
  });

  test('shows its keys on ?, and leaves keys alone that are for something else', async () => {
    const page = await open('/report');
    await page.keyboard.press('?');
    expect(await page.locator('#keys').isVisible()).toBe(true);
    await page.keyboard.press('j');
    expect(await page.locator('[aria-current]').count()).toBe(0);
    await page.keyboard.press('Escape');
    expect(await page.locator('#keys').isVisible()).toBe(false);
    await page.locator('#help').click();
    await page.locator('#keys-close').click();
    expect(await page.locator('#keys').isVisible()).toBe(false);
    await page.locator('#editor').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Control+j');
    expect(await page.locator('[aria-current]').count()).toBe(0);
  });

  test('copies itself as Markdown', async () => {
    const page = await open('/report', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('#copy').click();
    await page.locator('#said', { hasText: 'Copied.' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(markdown);
  });

  test('copies without a clipboard of the browser', async () => {
    const page = await open('/report', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })");
    await page.locator('#copy').click();
    await page.locator('#said', { hasText: 'Copied.' }).waitFor();
    expect(await page.locator('#copy:focus').count()).toBe(1);
    await page.evaluate('delete navigator.clipboard');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(markdown);
  });

  test('leaves the report selected where nothing can be copied', async () => {
    const page = await open('/report');
    await page.evaluate(
      "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false;",
    );
    await page.locator('#copy').click();
    await page.locator('#said', { hasText: 'The report is selected' }).waitFor();
    expect(await page.evaluate('document.getSelection().toString() === document.activeElement.value')).toBe(true);
  });

  test('links every place to the editor of choice, and remembers it', async () => {
    const page = await open('/report');
    const place = page.locator('.failing .location');
    const path = '/srv/scale/src/jobs/jobs.service.ts';
    expect(await page.locator('#editor').inputValue()).toBe('none');
    expect(await place.getAttribute('href')).toBeNull();
    const links = {
      vscode: `vscode://file${path}:42:27`,
      cursor: `cursor://file${path}:42:27`,
      zed: `zed://file${path}:42:27`,
      webstorm: `webstorm://open?file=${path}&line=42&column=27`,
      sublime: `subl://open?url=file://${path}&line=42`,
    };
    for (const [editor, link] of Object.entries(links)) {
      await page.locator('#editor').selectOption(editor);
      expect(await place.getAttribute('href')).toBe(link);
    }
    await page.reload();
    expect(await page.locator('#editor').inputValue()).toBe('sublime');
    expect(await place.getAttribute('href')).toBe(links.sublime);
    await page.locator('#editor').selectOption('none');
    expect(await place.getAttribute('href')).toBeNull();
  });

  test('links to hostile paths without leaving the scheme', async () => {
    const page = await open('/hostile');
    await page.locator('#editor').selectOption('vscode');
    const link = await page.locator('.location').first().getAttribute('href');
    expect(link).toMatch(/^vscode:\/\/file\/srv\/%3C\/script%3E[^ <>"]+:42:3$/);
  });

  test('runs where nothing may be kept', async () => {
    const context = await browser.newContext();
    await context.addInitScript(
      "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
    );
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${address}/report`);
    await page.locator('#editor').selectOption('zed');
    expect(await page.locator('.failing .location').getAttribute('href')).toMatch(/^zed:/);
  });

  test('is readable without scripts', async () => {
    const page = await open('/report', { javaScriptEnabled: false });
    expect(await page.locator('#tools').isVisible()).toBe(false);
    expect(await page.locator('.failing .called').isVisible()).toBe(true);
    expect(await page.getByText('JobsController { jobs: JobsService }', { exact: true }).isVisible()).toBe(true);
    const folded = page.locator('.folded').last();
    expect(await folded.getByText('Layer.handleRequest').isVisible()).toBe(false);
    await folded.locator('summary').click();
    expect(await folded.getByText('Layer.handleRequest').isVisible()).toBe(true);
    await page.locator('#markdown summary').click();
    expect(await page.locator('textarea').inputValue()).toBe(markdown);
  });

  test.each(['light', 'dark'] as const)('has nothing in the way of anybody, %s', async (colorScheme) => {
    for (const path of Object.keys(PAGES)) {
      const page = await open(path, { bypassCSP: true, colorScheme });
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      for (const dialog of [false, true].slice(0, path === '/report' ? 2 : 1)) {
        if (dialog) await page.keyboard.press('?');
        expect([path, ...(await violationsIn(page.mainFrame()))]).toEqual([path]);
      }
    }
  });

  test.each([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['phone', { colorScheme: 'light', viewport: { width: 375, height: 800 }, deviceScaleFactor: 2 }],
  ] as const)('fits into its window: %s', async (name, options) => {
    for (const path of Object.keys(PAGES)) {
      const page = await open(path, { ...options, reducedMotion: 'reduce' });
      expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(
        0,
      );
      if (path === '/report' && name !== 'phone') await page.keyboard.press('k');
      await page.screenshot({ path: `artifacts/page-of-${path.slice(1)}-${name}.png`, fullPage: true });
    }
  });
});
