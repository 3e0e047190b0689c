// One server in a process of its own, started by ../http.mjs: a route that reads the body and answers a constant, or the payments
// handler over a store. The router, the adapter from Node's requests, the address and the bodies are the same for all.
//
//   node server.mjs constant | memory | sqlite FILE | groups FILE (SQLite that keeps no records to be queried)

import { serve } from '@hono/node-server';
import { createPaymentsHandler } from 'checkout-payments/server';
import { createMemoryStore } from 'checkout-payments/stores/memory';
import { openSqliteStore } from 'checkout-payments/stores/sqlite';
import { Hono } from 'hono';

import { checkout, gateway } from '../cases.mjs';

const [kind, path] = process.argv.slice(2);
const ANSWER = { salesforceResultCode: 'Success', errors: [], paymentData: '{}' };

/** As far as a host goes that has nothing to look up: what the ports cost is not the handler's. */
const ports = {
  checkouts: { find: async ({ idOrActive }) => ({ ...checkout, id: idOrActive }), placed: async () => {} },
  authenticate: (request) => (request.headers.get('authorization') === 'Bearer shopper' ? { kind: 'shopper', id: 'shopper' } : undefined),
};

/** Says yes at once. */
let references = 0;
const yes = {
  provider: gateway.provider,
  capabilities: { keyWindowMs: gateway.keyWindowMs, inquire: gateway.inquire },
  process: async ({ amount, currencyIsoCode }) => ({ resultCode: 'Success', gatewayReference: `ref_${++references}`, amount, currencyIsoCode, gatewayAuthorizationCode: 'A10001' }),
  inquire: async () => ({ resultCode: 'Indeterminate' }),
  notification: async () => ({ authentic: false, notifications: [] }),
};

async function handlerOf() {
  if (kind === 'constant') {
    return async (request) => {
      await request.arrayBuffer();
      return Response.json(ANSWER, { status: 201 });
    };
  }
  const { records, ...groups } = kind === 'memory' ? createMemoryStore() : await openSqliteStore({ path });
  const store = kind === 'sqlite' ? { ...groups, records } : groups;
  return createPaymentsHandler({ store, gateways: [yes], ...ports });
}

const handler = await handlerOf();
const app = new Hono();
app.all('/commerce/*', (c) => handler(c.req.raw));

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => process.send({ port }));
process.on('message', (message) => {
  if (message === 'usage') process.send({ ...process.cpuUsage(), rss: process.memoryUsage.rss() });
  if (message === 'end') process.exit(0); // a profile is written at this
});
process.on('disconnect', () => process.exit(1));
server.keepAliveTimeout = 60_000;
