import type { FrameLocator, Locator, Page } from 'playwright-core';

/** A console in a call of a page, as somebody at the keyboard uses it. */
export class DebugConsole {
  readonly element: Locator;
  readonly frame: FrameLocator;
  readonly input: Locator;
  readonly log: Locator;
  /** How many lines, and how many inputs among them, there were before the last input. */
  private lines = 0;
  private entered = 0;

  private constructor(readonly call: Locator) {
    this.element = call.locator('details.console');
    this.frame = this.element.frameLocator('iframe');
    this.input = this.frame.locator('#input');
    this.log = this.frame.locator('#log');
  }

  /** Opens the console of the call with a name. */
  static async opened(page: Page, name: string): Promise<DebugConsole> {
    const call = page.locator('li.call', { has: page.locator('summary .name', { hasText: name }) }).first();
    const details = call.locator('> details');
    if ((await details.getAttribute('open')) === null) await details.locator('> summary').click();
    const opened = new DebugConsole(call);
    await opened.element.locator('> summary').click();
    return opened;
  }

  async unlock(pin: string): Promise<void> {
    await this.frame.locator('#pin').fill(pin);
    await this.frame.locator('#pin').press('Enter');
    await this.input.waitFor();
  }

  /** Runs an input; gives what it came to, as it is read on the screen. */
  async run(input: string): Promise<string> {
    await this.begin(input);
    return this.last();
  }

  /** Runs an input without waiting for what it comes to. */
  async begin(input: string): Promise<void> {
    await this.input.fill(input);
    await this.submit();
  }

  async submit(): Promise<void> {
    this.lines = await this.log.locator('> *').count();
    this.entered = await this.log.locator('> .entered').count();
    await this.input.press('Enter');
  }

  /** What the last input came to. */
  async last(): Promise<string> {
    await this.log.locator('> .entered').nth(this.entered).waitFor();
    const lines = await this.log.locator('> :not(.running)').allInnerTexts();
    return lines.slice(this.lines + 1).join('\n');
  }

  /** The frame of the page itself, for what is asked of a whole document. */
  async document(): Promise<ReturnType<Page['mainFrame']>> {
    const handle = await this.element.locator('iframe').elementHandle();
    const frame = await handle.contentFrame();
    if (frame === null) throw new Error('The console has no document.');
    return frame;
  }
}
