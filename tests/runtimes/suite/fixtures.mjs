// The cases of tests/fixtures/requests.json for both WebAssembly builds, on any runtime: nothing here is of Node alone. tests/fixtures.rs runs the
// same file natively, against the same expectations: so the page, the server in wasm and the server in Rust judge alike.

import { equal, ok } from "./expect.mjs";

/** The tests of `cases`, each a name and a function. `storefront` is `checkout-payments`, `core` is `checkout-payments/core`. */
export function fixtureTests({ cases }, { storefront, core }) {
  return [
    { name: "the fixtures are there", run: () => ok(cases.length >= 170, `${cases.length}`) },
    ...cases.flatMap((fixture) => {
      const body = bodyOf(fixture);
      const judged = typeof body === "string" && fixture.contentType === undefined;
      return [
        ...(judged ? [{ name: `validate: ${fixture.name}`, run: () => validates(fixture, body, storefront, core) }] : []),
        { name: `beginCheckoutPayment: ${fixture.name}`, run: () => begins(fixture, body, core) },
      ];
    }),
  ];
}

function validates(fixture, body, storefront, core) {
  const { expect } = fixture;
  const options = fixture.apiVersion === undefined ? {} : { apiVersion: fixture.apiVersion };
  const verdict = storefront.validate(body, options);
  const text = JSON.stringify(verdict);
  equal(core.validate(body, JSON.stringify(options)), text, "both builds answer with the same bytes");
  equal(verdict.status, expect.status, text);
  equal(verdict.valid, expect.status === 200);
  equal((verdict.fields ?? []).map((field) => field.name), expect.fields ?? [], text);
  check(fixture, verdict.body);
  if (verdict.valid) return;
  const [header, , answer] = begin(core, fixture, body);
  equal(header.status, verdict.status);
  equal(answer, JSON.stringify(verdict.body), "the server answers with the bytes the page foretold");
}

function begins(fixture, body, core) {
  const [header, state, answer] = begin(core, fixture, body);
  if (fixture.expect.status === 200) {
    equal(header.commit, true, `${answer}`);
    ok(JSON.parse(state));
    return;
  }
  equal(header.status, fixture.expect.status, answer);
  equal(header.commit, undefined, "a refusal commits nothing");
  check(fixture, JSON.parse(answer));
}

/** Checks the body of an answer against what the case expects. */
function check({ expect, secret }, body) {
  const text = JSON.stringify(body);
  switch (expect.status) {
    case 200:
      equal(body, undefined);
      return;
    case 422: {
      equal(body.salesforceResultCode, "ValidationError");
      equal(body.errors.length, 1);
      equal(body.errors[0].type, "/commerce/payment");
      equal(body.errors[0].invalidParameters.map((parameter) => parameter.name), expect.fields);
      equal(body.paymentData, "{}");
      break;
    }
    default: {
      equal(body.length, 1);
      equal(body[0].errorCode, expect.errorCode, text);
      if (expect.line !== undefined) {
        const place = `line ${expect.line}, column ${expect.column}: `;
        equal(body[0].message.slice(0, place.length), place);
      }
    }
  }
  if (secret !== undefined) ok(!text.includes(expanded(secret)), "the answer repeats what was refused");
}

/** The first step of the server for this request: its header, the new state, the answer's body. */
function begin(core, fixture, body) {
  const context = {
    now: 1_763_735_000_000,
    entropy: "00112233445566778899aabbccddeeff",
    gateway: { provider: "simulator", keyWindowMs: 86_400_000, inquire: ["ourReference"] },
    apiVersion: fixture.apiVersion,
    contentType: fixture.contentType ?? "application/json",
    checkout: { id: "c1", webstoreId: "w1", status: "open", amount: "129.90", currencyIsoCode: "USD", digest: "d1" },
  };
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const [header, state, ...rest] = core.beginCheckoutPayment(JSON.stringify(context), "", bytes).split("\n");
  return [JSON.parse(header), state, rest.join("\n")];
}

function bodyOf({ body, bodyBase64 }) {
  return body === undefined ? Uint8Array.from(atob(bodyBase64), (character) => character.charCodeAt(0)) : expanded(body);
}

/** Writes out «TEXT*COUNT», and «PAD*COUNT»: blanks up to so many bytes. */
function expanded(body) {
  return body.replace(/«(.*?)\*(\d+)»/gsu, (mark, text, count, at, whole) => {
    if (text !== "PAD") return text.repeat(count);
    return " ".repeat(count - new TextEncoder().encode(expanded(whole.slice(0, at))).length);
  });
}
