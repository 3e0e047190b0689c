// The demo store's settings: what can't be used is refused by name, with what was expected.

import assert from "node:assert/strict";
import { test } from "node:test";

import { readConfig } from "../www/server/config.js";
import { ConfigError } from "../www/server/settings.js";

for (const [env, message] of [
  [{ PORT: "http" }, "PORT must be a whole number from 0 to 65535."],
  [{ PORT: "65536" }, "PORT must be a whole number from 0 to 65535."],
  [{ PORT: "-1" }, "PORT must be a whole number from 0 to 65535."],
  [{ SIMULATOR_DELAY_MS: "600001" }, "SIMULATOR_DELAY_MS must be a whole number from 0 to 600000."],
  [{ RECOVER_EVERY_MS: "0" }, "RECOVER_EVERY_MS must be a whole number from 10 to 3600000."],
  [{ RECOVER_EVERY_MS: "5s" }, "RECOVER_EVERY_MS must be a whole number from 10 to 3600000."],
  [{ APPLICATION_LEVEL: "Order" }, "APPLICATION_LEVEL must be one of InvoiceLine, Invoice."],
  [{ DATABASE_URL: "postgres://db/payments" }, "DATABASE_URL: PostgreSQL is not supported yet; use sqlite:PATH."],
  [{ DATABASE_URL: "store.db" }, "DATABASE_URL must be sqlite:PATH, for example sqlite:.data/store.db."],
  [{ STRIPE_SECRET_KEY: "sk_live_1" }, "STRIPE_SECRET_KEY must be a test key (sk_test_… or rk_test_…): this is a demo store."],
  [{ STRIPE_WEBHOOK_SECRET: "whsec_1" }, "STRIPE_WEBHOOK_SECRET does nothing without STRIPE_SECRET_KEY."],
]) {
  test(`${Object.entries(env)[0].join("=")} is refused`, () => {
    assert.throws(() => readConfig(env), (error) => error instanceof ConfigError && error.message === message);
  });
}

test("what is not set has its usual value, and the server listens on the loopback", () => {
  const { host, port, recoverEveryMs, simulatorDelayMs, applicationLevel } = readConfig({});
  assert.deepEqual({ host, port, recoverEveryMs, simulatorDelayMs, applicationLevel }, {
    host: "127.0.0.1",
    port: 8787,
    recoverEveryMs: 5_000,
    simulatorDelayMs: 0,
    applicationLevel: "InvoiceLine",
  });
});

test("what is set is taken, the limits themselves too", () => {
  const { port, recoverEveryMs } = readConfig({ PORT: "0", RECOVER_EVERY_MS: "10" });
  assert.deepEqual([port, recoverEveryMs], [0, 10]);
});
