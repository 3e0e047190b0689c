// Runs tests/fixtures/requests.json through both WebAssembly builds. tests/fixtures.rs runs the same file natively, against
// the same expectations: so the page, the server in wasm and the server in Rust judge alike.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { cases } = JSON.parse(readFileSync(new URL("./fixtures/requests.json", import.meta.url), "utf8"));
const storefront = await load("storefront");
const core = await load("core");

test("the fixtures are there", () => assert.ok(cases.length >= 170, `${cases.length}`));

for (const fixture of cases) {
  const { name, expect } = fixture;
  const body = bodyOf(fixture);

  if (typeof body === "string" && fixture.contentType === undefined) {
    test(`validate: ${name}`, () => {
      const options = JSON.stringify(fixture.apiVersion === undefined ? {} : { apiVersion: fixture.apiVersion });
      const text = storefront.validate(body, options);
      assert.equal(core.validate(body, options), text, "both builds answer with the same bytes");

      const verdict = JSON.parse(text);
      assert.equal(verdict.status, expect.status, text);
      assert.equal(verdict.valid, expect.status === 200);
      assert.deepEqual((verdict.fields ?? []).map((field) => field.name), expect.fields, text);
      check(fixture, verdict.body);

      if (!verdict.valid) {
        const [header, , answer] = begin(fixture, body);
        assert.equal(header.status, verdict.status);
        assert.equal(answer, JSON.stringify(verdict.body), "the server answers with the bytes the page foretold");
      }
    });
  }

  test(`beginCheckoutPayment: ${name}`, () => {
    const [header, state, answer] = begin(fixture, body);
    if (expect.status === 200) {
      assert.equal(header.commit, true, `${answer}`);
      assert.ok(JSON.parse(state));
      return;
    }
    assert.equal(header.status, expect.status, answer);
    assert.equal(header.commit, undefined, "a refusal commits nothing");
    check(fixture, JSON.parse(answer));
  });
}

/** Checks the body of an answer against what the case expects. */
function check({ expect, secret }, body) {
  const text = JSON.stringify(body);
  switch (expect.status) {
    case 200:
      assert.equal(body, undefined);
      return;
    case 422: {
      assert.equal(body.salesforceResultCode, "ValidationError");
      assert.equal(body.errors.length, 1);
      assert.equal(body.errors[0].type, "/commerce/payment");
      assert.deepEqual(body.errors[0].invalidParameters.map((parameter) => parameter.name), expect.fields);
      assert.equal(body.paymentData, "{}");
      break;
    }
    default: {
      assert.equal(body.length, 1);
      assert.equal(body[0].errorCode, expect.errorCode, text);
      if (expect.line !== undefined) {
        const place = `line ${expect.line}, column ${expect.column}: `;
        assert.equal(body[0].message.slice(0, place.length), place);
      }
    }
  }
  if (secret !== undefined) assert.ok(!text.includes(expanded(secret)), "the answer repeats what was refused");
}

/** The first step of the server for this request: its header, the new state, the answer's body. */
function begin(fixture, body) {
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
  return body === undefined ? new Uint8Array(Buffer.from(bodyBase64, "base64")) : expanded(body);
}

/** Writes out «TEXT*COUNT», and «PAD*COUNT»: blanks up to so many bytes. */
function expanded(body) {
  return body.replace(/«(.*?)\*(\d+)»/gsu, (mark, text, count, at, whole) => {
    if (text !== "PAD") return text.repeat(count);
    return " ".repeat(count - Buffer.byteLength(expanded(whole.slice(0, at))));
  });
}

async function load(build) {
  const folder = new URL(`../pkg/wasm/${build}/`, import.meta.url);
  const glue = await import(new URL("checkout_payments.js", folder));
  glue.initSync({ module: readFileSync(new URL("checkout_payments_bg.wasm", folder)) });
  return glue;
}
