import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Where a console's parts are found: in a frame, or on a page that is all console. */
type Finder = Pick<FrameLocator, 'locator' | 'getByText'>;

/** A console, as somebody at the keyboard uses it. */
export class TypedConsole {
  readonly input: Locator;
  readonly log: Locator;
  /** How many lines, and how many inputs among them, there were before the last input. */
  private lines = 0;
  private entered = 0;

  constructor(readonly frame: Finder) {
    this.input = this.frame.locator('#input');
    this.log = this.frame.locator('#log');
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
}

/** A console in a call of a page. */
export class DebugConsole extends TypedConsole {
  private constructor(private readonly element: Locator) {
    super(element.frameLocator('iframe'));
  }

  /** Opens the console of the call with a name. */
  static async opened(page: Page, name: string): Promise<DebugConsole> {
    const call = page.locator('li.call', { has: page.locator('summary .name', { hasText: name }) }).first();
    const details = call.locator('> details');
    if ((await details.getAttribute('open')) === null) await details.locator('> summary').click();
    const opened = new DebugConsole(call.locator('details.console'));
    await opened.element.locator('> summary').click();
    return opened;
  }

  /** The element that the console's page is in. */
  get iframe(): Locator {
    return this.element.locator('iframe');
  }

  /** The frame of the page itself, for what is asked of a whole document. */
  async document(): Promise<ReturnType<Page['mainFrame']>> {
    const handle = await this.iframe.elementHandle();
    const frame = await handle.contentFrame();
    if (frame === null) throw new Error('The console has no document.');
    return frame;
  }
}
