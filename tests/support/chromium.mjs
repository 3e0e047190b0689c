// How the tests start Chromium.

import { chromium } from "playwright-core";

/** The program. */
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** It runs as root, without a display, and talks to nobody. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** Starts it; the caller closes it. */
export function launchChromium() {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}
