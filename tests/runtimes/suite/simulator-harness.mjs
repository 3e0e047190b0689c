// The simulator, as the conformance kit wants to have it: its scripts are the tokens, its books the proof.

import { openSimulator } from "checkout-payments/gateways/simulator";

const SCRIPTED = { decline: "decline", permanentFail: "fail", invalid: "invalid", review: "review", pending: "pending", notSent: "error", lostBefore: "timeout_before", lostAfter: "timeout_after" };
const SECRET = "secret_own";

/** With its books in the file at `path`, which every connection opens anew; or in memory, which all of them share. */
export async function openSimulatorHarness({ path = ":memory:", captureReleasesRest = false } = {}) {
  let moved = 0;
  const clock = () => Date.now() + moved;
  const open = () => openSimulator({ path, captureReleasesRest, secret: SECRET, clock });
  const opened = [await open()];
  const [simulator] = opened;

  return {
    async connect() {
      if (path !== ":memory:") opened.push(await open());
      return opened.at(-1);
    },
    token: (wish) => (wish === undefined ? "sim_ok" : `sim_${wish.operation}-${SCRIPTED[wish.meets]}`),
    books: (groupId) => JSON.parse(simulator.books(groupId)).payments.map(booked),
    outside: (payment) => simulator.mint(payment).token,
    confirm: () => {},
    notifications: {
      unrelated: () => new TextEncoder().encode('{"event":"opened"}'),
      about: async (reference, event) => new TextEncoder().encode((await simulator.decide(reference, event)).body),
      sign: async (body, account) => {
        const signature = await hmac(account === "own" ? SECRET : "secret_other", body);
        return { body, headers: new Headers({ "content-type": "application/json", "simulator-signature": signature }) };
      },
    },
    advance: (ms) => {
      moved += ms;
    },
    close() {
      for (const each of opened) each.close();
    },
  };
}

function booked({ currencyIsoCode, authorized, reversed, captured, refunded }) {
  // thousandths are the finest unit there is, and these sums are small
  const held = Math.round((authorized - reversed - captured) * 1_000) / 1_000;
  return { currencyIsoCode, authorized: String(authorized), held: String(held), captured: String(captured), refunded: String(refunded) };
}

async function hmac(secret, body) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return Array.from(new Uint8Array(await crypto.subtle.sign("HMAC", key, body)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
