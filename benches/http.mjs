// The server under load, beside the least that any server of this router does: read the body, answer a constant.
//
//   node benches/http.mjs [rounds] [seconds]
//
// Each turn is a server in a fresh process; the turns alternate, and medians are compared. The processor time of the server for one
// request is the steadier figure: requests per second also hang on who else uses the machine, and on the load that asks.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { good } from './cases.mjs';
import { load, post } from './http/load.mjs';

const rounds = Number(process.argv[2] ?? 3);
const seconds = Number(process.argv[3] ?? 4);
const CONNECTIONS = 64;
// Both, before anything is measured: the compilers have to have come to an end, however slow the machine is.
const WARM_SECONDS = 1.5;
const WARM_REQUESTS = 6000;
// Of so many payments one is a second payment of its cart, which was paid so many requests ago: the first is let go of.
const REENTRANT = 8;
const AGO = 64 * CONNECTIONS + 1;
const SERVERS = [
  { name: 'the body read, a constant answered', kind: 'constant' },
  { name: 'payments, memory', kind: 'memory' },
  { name: 'payments, SQLite, on disk before the answer', kind: 'sqlite' },
  { name: 'the same without records to query, which memory has none of', kind: 'groups' },
];

const folder = mkdtempSync(join(tmpdir(), 'checkout-payments-bench-'));
const turns = new Map(SERVERS.map(({ name }) => [name, []]));
try {
  for (let round = 0; round < rounds; round++) {
    for (const { name, kind } of SERVERS) turns.get(name).push(await turn(kind, join(folder, `${kind}-${round}.db`)));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const of = (name, figure) => median(turns.get(name).map((each) => each[figure]));
const [limit, memory] = SERVERS.map(({ name }) => name);
console.log(`HTTP: POST …/payments on the loopback, ${CONNECTIONS} connections, one in ${REENTRANT} a second payment of its cart; Node ${process.versions.node}, ${rounds} rounds of ${seconds} s`);
console.table(Object.fromEntries(SERVERS.map(({ name }) => [name, {
  'requests/s': Math.round(of(name, 'rate')),
  'least': Math.round(Math.min(...turns.get(name).map(({ rate }) => rate))),
  'most': Math.round(Math.max(...turns.get(name).map(({ rate }) => rate))),
  'of a constant': round2(of(name, 'rate') / of(limit, 'rate')),
  'of memory': round2(of(name, 'rate') / of(memory, 'rate')),
  'server CPU µs/request': round2(of(name, 'cpu')),
  'of it in the system': round2(of(name, 'system')),
  'p50 ms': round2(of(name, 'p50')),
  'p99 ms': round2(of(name, 'p99')),
  'RSS MB': Math.round(of(name, 'rss')),
}])));

async function turn(kind, path) {
  const server = fork(fileURLToPath(new URL('./http/server.mjs', import.meta.url)), [kind, path], { env: { ...process.env, NODE_ENV: 'production' } });
  const ask = async (message) => {
    if (message !== undefined) server.send(message);
    const [answer] = await once(server, 'message');
    return answer;
  };
  const { port } = await ask();
  const next = requests();
  const run = (length) => load({ port, connections: CONNECTIONS, next, until: performance.now() + length * 1000 });
  for (let warm = 0; warm < WARM_REQUESTS; ) warm += (await run(WARM_SECONDS)).length;
  const before = await ask('usage');
  const start = performance.now();
  const times = (await run(seconds)).toSorted((a, b) => a - b);
  const elapsed = performance.now() - start;
  const after = await ask('usage');
  server.send('end');
  await once(server, 'exit');
  return {
    rate: (times.length / elapsed) * 1000,
    cpu: (after.user + after.system - before.user - before.system) / times.length,
    system: (after.system - before.system) / times.length,
    p50: times[Math.floor(times.length * 0.5)],
    p99: times[Math.floor(times.length * 0.99)],
    rss: after.rss / 2 ** 20,
  };
}

/** Payments of ever new carts, each with a key of its own; now and then the second one of a cart that was paid a while ago. */
function requests() {
  let count = 0;
  return () => {
    count += 1;
    const cart = count % REENTRANT === 0 && count > AGO ? count - AGO : count;
    return post(`/commerce/webstores/0ZE000000000001GAA/checkouts/c${cart}/payments`, good, ['authorization: Bearer shopper', `idempotency-key: key-${count}`]);
  };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function round2(value) {
  return Math.round(value * 100) / 100;
}
