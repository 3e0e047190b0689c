/** The HTTP contract of this server (`GET /openapi.json`): that of the package, and the shop's and the demo's own addresses. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const contract = JSON.parse(readFileSync(fileURLToPath(import.meta.resolve("checkout-payments/openapi.json")), "utf8"));

const text = (more = {}) => ({ type: "string", ...more });
const list = (items, more = {}) => ({ type: "array", items, ...more });
const count = { type: "integer", minimum: 0 };
const ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const closed = (properties, optional = []) => ({ type: "object", properties, required: Object.keys(properties).filter((name) => !optional.includes(name)), additionalProperties: false });
const json = (schema) => ({ "application/json": { schema } });

const SHOPPER = [{ shopper: [] }, { cookie: [] }];
const BACK_OFFICE = [{ backOffice: [] }];
const WHO = new Map([[SHOPPER, "ForShoppers"], [BACK_OFFICE, "ForTheBackOffice"]]);

const WORDS = {
  400: "The message names what is wrong.",
  404: "There is no such thing, or it is another shopper's.",
  415: "The body is not JSON.",
  429: "Too many.",
};

const schemas = {
  CartInput: closed({
    currencyIsoCode: ref("Currency"),
    items: list(closed({ name: text({ minLength: 1, maxLength: 255 }), quantity: { type: "integer", minimum: 1, maximum: 9999 }, unitPrice: ref("AmountInput") }), { minItems: 1, maxItems: 100 }),
  }),
  Cart: closed({ cartId: text(), currencyIsoCode: ref("Currency"), grandTotalAmount: ref("Amount") }),
  StartedCheckout: closed({ checkoutId: text(), webstoreId: text(), currencyIsoCode: ref("Currency"), grandTotalAmount: ref("Amount") }),
  Health: closed(
    {
      status: { enum: ["ok", "degraded"] },
      outages: list(closed({ part: { enum: ["reading", "writing", "checkouts", "sessions"] }, trouble: { enum: ["full", "read_only", "busy", "failed"] }, since: text({ format: "date-time" }) })),
    },
    ["outages"],
  ),
  Books: closed({
    payments: list(
      closed(
        {
          reference: text(),
          ourReference: text(),
          groupId: text(),
          operation: text(),
          state: { enum: ["live", "pending", "failed"] },
          currencyIsoCode: ref("Currency"),
          authorized: ref("Amount"),
          reversed: ref("Amount"),
          captured: ref("Amount"),
          refunded: ref("Amount"),
          keys: list(text()),
        },
        ["ourReference", "groupId", "state"],
      ),
    ),
  }),
  Event: { enum: ["succeeded", "failed"] },
};

const cart = { currencyIsoCode: "USD", items: [{ name: "Hat", quantity: 1, unitPrice: "129.90" }] };
const query = (name, required = false) => ({ name, in: "query", required, schema: text(required ? { minLength: 1 } : {}) });
const inPath = (name, description) => ({ name, in: "path", required: true, schema: text({ minLength: 1 }), description });
const webstoreId = query("webstoreId");
const SESSION = { "set-cookie": { description: "The same as a cookie.", schema: text() } };
const CLOSED_CART = { 404: ["CART_NOT_FOUND", "CART_CLOSED"] };
const INVALID = { 400: ["INVALID_API_INPUT"] };
const NOT_JSON = { 415: ["UNSUPPORTED_MEDIA_TYPE"] };

// method and path, operationId, what it does, tag, who may ask, and the rest: parameters, body, status, answer, refusals
const ROUTES = [
  ["post /demo/sessions", "createSession", "A new shopper", "shop", [], { status: 201, answer: closed({ token: text() }), headers: SESSION }],
  ["post /demo/carts", "createCart", "A new cart", "shop", SHOPPER, { body: ref("CartInput"), example: cart, status: 201, answer: ref("Cart"), refusals: { ...INVALID, ...NOT_JSON, 429: ["REQUEST_LIMIT_EXCEEDED"] } }],
  ["put /demo/carts/{cartId}", "updateCart", "Changes a cart", "shop", SHOPPER, { parameters: [inPath("cartId", "A cart of the shopper's.")], body: ref("CartInput"), example: cart, answer: ref("Cart"), refusals: { ...INVALID, ...NOT_JSON, ...CLOSED_CART } }],
  [
    "post /commerce/webstores/{webstoreId}/checkouts",
    "startCheckout",
    "Starts the checkout of a cart; `active` names it from then on",
    "shop",
    SHOPPER,
    { parameters: [inPath("webstoreId", "The web store: 1 to 64 letters, digits, dots, dashes and underscores.")], body: closed({ cartId: text({ minLength: 1 }) }), example: { cartId: "cart_1" }, status: 201, answer: ref("StartedCheckout"), refusals: { ...INVALID, ...NOT_JSON, ...CLOSED_CART }, versioned: true },
  ],
  ["post /demo/recover", "recover", "Runs recovery now, without waiting for a back-off", "demo", BACK_OFFICE, { answer: closed({ resolved: count, unresolved: count }) }],
  ["get /demo/config", "readDemoConfig", "Which web store the demo's page uses, and who takes its payments", "demo", [], { answer: closed({ webstoreId: text(), apiVersion: text(), gateway: { enum: ["simulator", "stripe"] } }) }],
  ["get /demo/settings", "readDemoSettings", "The demo store's settings, for its page", "demo", SHOPPER, { parameters: [webstoreId], answer: ref("Settings") }],
  ["put /demo/settings", "writeDemoSettings", "Changes them: elsewhere this is the back office's", "demo", SHOPPER, { body: closed({ ...contract.components.schemas.Settings.properties, webstoreId: text() }, ["webstoreId"]), example: { releaseOrder: "release-first" }, answer: ref("Settings"), refusals: { ...INVALID, ...NOT_JSON } }],
  ["get /demo/books", "readDemoBooks", "The simulator's books of the shopper's own checkout", "demo", SHOPPER, { parameters: [query("checkoutId", true), webstoreId], answer: ref("Books"), refusals: { ...INVALID, 404: ["CHECKOUT_NOT_FOUND"] } }],
  ["post /demo/notify", "demoNotify", "Decides a pending payment of the shopper's own checkout", "demo", SHOPPER, { body: closed({ checkoutId: text({ minLength: 1 }), reference: text(), event: ref("Event") }), example: { checkoutId: "checkout_1", reference: "sim_1", event: "succeeded" }, answer: closed({ delivered: count }), refusals: { ...INVALID, ...NOT_JSON, 404: ["CHECKOUT_NOT_FOUND", "NOT_FOUND"] } }],
  ["post /simulator/payments", "simulatePayment", "A payment made outside, as a wallet does: its token is for PostAuth", "simulator", [...SHOPPER, ...BACK_OFFICE], { body: closed({ amount: ref("PositiveAmountInput"), currencyIsoCode: ref("Currency"), captured: { type: "boolean", default: false }, script: text() }, ["captured", "script"]), example: { amount: "129.90", currencyIsoCode: "USD" }, status: 201, answer: closed({ token: text() }), refusals: INVALID }],
  ["get /simulator/books", "readBooks", "Every payment that the simulator ever made for a group", "simulator", BACK_OFFICE, { parameters: [query("groupId", true)], answer: ref("Books"), refusals: INVALID }],
  ["post /simulator/notify", "simulateNotification", "Decides a pending payment, capture, reversal or refund, and sends the signed notification", "simulator", BACK_OFFICE, { body: closed({ reference: text(), event: ref("Event"), times: { type: "integer", minimum: 1, maximum: 100, default: 1 } }, ["times"]), example: { reference: "sim_1", event: "failed" }, answer: closed({ delivered: count, statuses: list({ type: "integer" }) }), refusals: { ...INVALID, 404: ["NOT_FOUND"] } }],
  ["get /healthz", "health", "Liveness: degraded when something could not be used when it was last needed", "demo", [], { answer: ref("Health") }],
];

function operation([, operationId, summary, tag, security, { parameters, body, example, status = 200, answer, headers, refusals = {} }]) {
  const shared = { 500: "Broken", 503: "Unavailable", ...(security.length > 0 ? { 401: "NoSession" } : {}), ...(WHO.has(security) ? { 403: WHO.get(security) } : {}) };
  return {
    operationId,
    summary,
    tags: [tag],
    security,
    ...(parameters === undefined ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: { "application/json": { schema: body, example } } } }),
    responses: {
      ...Object.fromEntries(Object.entries(shared).map(([code, name]) => [code, { $ref: `#/components/responses/${name}` }])),
      ...Object.fromEntries(Object.entries(refusals).map(([code, codes]) => [code, refused(code, codes)])),
      [status]: { description: "Done.", content: json(answer), ...(headers === undefined ? {} : { headers }) },
    },
  };
}

function refused(status, codes) {
  const entry = { ...ref("Refusal"), properties: { errorCode: { enum: codes } } };
  return { description: `${WORDS[status]} ${codes.map((code) => `\`${code}\``).join(", ")}.`, content: json(list(entry, { minItems: 1 })) };
}

function paths() {
  const own = {};
  for (const route of ROUTES) {
    const [method, path] = route[0].split(" ");
    own[path] = { ...own[path], [method]: operation(route), ...(route[5].versioned ? {} : { servers: [{ url: "/" }] }) };
  }
  return own;
}

// The page's browser keeps the shopper's session in a cookie.
function withCookie(item) {
  const entries = Object.entries(item).map(([method, found]) => {
    const isShoppers = found.security?.some((way) => "shopper" in way);
    return [method, isShoppers ? { ...found, security: [...found.security, { cookie: [] }] } : found];
  });
  return Object.fromEntries(entries);
}

/** The document. */
export const openapi = {
  ...contract,
  info: { ...contract.info, title: "checkout-payments: the demo store", summary: "The package's interface, a small shop and a simulated gateway around it." },
  tags: [...contract.tags, { name: "shop", description: "Sessions, carts and checkouts, which a real store has already." }, { name: "simulator", description: "The gateway's own side." }, { name: "demo", description: "For the demo's page and its operator." }],
  paths: { ...Object.fromEntries(Object.entries(contract.paths).map(([path, item]) => [path, withCookie(item)])), ...paths() },
  components: {
    ...contract.components,
    securitySchemes: {
      shopper: { ...contract.components.securitySchemes.shopper, description: "The token of POST /demo/sessions." },
      cookie: { type: "apiKey", in: "cookie", name: "session", description: "The same, as the page's browser keeps it." },
      backOffice: { ...contract.components.securitySchemes.backOffice, description: "PAYMENTS_API_TOKEN." },
    },
    schemas: { ...contract.components.schemas, ...schemas },
  },
};
