// A process of its own that shops: several shoppers at once, at whichever server it is told of, over any number of the
// server's deaths. It keeps what it asked for and what it was answered; whoever started it compares that with the books.
//
// To it:   { url }  a server serves there; { pause: true }, { pause: false }
// From it: { idle, checkouts, counts }  nothing is under way: what was touched since the last time; { violation }

import { setTimeout as sleep } from "node:timers/promises";
import { send } from "./server.mjs";
import { createRandom } from "./random.mjs";
import { shop } from "./shopping.mjs";

const SHOPPERS = 8;
// A new server announces itself; this is for a connection that broke although its server lives.
const RETRY_MS = 2_000;

let url;
let paused = true;
let busy = 0;
let wake = [];
const touched = new Set();
const counts = { requests: 0, lost: 0, conflicts: 0, checkouts: 0, payments: 0 };

process.on("message", (message) => {
  if (message.url !== undefined) url = message.url;
  if (message.pause !== undefined) paused = message.pause;
  wake.forEach((go) => go());
  wake = [];
  report();
});
process.once("disconnect", () => process.exit());

// What a shopper does without an answer in hand may be interrupted by a pause; between the steps it must not be.
const line = {
  counts,
  /** Runs `work` when shopping is allowed. */
  async during(work) {
    while (paused) await new Promise((resolve) => wake.push(resolve));
    busy += 1;
    try {
      return await work();
    } finally {
      busy -= 1;
      report();
    }
  },
  /** One request; undefined = the connection broke, and nobody knows whether it arrived. */
  async once(method, path, body, headers) {
    for (;;) {
      const to = url;
      try {
        const answer = await send(to, method, path, body, headers);
        counts.requests += 1;
        if (answer.status >= 500) line.violation(`${method} ${path}: ${answer.status} ${answer.text}`);
        return answer;
      } catch (error) {
        await Promise.race([sleep(RETRY_MS, undefined, { ref: false }), newAddress(to)]);
        if (error.cause?.code === "ECONNREFUSED") continue; // nobody was there: it did not arrive
        counts.lost += 1;
        return undefined;
      }
    }
  },
  /** The same request until it is answered, and no other request is in its way. */
  async insist(...request) {
    for (;;) {
      const answer = await line.once(...request);
      if (answer !== undefined && answer.status !== 409) return answer;
      if (answer !== undefined) {
        counts.conflicts += 1;
        await sleep(5);
      }
    }
  },
  touch: (checkout) => touched.add(checkout),
  violation: (text) => process.send({ violation: text }),
};

async function newAddress(old) {
  while (url === old) await new Promise((resolve) => wake.push(resolve));
}

function report() {
  if (!paused || busy > 0) return;
  process.send({ idle: true, checkouts: [...touched], counts });
  touched.clear();
}

const seed = Number(process.env.SEED);
for (let shopper = 1; shopper <= SHOPPERS; shopper++) {
  void shop(line, createRandom(seed * SHOPPERS + shopper), shopper).catch((error) => line.violation(error.stack));
}
