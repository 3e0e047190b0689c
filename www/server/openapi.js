/** The HTTP contract of this server, OpenAPI 3.1, written by hand (`GET /openapi.json`). */
import { paymentMethodPaths } from "./openapi-payment-methods.js";

const text = (more = {}) => ({ type: "string", ...more });
const list = (items, more = {}) => ({ type: "array", items, ...more });
const object = (properties, required = [], more = {}) => ({ type: "object", properties, ...(required.length > 0 ? { required } : {}), ...more });
const closed = (properties, required = []) => object(properties, required, { additionalProperties: false });
const ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const amount = { type: "number", minimum: 0, description: "Decimal, printed exactly, with the currency's decimals." };
const givenAmount = { oneOf: [{ type: "number", minimum: 0 }, text({ pattern: "^(0|[1-9][0-9]*)(\\.[0-9]+)?$" })], description: "A JSON number or decimal text." };
const moment = text({ format: "date-time" });
const currency = text({ pattern: "^[A-Z]{3}$", description: "ISO 4217 code of a currency in use." });

const json = (schema) => ({ "application/json": { schema } });
const xml = (schema) => ({ "application/json": { schema }, "application/xml": { schema } });
const answer = (description, content) => ({ description, ...(content === undefined ? {} : { content }) });
const refused = (description) => answer(description, json(ref("Errors")));

const SHOPPER = [{ shopper: [] }, { cookie: [] }];
const BACK_OFFICE = [{ backOffice: [] }];
const UNAUTHORIZED = { 401: refused("No session, or it has ended.") };
const FORBIDDEN = { 403: refused("For the other side: shopper or back office.") };
const NO_CHECKOUT = { 404: refused("`CHECKOUT_NOT_FOUND`: no such checkout, another shopper's, or closed. `NOT_FOUND`: no such address or version.") };
const UNAVAILABLE = { 503: refused("The store can't be used at the moment. Repeat with the same idempotency key.") };

const webstoreId = { name: "webstoreId", in: "path", required: true, schema: text() };
const checkoutId = { name: "activeOrCheckoutId", in: "path", required: true, schema: text(), description: "A checkout's id, or `active`." };
const keyHeader = (name) => ({
  name,
  in: "header",
  required: false,
  schema: text({ minLength: 1, maxLength: 255 }),
  description: "The idempotency key; under either name, and if under both the same. Kept for 25 hours after its last call.",
});

const payments = {
  get: {
    operationId: "readPayments",
    summary: "The payments of a checkout, and what was done to them",
    tags: ["checkout payments"],
    security: [...SHOPPER, ...BACK_OFFICE],
    parameters: [webstoreId, checkoutId],
    responses: { 200: answer("The records.", json(ref("Payments"))), ...UNAUTHORIZED, ...NO_CHECKOUT, ...UNAVAILABLE },
  },
  post: {
    operationId: "postCheckoutPayment",
    summary: "Pays for a checkout, or changes its payment",
    description: "From 63.0 on a second request deals with the first payment: an authorization is reversed, a capture refunded; from 64.0 on a purchase order's number is replaced. Amount and currency are the checkout's.",
    tags: ["checkout payments"],
    security: SHOPPER,
    parameters: [webstoreId, checkoutId, keyHeader("Idempotency-Key"), keyHeader("sfdc-Payments-Idempotency-Key")],
    requestBody: { required: true, content: { ...xml(ref("CheckoutPaymentInput")), "text/xml": { schema: ref("CheckoutPaymentInput") } } },
    responses: {
      201: answer("Paid.", xml(ref("CheckoutPayment"))),
      202: answer("Something is due first: the shopper's challenge, or the gateway's notification.", xml(ref("CheckoutPayment"))),
      400: refused("Malformed; the message says where. Also: more than 64 KiB, a wrong idempotency key."),
      ...UNAUTHORIZED,
      ...FORBIDDEN,
      ...NO_CHECKOUT,
      409: refused("`CHECKOUT_CONFLICT`: another request for this checkout is under way. Try again."),
      415: refused("Not JSON, not XML, or not UTF-8."),
      422: answer("Not paid: declined, invalid, not sent, or not known yet.", xml(ref("CheckoutPayment"))),
      ...UNAVAILABLE,
    },
  },
};

const explanation = {
  get: {
    operationId: "explainPayments",
    summary: "What was decided for a checkout, by which rule, on what evidence, and what will happen next",
    tags: ["checkout payments"],
    security: [...SHOPPER, ...BACK_OFFICE],
    parameters: [webstoreId, checkoutId],
    responses: { 200: answer("In plain sentences.", json(ref("Explanation"))), ...UNAUTHORIZED, ...NO_CHECKOUT, ...UNAVAILABLE },
  },
};

const unresolved = {
  get: {
    operationId: "listUnresolved",
    summary: "What is unresolved in a web store: since when, what was tried, what comes next",
    tags: ["back office"],
    security: BACK_OFFICE,
    parameters: [webstoreId, { name: "limit", in: "query", required: false, schema: { type: "integer", minimum: 1, maximum: 1000, default: 100 }, description: "At most so many checkouts." }],
    responses: { 200: answer("The checkouts, the one that recovery comes to first in front.", json(ref("UnresolvedGroups"))), 400: refused("`limit` is no number from 1 to 1000."), ...UNAUTHORIZED, ...FORBIDDEN, ...UNAVAILABLE },
  },
};

const orders = {
  post: {
    operationId: "placeOrder",
    summary: "Places the order; a repeat gives the same number",
    tags: ["checkout payments"],
    security: SHOPPER,
    parameters: [webstoreId, checkoutId],
    responses: {
      201: answer("Placed.", json(object({ orderReferenceNumber: text({ pattern: "^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$" }), errors: list(ref("CheckoutError")) }, ["orderReferenceNumber"]))),
      ...UNAUTHORIZED,
      ...FORBIDDEN,
      ...NO_CHECKOUT,
      409: refused("A payment is under way. Try again."),
      422: answer("The payment is not the cart's total.", json(ref("OrderRefusal"))),
      ...UNAVAILABLE,
    },
  },
};

const settings = {
  get: {
    operationId: "readSettings",
    summary: "A web store's settings",
    tags: ["back office"],
    security: BACK_OFFICE,
    parameters: [webstoreId],
    responses: { 200: answer("The settings.", json(ref("Settings"))), ...UNAUTHORIZED, ...FORBIDDEN, ...UNAVAILABLE },
  },
  put: {
    operationId: "writeSettings",
    summary: "Changes a web store's settings",
    tags: ["back office"],
    security: BACK_OFFICE,
    parameters: [webstoreId],
    requestBody: { required: true, content: json(ref("Settings")) },
    responses: { 200: answer("The settings.", json(ref("Settings"))), 400: refused("Names the field."), ...UNAUTHORIZED, ...FORBIDDEN, 415: refused("Not JSON."), ...UNAVAILABLE },
  },
};

const NO_RECORD = { 404: refused("`NOT_FOUND`: no such record, or a version before 64.0.") };
const CHANGED = { 415: refused("Not JSON."), 422: refused("Understood and not carried out: `errorCode` says why, `fields` where."), ...UNAVAILABLE };
const idParameter = (name) => ({ name, in: "path", required: true, schema: text() });
const remarks = { comments: text({ maxLength: 1000 }), effectiveDate: text({ description: "A day, or a time with its offset from UTC." }) };
const givenPositive = { description: "Greater than zero, with no more decimals than the currency has.", ...givenAmount };

const change = (operationId, summary, parameters, body, ok, content, bodyRequired = true) => ({
  operationId,
  summary,
  tags: ["back office"],
  security: BACK_OFFICE,
  parameters: [...parameters.map(idParameter), { name: "Idempotency-Key", in: "header", schema: text({ maxLength: 255 }) }],
  requestBody: { required: bodyRequired, content: json(body) },
  responses: { [ok]: answer("Done.", json(content)), 400: refused("Malformed, or an id that names nothing; `fields` names the member."), ...UNAUTHORIZED, ...FORBIDDEN, ...NO_RECORD, ...CHANGED },
});
const appliedLine = object({ id: text(), appliedDate: moment }, ["id", "appliedDate"]);
const moveInvoice = (operationId, summary) => ({ post: change(operationId, summary, ["invoiceId"], closed({}), 200, ref("Invoice"), false) });

const ledger = {
  "/commerce/billing/payments/{paymentId}/actions/apply": {
    post: change("applyPayment", "Applies a payment to an invoice or to one of its lines", ["paymentId"], closed({ appliedToId: text(), amount: givenPositive, associatedAccountId: text({ maxLength: 255 }), ...remarks }, ["appliedToId", "amount"]), 201, appliedLine),
  },
  "/commerce/billing/payments/{paymentId}/paymentlines/{paymentLineId}/actions/unapply": {
    post: change("unapplyPayment", "Takes the application of a payment back", ["paymentId", "paymentLineId"], closed(remarks), 201, object({ id: text(), unappliedDate: moment }, ["id", "unappliedDate"]), false),
  },
  "/commerce/billing/refunds/{refundId}/actions/apply": {
    post: change("applyRefund", "Enters a refund at the payment that it gives back", ["refundId"], closed({ appliedToId: text(), amount: givenPositive, ...remarks }, ["appliedToId", "amount"]), 201, appliedLine),
  },
  "/commerce/invoicing/invoices": { post: withKnown(change("ingestInvoice", "Takes an invoice in, as a draft or posted", [], ref("InvoiceInput"), 201, ref("Invoice"))) },
  "/commerce/invoicing/invoices/{invoiceId}": {
    get: {
      operationId: "readInvoice",
      summary: "An invoice with its lines and its settlement",
      tags: ["back office"],
      security: BACK_OFFICE,
      parameters: [idParameter("invoiceId")],
      responses: { 200: answer("The invoice.", json(ref("Invoice"))), ...UNAUTHORIZED, ...FORBIDDEN, ...NO_RECORD, ...UNAVAILABLE },
    },
  },
  "/commerce/invoicing/invoices/{invoiceId}/actions/post": moveInvoice("postInvoice", "Posts an invoice: from now on it is owed"),
  "/commerce/invoicing/invoices/{invoiceId}/actions/void": moveInvoice("voidInvoice", "Voids a posted invoice that nothing is applied to"),
  "/commerce/invoicing/invoices/{invoiceId}/actions/cancel": moveInvoice("cancelInvoice", "Cancels a draft"),
};

function withKnown(operation) {
  return { ...operation, responses: { 200: answer("An invoice of this `uniqueIdentifier` and content is there already.", json(ref("Invoice"))), ...operation.responses } };
}

const notify = {
  post: {
    operationId: "notify",
    summary: "Takes a gateway's notification",
    description: "The gateway's signature over the raw bytes is the proof; repeats, other orders and unknown references do no harm.",
    tags: ["gateway"],
    security: [],
    parameters: [{ name: "provider", in: "query", required: true, schema: text() }],
    requestBody: { required: true, content: { "*/*": { schema: {} } } },
    responses: { 200: answer("Taken."), 400: refused("More than 64 KiB."), 401: refused("The signature is not the gateway's."), 404: refused("No such gateway."), ...UNAVAILABLE },
  },
};

const checkouts = {
  post: {
    operationId: "startCheckout",
    summary: "Starts the checkout of a cart; `active` names it from then on",
    tags: ["shop"],
    security: SHOPPER,
    parameters: [webstoreId],
    requestBody: { required: true, content: json(closed({ cartId: text() }, ["cartId"])) },
    responses: {
      201: answer("Started.", json(object({ checkoutId: text(), webstoreId: text(), currencyIsoCode: currency, grandTotalAmount: amount }, ["checkoutId"]))),
      400: refused("Names the field."),
      ...UNAUTHORIZED,
      ...FORBIDDEN,
      404: refused("`CART_NOT_FOUND`, or `CART_CLOSED`: the order has been placed."),
      415: refused("Not JSON."),
    },
  },
};

const cartAnswer = json(object({ cartId: text(), currencyIsoCode: currency, grandTotalAmount: amount }, ["cartId", "grandTotalAmount"]));
const cartInput = { required: true, content: json(ref("Cart")) };

const methods = paymentMethodPaths({ text, object, closed, list, ref, json, answer, refused, BACK_OFFICE, UNAUTHORIZED, FORBIDDEN, UNAVAILABLE, keyHeader });

// The resources below have the prefix /services/data/v{version} or none.
const versioned = {
  "/commerce/webstores/{webstoreId}/checkouts": checkouts,
  "/commerce/webstores/{webstoreId}/checkouts/{activeOrCheckoutId}/payments": payments,
  "/commerce/webstores/{webstoreId}/checkouts/{activeOrCheckoutId}/payments/explain": explanation,
  "/commerce/webstores/{webstoreId}/checkouts/{activeOrCheckoutId}/orders": orders,
  "/commerce/webstores/{webstoreId}/payments/unresolved": unresolved,
  "/commerce/webstores/{webstoreId}/settings": settings,
  "/commerce/payments/notify": notify,
  ...methods.paths,
  ...ledger,
};

// Reading the records: there with a version only.
const reading = (operationId, summary, parameters, content, more = {}) => ({
  get: {
    operationId,
    summary,
    tags: ["records"],
    security: BACK_OFFICE,
    parameters: [{ name: "version", in: "path", required: true, schema: text({ pattern: "^(5[5-9]|6[0-7])\\.0$" }) }, ...parameters],
    responses: { 200: answer("What was asked for.", json(content)), 400: refused("`MALFORMED_QUERY`, `INVALID_FIELD`, `INVALID_TYPE`, `MALFORMED_ID`, `INVALID_QUERY_LOCATOR` and the like."), ...UNAUTHORIZED, ...FORBIDDEN, 404: refused("`NOT_FOUND`: no such object, record or version."), 501: refused("The store can't be queried."), ...UNAVAILABLE, ...more },
  },
});
const inPath = (name) => ({ name, in: "path", required: true, schema: text() });
const records = {
  "/services/data": { get: { operationId: "listVersions", summary: "The versions", tags: ["records"], security: [], responses: { 200: answer("The oldest first.", json(list(object({ label: text(), url: text(), version: text() }, ["label", "url", "version"])))) } } },
  "/services/data/v{version}": reading("listResources", "The addresses for reading the records", [], object({ query: text(), sobjects: text() }, ["query", "sobjects"])),
  "/services/data/v{version}/sobjects": reading("listObjects", "The objects", [], object({ sobjects: list(object({ name: text() }, ["name"])) }, ["sobjects"])),
  "/services/data/v{version}/sobjects/{object}": reading("readObject", "One object, and its newest records", [inPath("object")], object({ objectDescribe: { type: "object" }, recentItems: list(ref("Record")) }, ["objectDescribe", "recentItems"])),
  "/services/data/v{version}/sobjects/{object}/describe": reading("describeObject", "One object with its fields", [inPath("object")], object({ name: text(), fields: list(object({ name: text(), type: text() }, ["name", "type"])) }, ["name", "fields"])),
  "/services/data/v{version}/sobjects/{object}/{id}": reading("readRecord", "One record", [inPath("object"), inPath("id"), { name: "fields", in: "query", required: false, schema: text(), description: "Names with commas between; all when absent." }], ref("Record")),
  "/services/data/v{version}/query": reading("query", "The records that a query asks for (docs/records.md)", [{ name: "q", in: "query", required: true, schema: text({ maxLength: 20_000 }) }, { name: "Sforce-Query-Options", in: "header", required: false, schema: text(), description: "`batchSize=200` to `2000`." }], ref("QueryResult")),
  "/services/data/v{version}/query/{locator}": reading("queryMore", "The next page", [inPath("locator")], ref("QueryResult")),
};

/** The document. */
export const openapi = {
  openapi: "3.1.0",
  info: {
    title: "checkout-payments: the demo store",
    version: "67.0",
    license: { name: "Apache-2.0 OR MIT" },
    description: "Checkout payments of a web store, and the small shop and the simulated gateway around them. Without a version in the address: 67.0.",
  },
  tags: ["checkout payments", "records", "shop", "back office", "payment methods", "gateway", "simulator", "demo page", "service"].map((name) => ({ name })),
  paths: {
    ...versioned,
    ...Object.fromEntries(Object.entries(versioned).map(([path, item]) => [`/services/data/v{version}${path}`, withVersion(item)])),
    ...records,
    "/demo/sessions": {
      post: {
        operationId: "createSession",
        summary: "A new shopper",
        tags: ["shop"],
        security: [],
        responses: { 201: { ...answer("The session, and the same as a cookie.", json(object({ token: text() }, ["token"]))), headers: { "set-cookie": { schema: text() } } }, ...UNAVAILABLE },
      },
    },
    "/demo/carts": {
      post: {
        operationId: "createCart",
        summary: "A new cart",
        tags: ["shop"],
        security: SHOPPER,
        requestBody: cartInput,
        responses: { 201: answer("Made.", cartAnswer), 400: refused("Names the field."), ...UNAUTHORIZED, ...FORBIDDEN, 415: refused("Not JSON."), 429: refused("Too many carts.") },
      },
    },
    "/demo/carts/{cartId}": {
      put: {
        operationId: "updateCart",
        summary: "Changes a cart",
        tags: ["shop"],
        security: SHOPPER,
        parameters: [{ name: "cartId", in: "path", required: true, schema: text() }],
        requestBody: cartInput,
        responses: {
          200: answer("Changed.", cartAnswer),
          400: refused("Names the field."),
          ...UNAUTHORIZED,
          ...FORBIDDEN,
          404: refused("`CART_NOT_FOUND`, or `CART_CLOSED`: its order has been placed."),
          415: refused("Not JSON."),
        },
      },
    },
    "/demo/recover": {
      post: {
        operationId: "recover",
        summary: "Runs recovery now, without waiting for a back-off",
        tags: ["back office"],
        security: BACK_OFFICE,
        responses: { 200: answer("In groups.", json(object({ resolved: { type: "integer" }, unresolved: { type: "integer" } }, ["resolved", "unresolved"]))), ...UNAUTHORIZED, ...FORBIDDEN, ...UNAVAILABLE },
      },
    },
    "/demo/config": {
      get: { operationId: "readDemoConfig", summary: "Which web store the demo page uses", tags: ["demo page"], security: [], responses: { 200: answer("The names.", json(object({ webstoreId: text(), apiVersion: text() }, ["webstoreId", "apiVersion"]))) } },
    },
    "/demo/settings": {
      get: { operationId: "readDemoSettings", summary: "The demo store's settings, for its page only", tags: ["demo page"], security: SHOPPER, parameters: [webstoreQuery()], responses: { 200: answer("The settings.", json(ref("Settings"))), ...UNAUTHORIZED, ...FORBIDDEN } },
      put: {
        operationId: "writeDemoSettings",
        summary: "Changes the demo store's settings, for its page only: elsewhere this is the back office's",
        tags: ["demo page"],
        security: SHOPPER,
        requestBody: { required: true, content: json(closed({ ...settingsProperties(), webstoreId: text() }, ["releaseOrder"])) },
        responses: { 200: answer("The settings.", json(ref("Settings"))), 400: refused("Names the field."), ...UNAUTHORIZED, ...FORBIDDEN, 415: refused("Not JSON.") },
      },
    },
    "/demo/books": {
      get: {
        operationId: "readDemoBooks",
        summary: "The simulator's books of the shopper's own checkout, for the demo page only",
        tags: ["demo page"],
        security: SHOPPER,
        parameters: [{ name: "checkoutId", in: "query", required: true, schema: text() }, webstoreQuery()],
        responses: { 200: answer("The books.", json(ref("Books"))), 400: refused("No checkout named."), ...UNAUTHORIZED, ...FORBIDDEN, 404: refused("`CHECKOUT_NOT_FOUND`.") },
      },
    },
    "/demo/notify": {
      post: {
        operationId: "demoNotify",
        summary: "Decides a pending payment of the shopper's own checkout, for the demo page only",
        tags: ["demo page"],
        security: SHOPPER,
        requestBody: { required: true, content: json(closed({ checkoutId: text(), reference: text(), event: ref("Event") }, ["checkoutId", "reference", "event"])) },
        responses: { 200: answer("Sent.", json(object({ delivered: { type: "integer" } }))), 400: refused("Names the field."), ...UNAUTHORIZED, ...FORBIDDEN, 404: refused("Not of this checkout."), 415: refused("Not JSON.") },
      },
    },
    "/simulator/payments": {
      post: {
        operationId: "simulatePayment",
        summary: "A payment made outside, as a wallet does: its token is for PostAuth",
        tags: ["simulator"],
        security: [...SHOPPER, ...BACK_OFFICE],
        requestBody: { required: true, content: json(closed({ amount: givenAmount, currencyIsoCode: currency, captured: { type: "boolean", default: false }, script: text() }, ["amount", "currencyIsoCode"])) },
        responses: { 201: answer("Made.", json(object({ token: text() }, ["token"]))), 400: refused("Names the field."), ...UNAUTHORIZED },
      },
    },
    "/simulator/books": {
      get: {
        operationId: "readBooks",
        summary: "Every payment the simulator ever made for a group",
        tags: ["simulator"],
        security: BACK_OFFICE,
        parameters: [{ name: "groupId", in: "query", required: true, schema: text() }],
        responses: { 200: answer("The books.", json(ref("Books"))), 400: refused("No group named."), ...UNAUTHORIZED, ...FORBIDDEN },
      },
    },
    "/simulator/notify": {
      post: {
        operationId: "simulateNotification",
        summary: "Decides a pending payment, capture, reversal or refund, and sends the signed notification",
        tags: ["simulator"],
        security: BACK_OFFICE,
        requestBody: { required: true, content: json(closed({ reference: text(), event: ref("Event"), times: { type: "integer", minimum: 1, maximum: 100, default: 1 } }, ["reference", "event"])) },
        responses: { 200: answer("Sent.", json(object({ delivered: { type: "integer" }, statuses: list({ type: "integer" }) }))), 400: refused("Names the field."), ...UNAUTHORIZED, ...FORBIDDEN, 404: refused("Unknown reference.") },
      },
    },
    "/healthz": { get: { operationId: "health", summary: "Liveness", tags: ["service"], security: [], responses: { 200: answer("Alive; degraded when something could not be used when it was last needed.", json(ref("Health"))) } } },
    "/openapi.json": { get: { operationId: "readContract", summary: "This document", tags: ["service"], security: [], responses: { 200: answer("OpenAPI 3.1.", json({ type: "object" })) } } },
  },
  components: {
    securitySchemes: {
      shopper: { type: "http", scheme: "bearer", description: "The token of POST /demo/sessions." },
      cookie: { type: "apiKey", in: "cookie", name: "session", description: "The same, as the page's browser keeps it." },
      backOffice: { type: "http", scheme: "bearer", description: "PAYMENTS_API_TOKEN." },
    },
    schemas: {
      ...methods.schemas,
      Errors: list(object({ errorCode: text(), message: text(), fields: list(text()) }, ["errorCode", "message"]), { minItems: 1 }),
      InvoiceInput: closed(
        {
          status: { enum: ["Draft", "Posted"], default: "Draft" },
          uniqueIdentifier: text({ maxLength: 255, description: "The same invoice again is answered by the one there is." }),
          billingAccountId: text({ maxLength: 255 }),
          currencyIsoCode: currency,
          invoiceDate: text({ description: "A day; today when it is left out." }),
          dueDate: text({ description: "A day." }),
          shouldExcludePayment: { type: "boolean", default: false },
          lines: list(
            closed(
              {
                type: { enum: ["Charge", "Adjustment", "Tax"], default: "Charge" },
                name: text({ maxLength: 255 }),
                productId: text({ maxLength: 255 }),
                quantity: givenAmount,
                unitPrice: givenAmount,
                lineAmount: givenAmount,
                taxAmount: givenAmount,
              },
              ["lineAmount"],
            ),
            { minItems: 1, maxItems: 500 },
          ),
        },
        ["currencyIsoCode", "lines"],
      ),
      Invoice: object(
        {
          id: text(),
          status: { enum: ["Draft", "Posted", "Voided", "Canceled"] },
          currencyIsoCode: currency,
          totalAmountWithTax: amount,
          balance: amount,
          netPaymentsApplied: amount,
          netCreditsApplied: amount,
          settlementStatus: { enum: ["Not Applicable", "Not Settled", "Partially Settled", "Settled"] },
          settlementLevel: { enum: ["Invoice", "InvoiceLine"] },
          fullSettlementDate: moment,
          postedDate: moment,
          lines: list(object({ id: text(), lineAmount: amount, taxAmount: amount, balance: amount, netPaymentsApplied: amount }, ["id", "lineAmount", "balance"])),
        },
        ["id", "status", "totalAmountWithTax", "balance", "settlementStatus", "lines"],
      ),
      Record: object({ attributes: object({ type: text(), url: text() }, ["type"]) }, ["attributes"]),
      QueryResult: object({ totalSize: { type: "integer", minimum: 0 }, done: { type: "boolean" }, nextRecordsUrl: text(), records: list(ref("Record")) }, ["totalSize", "done", "records"]),
      CheckoutPaymentInput: {
        ...closed(
          {
            requestType: { enum: ["Auth", "PostAuth", "SimplePurchaseOrder"] },
            paymentToken: text({ minLength: 1, maxLength: 255, description: "Auth: a saved card, wallet method or gateway token. PostAuth: the gateway's transaction. SimplePurchaseOrder: the purchase order number, at most 80 characters. Never a card number." }),
            billingAddress: ref("CheckoutAddressInput"),
            paymentsData: {
              oneOf: [
                { type: "object", maxProperties: 4, propertyNames: { maxLength: 255 }, additionalProperties: text({ maxLength: 255 }) },
                text({ description: "The same, as JSON in a text." }),
              ],
              description: "Not with SimplePurchaseOrder.",
            },
          },
          ["requestType", "paymentToken"],
        ),
        xml: { name: "checkoutPaymentInput" },
      },
      CheckoutAddressInput: closed(
        {
          name: text({ maxLength: 255 }),
          street: text({ maxLength: 255 }),
          country: text({ description: "ISO 3166 code." }),
          city: text({ maxLength: 40 }),
          region: text({ maxLength: 80 }),
          postalCode: text({ maxLength: 20 }),
          firstName: text({ maxLength: 80 }),
          lastName: text({ maxLength: 80 }),
          isDefault: { type: "boolean" },
          shipToPhoneNumber: text({ description: "Ignored." }),
        },
        ["name", "street", "country"],
      ),
      CheckoutPayment: object(
        {
          salesforceResultCode: { enum: ["Success", "Decline", "ValidationError", "SystemError", "RequiresReview"] },
          errors: list(ref("CheckoutError")),
          paymentData: text({ description: "JSON in a text: what the gateway's adapter hands to the page." }),
        },
        ["salesforceResultCode", "errors"],
        { xml: { name: "checkoutPayment" } },
      ),
      CheckoutError: object(
        { type: text(), title: text(), detail: text(), instance: text(), invalidParameters: list(object({ name: text(), detail: text() }, ["name", "detail"])) },
        ["type", "title", "detail"],
      ),
      OrderRefusal: object({ errors: list(ref("CheckoutError")), paidAmount: amount, grandTotalAmount: amount, waysOut: list({ enum: ["adjust", "payAgain", "reverse"] }) }, ["errors"]),
      Payments: object(
        {
          paymentGroup: object({ id: text() }, ["id"]),
          grandTotalAmount: amount,
          currencyIsoCode: currency,
          releaseOrder: { enum: ["release-first", "authorize-first"] },
          paymentAuthorizations: list(ref("PaymentRecord")),
          paymentAuthAdjustments: list(ref("PaymentRecord")),
          payments: list(ref("PaymentRecord")),
          refunds: list(ref("PaymentRecord")),
          purchaseOrder: object({ number: text(), replaced: list(text()) }, ["number", "replaced"]),
          operations: list(object({ id: text(), status: { enum: ["running", "waiting", "unresolved", "succeeded", "failed"] }, steps: list(object({ operation: text(), status: { enum: ["planned", "announced", "succeeded", "refused", "unknown", "waiting"] } }, ["operation", "status"])) }, ["id", "status", "steps"])),
          releasesOwed: list(object({ recordId: text(), operation: text(), amount, tries: { type: "integer" }, nextTryAt: text({ format: "date-time" }) }, ["operation", "amount", "tries", "nextTryAt"])),
          unresolved: list(ref("Unresolved")),
          livePayment: object({ type: { enum: ["Auth", "PostAuth", "SimplePurchaseOrder"] }, recordId: text() }, ["type"]),
        },
        ["paymentAuthorizations", "paymentAuthAdjustments", "payments", "refunds", "operations", "releasesOwed", "unresolved"],
      ),
      Unresolved: object(
        {
          why: { enum: ["unknown", "accepted", "owed", "abandoned"] },
          operationId: text(),
          releaseOwedId: text(),
          recordId: text(),
          operation: text(),
          amount,
          currencyIsoCode: currency,
          since: moment,
          tries: { type: "integer", minimum: 0 },
          lastTryAt: moment,
          heard: list(
            object(
              {
                at: moment,
                way: { enum: ["call", "repeat", "ourReference", "gatewayReference", "noWay", "notification"] },
                resultCode: { enum: ["Success", "Decline", "PermanentFail", "RequiresReview", "ValidationError", "SystemError", "Indeterminate"] },
                notFound: { type: "boolean" },
                replayed: { type: "boolean" },
                gatewayResultCode: text(),
                gatewayMessage: text(),
              },
              ["at", "way", "resultCode"],
            ),
            { maxItems: 8, description: "What was tried and heard, oldest first; the newest eight." },
          ),
          next: object({ at: moment, way: { enum: ["try", "repeat", "askByOurReference", "askByGatewayReference", "wait"] }, needsPerson: { type: "boolean" } }, ["at", "way"]),
        },
        ["why", "recordId", "operation", "amount", "currencyIsoCode", "since", "tries", "next"],
      ),
      UnresolvedGroups: object(
        {
          groups: list(object({ paymentGroupId: text(), webstoreId: text(), checkoutId: text(), unresolved: list(ref("Unresolved"), { minItems: 1 }) }, ["paymentGroupId", "webstoreId", "checkoutId", "unresolved"])),
          more: { type: "boolean", description: "There are more than were asked for." },
        },
        ["groups", "more"],
      ),
      Explanation: object(
        {
          now: list(text(), { minItems: 1, description: "What stands for the cart." }),
          operations: list(object({ id: text(), date: moment, status: text(), decided: text(), rule: text(), evidence: list(text()), result: text() }, ["id", "date", "status", "decided", "rule", "evidence", "result"])),
          next: list(object({ at: moment, text: text() }, ["text"])),
        },
        ["now", "operations", "next"],
      ),
      PaymentRecord: object({ id: text(), status: text(), amount, balance: amount, currencyIsoCode: currency }, ["id", "status", "amount"]),
      Settings: closed(settingsProperties(), ["releaseOrder"]),
      Cart: closed(
        {
          currencyIsoCode: currency,
          items: list(closed({ name: text({ minLength: 1, maxLength: 255 }), quantity: { type: "integer", minimum: 1, maximum: 9999 }, unitPrice: givenAmount }, ["name", "quantity", "unitPrice"]), { minItems: 1, maxItems: 100 }),
        },
        ["currencyIsoCode", "items"],
      ),
      Health: object(
        {
          status: { enum: ["ok", "degraded"] },
          outages: list(
            object(
              { part: { enum: ["reading", "writing", "checkouts", "sessions"] }, trouble: { enum: ["full", "read_only", "busy", "failed"] }, since: { type: "string", format: "date-time" } },
              ["part", "trouble", "since"],
            ),
          ),
        },
        ["status"],
      ),
      Books: object(
        {
          payments: list(
            object(
              {
                reference: text(),
                groupId: text(),
                operation: text(),
                state: { enum: ["live", "pending", "failed"] },
                currencyIsoCode: currency,
                authorized: amount,
                reversed: amount,
                captured: amount,
                refunded: amount,
                keys: list(text()),
              },
              ["reference", "groupId", "operation", "currencyIsoCode", "authorized", "reversed", "captured", "refunded", "keys"],
            ),
          ),
        },
        ["payments"],
      ),
      Event: { enum: ["succeeded", "failed"] },
    },
  },
};

function settingsProperties() {
  return { releaseOrder: { enum: ["release-first", "authorize-first"], description: "What comes first when a payment is changed." } };
}

function webstoreQuery() {
  return { name: "webstoreId", in: "query", required: false, schema: text() };
}

function withVersion(item) {
  const parameter = { name: "version", in: "path", required: true, schema: text({ pattern: "^(5[5-9]|6[0-7])\\.0$" }), example: "67.0" };
  return Object.fromEntries(
    Object.entries(item).map(([method, operation]) => [
      method,
      { ...operation, operationId: `${operation.operationId}Versioned`, parameters: [parameter, ...(operation.parameters ?? [])] },
    ]),
  );
}
