/**
 * The shop: shoppers, carts, checkouts and orders, durably in a SQLite database: on a server in a file of their own. It is the
 * `checkouts` port of the payments handler; a real shop has all this already.
 */
import { Refusal } from "checkout-payments/server";
import { transact } from "checkout-payments/stores/sqlite";
import { hashOf, newId, newToken } from "./ids.js";

const SESSION_MS = 30 * 24 * 3_600_000;
const MAX_SESSIONS = 1_000_000;
const MAX_CARTS_PER_SHOPPER = 100_000;

/** The shop's tables. */
export const SHOP_SCHEMA = `
  CREATE TABLE IF NOT EXISTS shoppers (tokenHash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, expiresAt INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS carts (
    id TEXT PRIMARY KEY, shopper TEXT NOT NULL, currencyIsoCode TEXT NOT NULL, items TEXT NOT NULL, total TEXT NOT NULL, digest TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS carts_shopper ON carts (shopper);
  CREATE TABLE IF NOT EXISTS checkouts (
    id TEXT PRIMARY KEY, webstoreId TEXT NOT NULL, cartId TEXT NOT NULL REFERENCES carts (id), shopper TEXT NOT NULL, orderReferenceNumber TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS checkouts_shopper ON checkouts (shopper, webstoreId);
  CREATE INDEX IF NOT EXISTS checkouts_cart ON checkouts (cartId);
  CREATE TABLE IF NOT EXISTS orders (
    orderReferenceNumber TEXT PRIMARY KEY, checkoutId TEXT NOT NULL UNIQUE, amount TEXT NOT NULL, currencyIsoCode TEXT NOT NULL, digest TEXT NOT NULL
  ) STRICT;
`;

/**
 * The shop in a database that has its tables.
 * @param {import("checkout-payments/stores/sqlite").Database} database
 */
export function createShop(database, clock = Date.now) {
  const get = (sql, ...values) => database.prepare(sql).get(...values);
  const run = (sql, ...values) => Number(database.prepare(sql).run(...values).changes);

  return {
    /** A new shopper; the token is told once and only its hash is kept. */
    async createSession() {
      const now = clock();
      run("DELETE FROM shoppers WHERE expiresAt < ?", now);
      if (get("SELECT count(*) AS n FROM shoppers").n >= MAX_SESSIONS) throw new Refusal(503, "SERVER_UNAVAILABLE", "Too many shoppers at the moment.");
      const token = newToken();
      run("INSERT INTO shoppers VALUES (?, ?, ?)", await hashOf(token), newId("shopper"), now + SESSION_MS);
      return token;
    },

    /** The shopper of a session token, or undefined. */
    async shopperOf(token) {
      return get("SELECT id FROM shoppers WHERE tokenHash = ? AND expiresAt >= ?", await hashOf(token), clock())?.id;
    },

    /** Keeps a new cart. */
    createCart(shopper, cart) {
      if (get("SELECT count(*) AS n FROM carts WHERE shopper = ?", shopper).n >= MAX_CARTS_PER_SHOPPER) throw new Refusal(429, "REQUEST_LIMIT_EXCEEDED", "This shopper has too many carts.");
      const id = newId("cart");
      run("INSERT INTO carts VALUES (?, ?, ?, ?, ?, ?)", id, shopper, cart.currencyIsoCode, JSON.stringify(cart.items), cart.total, cart.digest);
      return id;
    },

    /** Changes a cart. Throws 404 for another shopper's, 404 once its order is placed. */
    updateCart(shopper, id, cart) {
      transact(database, () => {
        if (get("SELECT 1 FROM carts WHERE id = ? AND shopper = ?", id, shopper) === undefined) throw new Refusal(404, "CART_NOT_FOUND", "There is no such cart.");
        if (get("SELECT 1 FROM checkouts WHERE cartId = ? AND orderReferenceNumber IS NOT NULL", id) !== undefined) {
          throw new Refusal(404, "CART_CLOSED", "The order of this cart has been placed.");
        }
        run("UPDATE carts SET currencyIsoCode = ?, items = ?, total = ?, digest = ? WHERE id = ?", cart.currencyIsoCode, JSON.stringify(cart.items), cart.total, cart.digest, id);
        return true;
      });
    },

    /** Starts the checkout of a cart, or gives the one that is under way. Throws 404 for another shopper's cart. */
    startCheckout(shopper, webstoreId, cartId) {
      if (get("SELECT 1 FROM carts WHERE id = ? AND shopper = ?", cartId, shopper) === undefined) throw new Refusal(404, "CART_NOT_FOUND", "There is no such cart.");
      const started = get("SELECT id, orderReferenceNumber FROM checkouts WHERE cartId = ? AND webstoreId = ?", cartId, webstoreId);
      if (started?.orderReferenceNumber) throw new Refusal(404, "CART_CLOSED", "The order of this cart has been placed.");
      if (started !== undefined) return started.id;
      const id = newId("checkout");
      run("INSERT INTO checkouts VALUES (?, ?, ?, ?, NULL)", id, webstoreId, cartId, shopper);
      return id;
    },

    /** The web store of a checkout, or undefined. */
    webstoreOf(checkoutId) {
      return get("SELECT webstoreId FROM checkouts WHERE id = ?", checkoutId)?.webstoreId;
    },

    /** The `checkouts` port. `active`: the newest open checkout; when there is none, the newest, so that a repeated order finds its number. */
    async find({ webstoreId, idOrActive, shopper }) {
      if (idOrActive === "active" && shopper === undefined) return undefined;
      const select = `SELECT checkouts.id, webstoreId, orderReferenceNumber, currencyIsoCode, total, digest
        FROM checkouts JOIN carts ON carts.id = cartId WHERE webstoreId = ?`;
      const row =
        idOrActive === "active"
          ? get(`${select} AND checkouts.shopper = ? ORDER BY orderReferenceNumber IS NULL DESC, checkouts.rowid DESC LIMIT 1`, webstoreId, shopper)
          : get(`${select} AND checkouts.id = ? AND checkouts.shopper = coalesce(?, checkouts.shopper)`, webstoreId, idOrActive, shopper ?? null);
      return (
        row && {
          id: row.id,
          webstoreId: row.webstoreId,
          status: row.orderReferenceNumber === null ? "open" : "closed",
          amount: row.total,
          currencyIsoCode: row.currencyIsoCode,
          digest: row.digest,
        }
      );
    },

    /** The `checkouts` port: the order is placed; the same again changes nothing. */
    async placed(checkout, orderReferenceNumber) {
      transact(database, () => {
        run("UPDATE checkouts SET orderReferenceNumber = ? WHERE id = ?", orderReferenceNumber, checkout.id);
        run("INSERT INTO orders VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", orderReferenceNumber, checkout.id, checkout.amount, checkout.currencyIsoCode, checkout.digest);
        return true;
      });
    },

    close: () => database.close(),
  };
}
