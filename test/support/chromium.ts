import { existsSync } from 'node:fs';
import { describe, test } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  process.env['ERRATA_TEST_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));

const ADVICE = 'No Chromium was found. Install one, or name it in ERRATA_TEST_CHROMIUM.';

/** Nothing but what the tests ask for goes over the network. */
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a browser of its own, with nothing in its profile. */
export async function startChromium(): Promise<Browser> {
  if (executablePath === undefined) throw new Error(ADVICE);
  return chromium.launch({ executablePath, args: ARGS });
}

/** Facts about pages in a real browser. Where there is none they are left out and that is said; where CI is set they fail. */
export function describeInChromium(name: string, facts: () => void): void {
  if (executablePath !== undefined) describe(name, facts);
  else if (process.env['CI'] === undefined) {
    console.warn(`\n!!! NOTHING IS TESTED IN A BROWSER: “${name}” is left out. ${ADVICE}\n`);
    describe.skip(name, facts);
  } else {
    describe(name, () => {
      test('is tested in a browser', () => {
        throw new Error(ADVICE);
      });
    });
  }
}
