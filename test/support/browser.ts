import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const isRequired = process.env.REQUIRE_BROWSER === '1';

export function browserAvailable(): boolean {
  return existsSync(CHROMIUM);
}

/**
 * Options for `describe` and `it`: skips with a said reason where there is no browser, unless
 * `REQUIRE_BROWSER=1` (as in `.ci/run`) makes its absence a failure.
 */
export function skipUnlessBrowser(): { skip: string | false } {
  if (browserAvailable() || isRequired) return { skip: false };
  return { skip: `there is no browser at ${CHROMIUM}; install chromium, or set CHROMIUM_PATH` };
}

/**
 * Debian's Chromium, quiet: it asks nobody for anything but the pages it is sent to.
 * @throws Error where it is missing or does not start
 */
export async function launchBrowser(): Promise<Browser> {
  if (!browserAvailable())
    throw new Error(`There is no browser at ${CHROMIUM}. Install chromium, or set CHROMIUM_PATH.`);
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      // Its sandbox needs rights that containers and root do not have.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
}
