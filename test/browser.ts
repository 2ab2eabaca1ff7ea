import fs from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** Where distributions put it. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const found = places.find((place) => fs.existsSync(place));

/** Why tests that need a browser are skipped; false when there is one. */
export const noBrowser: string | false =
  found === undefined && `no Chromium at ${places.join(', ')}: install the package chromium`;

/** Chromium that opens nothing but what it is told to. */
export function launchBrowser(): Promise<Browser> {
  if (found === undefined) throw new Error(String(noBrowser));
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({
    executablePath: found,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', ...quiet],
  });
}
