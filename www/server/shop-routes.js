/** The shop's own routes (DESIGN §8): sessions, carts, checkouts; and what only a demo has. */
import { Refusal, refusalResponse } from "checkout-payments/server";
import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { sessionCookie } from "./auth.js";
import { members, readCart } from "./cart-input.js";
import { BadInput, jsonWith, readJson, refusal } from "./http.js";

/** The web store that the demo page uses; any other id works as well. */
export const DEMO_WEBSTORE = "tidewick";
const OLDEST_VERSION = 55;
const NEWEST_VERSION = 67;

/**
 * @param {object} parts
 * @param {ReturnType<typeof import("./shop.js").createShop>} parts.shop
 * @param {import("checkout-payments/server").PaymentsHandler} parts.payments
 * @param {import("checkout-payments/gateways/simulator").SimulatorDesk} [parts.simulator]  when it is the gateway
 * @param {(request: Request) => any} parts.authenticate
 * @param {string} parts.apiToken
 */
export function createShopRoutes({ shop, payments, simulator, authenticate, apiToken }) {
  const app = new Hono();
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (_, methods) => refusal(405, "METHOD_NOT_ALLOWED", `Allowed here: ${methods.join(", ")}.`, { allow: methods.join(", ") }) }));

  app.post("/demo/sessions", async (c) => {
    const token = await shop.createSession();
    return c.json({ token }, 201, { "set-cookie": sessionCookie(token) });
  });

  app.post("/demo/carts", async (c) => {
    const shopper = await requireShopper(c);
    const cart = await readCart(await readJson(c));
    return cartAnswer(c, 201, shop.createCart(shopper, cart), cart);
  });

  app.put("/demo/carts/:cartId", async (c) => {
    const shopper = await requireShopper(c);
    const cart = await readCart(await readJson(c));
    const id = c.req.param("cartId");
    shop.updateCart(shopper, id, cart);
    return cartAnswer(c, 200, id, cart);
  });

  const startCheckout = async (c) => {
    const version = Number(c.req.param("version")?.slice(1) ?? NEWEST_VERSION);
    if (version < OLDEST_VERSION || version > NEWEST_VERSION) return refusal(404, "NOT_FOUND", `This resource is there from version ${OLDEST_VERSION}.0 to ${NEWEST_VERSION}.0.`);
    const shopper = await requireShopper(c);
    const webstoreId = c.req.param("webstoreId");
    if (!/^[\w.-]{1,64}$/.test(webstoreId)) throw new BadInput("The web store's id must be 1 to 64 letters, digits, dots, dashes and underscores.");
    const { cartId } = members(await readJson(c), "the body", ["cartId"]);
    if (typeof cartId !== "string" || cartId === "") throw new BadInput("'cartId' is missing.");
    const checkoutId = shop.startCheckout(shopper, webstoreId, cartId);
    const { amount, currencyIsoCode } = await shop.find({ webstoreId, idOrActive: checkoutId, shopper });
    return json(c, 201, jsonWith({ checkoutId, webstoreId, currencyIsoCode }, { grandTotalAmount: amount }));
  };
  app.post("/commerce/webstores/:webstoreId/checkouts", startCheckout);
  app.post("/services/data/:version{v[1-9][0-9]*\\.0}/commerce/webstores/:webstoreId/checkouts", startCheckout);

  app.post("/demo/recover", async (c) => {
    if ((await identity(c)).kind !== "backOffice") throw new Refusal(403, "INSUFFICIENT_ACCESS", "This is for the back office.");
    return c.json(await payments.recover({ all: true }));
  });

  // What follows is for the demo page only: in a real store a shopper sets no policy and reads no gateway's books.

  app.get("/demo/config", async (c) => c.json({ webstoreId: DEMO_WEBSTORE, apiVersion: `${NEWEST_VERSION}.0`, gateway: simulator === undefined ? "stripe" : "simulator" }));

  app.get("/demo/settings", async (c) => {
    await requireShopper(c);
    return payments(asBackOffice(`/commerce/webstores/${encodeURIComponent(c.req.query("webstoreId") ?? DEMO_WEBSTORE)}/settings`));
  });

  app.put("/demo/settings", async (c) => {
    await requireShopper(c);
    const { releaseOrder, webstoreId = DEMO_WEBSTORE } = members(await readJson(c), "the body", ["releaseOrder", "webstoreId"]);
    if (typeof webstoreId !== "string") throw new BadInput("'webstoreId' must be a text.");
    return payments(asBackOffice(`/commerce/webstores/${encodeURIComponent(webstoreId)}/settings`, { method: "PUT", body: JSON.stringify({ releaseOrder }) }));
  });

  app.get("/demo/books", async (c) => {
    const groupId = await groupOf(c, c.req.query("checkoutId"));
    return json(c, 200, groupId === undefined || simulator === undefined ? '{"payments":[]}' : await simulator.books(groupId));
  });

  app.post("/demo/notify", async (c) => {
    const { checkoutId, reference, event } = members(await readJson(c), "the body", ["checkoutId", "reference", "event"]);
    if (typeof reference !== "string") throw new BadInput("'reference' must be a text.");
    if (event !== "succeeded" && event !== "failed") throw new BadInput("'event' must be succeeded or failed.");
    const groupId = await groupOf(c, checkoutId);
    if (groupId === undefined || (await simulator?.groupOf(reference)) !== groupId) throw new Refusal(404, "NOT_FOUND", "This checkout has no such payment.");
    const { headers, body } = await simulator.decide(reference, event);
    await payments(new Request(`http://localhost/commerce/payments/notify?provider=${simulator.provider}`, { method: "POST", headers, body }));
    return c.json({ delivered: 1 });
  });

  app.notFound(() => refusal(404, "NOT_FOUND", "There is nothing at this address."));
  app.onError((error) => {
    if (error instanceof Refusal) return refusalResponse(error);
    // what else can fail here is the shop's file
    return refusalResponse(new Refusal(503, "SERVER_UNAVAILABLE", "The shop can't be used at the moment.", { "retry-after": "2" }));
  });
  return app;

  async function identity(c) {
    const found = await authenticate(c.req.raw);
    if (found === undefined) throw new Refusal(401, "INVALID_SESSION_ID", "No session, or it has ended.");
    return found;
  }

  async function requireShopper(c) {
    const found = await identity(c);
    if (found.kind !== "shopper") throw new Refusal(403, "INSUFFICIENT_ACCESS", "This is for shoppers.");
    return found.id;
  }

  // The group of the shopper's own checkout: the payments resource says which it is.
  async function groupOf(c, checkoutId) {
    const shopper = await requireShopper(c);
    if (typeof checkoutId !== "string" || checkoutId === "") throw new BadInput("'checkoutId' is missing.");
    const checkout = await shop.find({ webstoreId: c.req.query("webstoreId") ?? shop.webstoreOf(checkoutId) ?? DEMO_WEBSTORE, idOrActive: checkoutId, shopper });
    if (checkout === undefined) throw new Refusal(404, "CHECKOUT_NOT_FOUND", "There is no such checkout.");
    const response = await payments(asBackOffice(`/commerce/webstores/${encodeURIComponent(checkout.webstoreId)}/checkouts/${encodeURIComponent(checkout.id)}/payments`));
    return (await response.json()).paymentGroup?.id;
  }

  function asBackOffice(path, init = {}) {
    return new Request(`http://localhost${path}`, { ...init, headers: { authorization: `Bearer ${apiToken}`, "content-type": "application/json" } });
  }
}

function cartAnswer(c, status, cartId, { currencyIsoCode, total }) {
  return json(c, status, jsonWith({ cartId, currencyIsoCode }, { grandTotalAmount: total }));
}

function json(c, status, text) {
  return c.body(text, status, { "content-type": "application/json" });
}
