/** The simulated gateway in a Durable Object of its own: its books are apart from the store's, as a real gateway's are. */
import { DurableObject } from "cloudflare:workers";
import { openSimulator, SIMULATOR } from "checkout-payments/gateways/simulator";
import { openDatabase } from "checkout-payments/stores/durable-object";
import { readSettings } from "../server/settings.js";

const BOOKS = "books";

/** The gateway's side. */
export class Simulator extends DurableObject {
  #simulator;

  constructor(ctx, env) {
    super(ctx, env);
    this.#simulator = openSimulator({ path: openDatabase(ctx.storage), delayMs: readSettings(env).simulatorDelayMs });
  }

  /** Runs one function of the simulator. */
  async ask(name, ...given) {
    return (await this.#simulator)[name](...given);
  }
}

/**
 * The gateway, asked in its object. An answer that does not come is unknown, as from any gateway.
 * @returns {import("checkout-payments/server").Gateway & import("checkout-payments/gateways/simulator").SimulatorDesk}
 */
export function simulatorFrom(namespace) {
  const ask = (name, ...given) => namespace.getByName(BOOKS).ask(name, ...given);
  return {
    ...SIMULATOR,
    process: (call) => ask("process", call),
    inquire: (call) => ask("inquire", call),
    notification: (request) => ask("notification", request),
    mint: (request) => ask("mint", request),
    books: (groupId) => ask("books", groupId),
    groupOf: (reference) => ask("groupOf", reference),
    decide: (reference, event) => ask("decide", reference, event),
  };
}
