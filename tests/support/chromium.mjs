// How the tests start Chromium.

/** The program. */
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** It runs as root, without a display, and talks to nobody. */
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];
