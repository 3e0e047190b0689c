// The part of Stripe that the adapter uses, in this process, for what localstripe has not: idempotency keys that are kept for 24 hours and
// replay what they had, a search that lags, setup for later use, refusals of what does not fit, and webhooks on demand.

const DAY_MS = 24 * 3_600_000;
const SEARCH_LAG_MS = 60_000;

// Stripe's test payment methods, and two statuses that no card of it has
const DECLINED = {
  pm_card_chargeCustomerFail: { code: "card_declined", decline_code: "generic_decline" },
  pm_card_visa_chargeDeclinedStolenCard: { code: "card_declined", decline_code: "stolen_card" },
  pm_card_chargeDeclinedIncorrectCvc: { code: "incorrect_cvc", decline_code: "incorrect_cvc" },
};
const STATUS = { pm_card_authenticationRequired: "requires_action", pm_card_pending: "processing" };
const KNOWN = new Set(["pm_card_visa", ...Object.keys(DECLINED), ...Object.keys(STATUS)]);

class Refused extends Error {
  constructor(status, error) {
    super();
    Object.assign(this, { status, body: { error: { type: "invalid_request_error", message: "It does not fit.", ...error } } });
  }
}

/** A Stripe of its own. */
export function createStripeEmulator() {
  let ids = 0;
  let moved = 0;
  const now = () => Date.now() + moved;
  const id = (prefix) => `${prefix}_${String(++ids).padStart(4, "x")}`;
  const intents = new Map();
  const refunds = new Map();
  const setups = new Map();
  const methods = new Map();
  const keys = new Map();

  const metadataOf = (form) => Object.fromEntries([...form].flatMap(([name, value]) => (/^metadata\[(.+)\]$/.test(name) ? [[name.slice(9, -1), value]] : [])));
  const of = (map, key) => map.get(key) ?? fail(404, { code: "resource_missing", message: `No such object: '${key}'` });
  const fail = (status, error) => {
    throw new Refused(status, error);
  };
  const page = (objects, url) => {
    const { searchParams } = url;
    const since = Number(searchParams.get("created[gte]") ?? 0);
    const all = objects.filter(({ created }) => created >= since).reverse();
    const from = searchParams.has("starting_after") ? all.findIndex((each) => each.id === searchParams.get("starting_after")) + 1 : 0;
    const limit = Number(searchParams.get("limit") ?? 10);
    return { object: "list", data: all.slice(from, from + limit), has_more: all.length > from + limit };
  };

  function method(token) {
    if (methods.has(token)) return methods.get(token);
    if (!KNOWN.has(token)) fail(404, { code: "resource_missing", message: `No such PaymentMethod: '${token}'` });
    const made = { id: id("pm"), object: "payment_method", type: "card", behaves: token, customer: null, card: { brand: "visa", last4: "4242", exp_month: 12, exp_year: 2034, fingerprint: `fp_${[...KNOWN].indexOf(token)}` } };
    methods.set(made.id, made);
    return made;
  }

  function create(form) {
    const source = method(form.get("payment_method"));
    const amount = Number(form.get("amount"));
    if (!(amount > 0)) fail(400, { code: "parameter_invalid_integer" });
    const made = {
      id: id("pi"),
      object: "payment_intent",
      created: Math.floor(now() / 1000),
      livemode: false,
      amount,
      amount_capturable: 0,
      amount_received: 0,
      capture_method: form.get("capture_method") ?? "automatic",
      currency: form.get("currency"),
      client_secret: undefined,
      customer: form.get("customer"),
      setup_future_usage: form.get("setup_future_usage"),
      metadata: metadataOf(form),
      payment_method: source,
      latest_charge: null,
      next_action: null,
      last_payment_error: null,
      cancellation_reason: null,
    };
    made.client_secret = `${made.id}_secret_x`;
    intents.set(made.id, made);
    const error = DECLINED[source.behaves];
    if (error !== undefined) {
      Object.assign(made, { status: "requires_payment_method", last_payment_error: { type: "card_error", message: "Your card was declined.", ...error } });
      fail(402, { ...made.last_payment_error, payment_intent: made });
    }
    made.status = STATUS[source.behaves] ?? "requires_confirmation";
    if (made.status === "requires_action") made.next_action = { type: "use_stripe_sdk" };
    if (made.status === "requires_confirmation") pay(made);
    return made;
  }

  function pay(intent) {
    intent.next_action = null;
    intent.latest_charge = { id: id("ch"), object: "charge", amount_refunded: 0, captured: intent.capture_method !== "manual" };
    if (intent.setup_future_usage === "off_session") intent.payment_method.customer = intent.customer;
    if (intent.capture_method === "manual") return Object.assign(intent, { status: "requires_capture", amount_capturable: intent.amount });
    return Object.assign(intent, { status: "succeeded", amount_received: intent.amount });
  }

  function capture(intent, form) {
    const amount = Number(form.get("amount_to_capture") ?? intent.amount_capturable);
    if (intent.status !== "requires_capture") fail(400, { code: "payment_intent_unexpected_state", payment_intent: intent });
    if (amount > intent.amount_capturable) fail(400, { code: "amount_too_large" });
    Object.assign(intent.metadata, metadataOf(form));
    intent.latest_charge.captured = true;
    return Object.assign(intent, { status: "succeeded", amount_received: amount, amount_capturable: 0 });
  }

  function cancel(intent) {
    if (["canceled", "succeeded", "processing"].includes(intent.status)) fail(400, { code: "payment_intent_unexpected_state", payment_intent: intent });
    return Object.assign(intent, { status: "canceled", amount_capturable: 0, next_action: null });
  }

  function giveBack(form) {
    const intent = of(intents, form.get("payment_intent"));
    const amount = Number(form.get("amount") ?? intent.amount_received);
    const left = intent.amount_received - refundedOf(intent.id);
    if (intent.status !== "succeeded" || left === 0) fail(400, { code: "charge_already_refunded" });
    if (amount > left) fail(400, { code: "amount_too_large" });
    const made = { id: id("re"), object: "refund", created: Math.floor(now() / 1000), amount, currency: intent.currency, payment_intent: intent.id, status: "succeeded", metadata: metadataOf(form) };
    refunds.set(made.id, made);
    intent.latest_charge.amount_refunded += amount;
    return made;
  }

  function confirmSetup(setup, form) {
    const source = method(form.get("payment_method"));
    const error = DECLINED[source.behaves];
    if (error !== undefined) {
      setup.last_setup_error = { type: "card_error", ...error };
      fail(402, { ...setup.last_setup_error, setup_intent: setup });
    }
    source.customer = setup.customer;
    return Object.assign(setup, { status: "succeeded", payment_method: source });
  }

  const refundedOf = (intentId) => [...refunds.values()].filter((each) => each.payment_intent === intentId).reduce((sum, { amount }) => sum + amount, 0);

  function route(httpMethod, url, form) {
    const [, , kind, target, action] = url.pathname.split("/");
    const name = `${httpMethod} ${kind}${target === undefined ? "" : target === "search" ? "/search" : "/id"}${action === undefined ? "" : `/${action}`}`;
    const created = (map, made) => (map.set(made.id, made), made);
    switch (name) {
      case "POST payment_intents": return create(form);
      case "GET payment_intents": return page([...intents.values()], url);
      case "GET payment_intents/search": {
        const wanted = /metadata\['our_reference'\]:'([^']*)'/.exec(url.searchParams.get("query"))?.[1];
        const found = [...intents.values()].filter(({ metadata, created: at }) => metadata.our_reference === wanted && at * 1000 < now() - SEARCH_LAG_MS);
        return { object: "search_result", data: found, has_more: false };
      }
      case "GET payment_intents/id": return of(intents, target);
      case "POST payment_intents/id": return void Object.assign(of(intents, target).metadata, metadataOf(form)) ?? of(intents, target);
      case "POST payment_intents/id/capture": return capture(of(intents, target), form);
      case "POST payment_intents/id/cancel": return cancel(of(intents, target));
      case "POST refunds": return giveBack(form);
      case "GET refunds": return page([...refunds.values()].filter((each) => each.payment_intent === url.searchParams.get("payment_intent")), url);
      case "GET refunds/id": return of(refunds, target);
      case "POST customers": return { id: id("cus"), object: "customer", metadata: metadataOf(form) };
      case "POST setup_intents": return created(setups, { id: id("seti"), object: "setup_intent", created: Math.floor(now() / 1000), status: "requires_payment_method", customer: form.get("customer"), metadata: metadataOf(form), payment_method: null, last_setup_error: null });
      case "GET setup_intents": return page([...setups.values()], url);
      case "GET setup_intents/id": return of(setups, target);
      case "POST setup_intents/id/confirm": return confirmSetup(of(setups, target), form);
      default: return fail(404, { message: `Unrecognized request URL (${httpMethod}: ${url.pathname})` });
    }
  }

  async function handle(request) {
    const url = new URL(request.url);
    const text = await request.text();
    const key = request.headers.get("idempotency-key");
    const fingerprint = `${url.pathname} ${text}`;
    const known = key === null || request.method === "GET" ? undefined : keys.get(key);
    if (known !== undefined && now() - known.at < DAY_MS) {
      if (known.fingerprint !== fingerprint) return answer(400, { error: { type: "idempotency_error", message: "Keys for idempotent requests can only be used with the same parameters." } });
      return answer(known.status, known.text, { "idempotent-replayed": "true" });
    }
    let [status, body] = [200, undefined];
    try {
      body = route(request.method, url, new URLSearchParams(text));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      ({ status, body } = error);
    }
    const said = JSON.stringify(body);
    // what failed validation was not begun, and its key stays free
    if (key !== null && (status === 200 || status === 402)) keys.set(key, { at: now(), fingerprint, status, text: said });
    return answer(status, said);
  }

  return {
    fetch: async (input, init) => handle(new Request(input, init)),
    intents,
    intent: (reference) => of(intents, reference),
    refundedOf,
    outside: (form) => create(new URLSearchParams({ payment_method: "pm_card_visa", ...form })),
    /** The shopper has answered the bank. */
    authenticate: (reference) => void pay(of(intents, reference)),
    /** The bank decides what is processing. */
    decide(reference, event) {
      const intent = of(intents, reference);
      if (intent.status === "processing" && event === "succeeded") pay(intent);
      if (intent.status === "processing" && event === "failed") Object.assign(intent, { status: "requires_payment_method", last_payment_error: { code: "payment_intent_payment_attempt_failed", message: "It failed." } });
      return intent;
    },
    advance: (ms) => {
      moved += ms;
    },
  };
}

function answer(status, body, headers) {
  return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
}
