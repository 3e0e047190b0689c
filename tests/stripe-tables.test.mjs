// The adapter's tables against what they are about: the SDK's own lists of events, error codes and statuses, Stripe's list of decline codes,
// and the core's currencies (ISO 4217). A new SDK that brings an event or a code of ours makes one of these red.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { CODE_ROWS, CURRENCY_CLASSES, fromStripe, IGNORED_EVENTS, meaningOf, READ_EVENTS, toStripe } from "checkout-payments/gateways/stripe";
import { currencyDecimals } from "checkout-payments/core";

const sdk = (name) => readFileSync(fileURLToPath(new URL(`../node_modules/stripe/esm/resources/${name}.d.ts`, import.meta.url)), "utf8");
const text = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
/** The texts of a union type: the first one declared as `declaration` in this file of the SDK. */
function union(file, declaration) {
  const source = sdk(file);
  const at = source.indexOf(declaration);
  assert.ok(at >= 0, `${file}: ${declaration}`);
  return new Set([...source.slice(at, source.indexOf(";", at)).matchAll(/'([^']+)'/g)].map(([, name]) => name));
}

test("every event about payments, refunds and setups is read, or ignored for a reason", () => {
  const known = union("Events", "type Type = ");
  const ours = [...known].filter((name) => /^(payment_intent|charge|refund|setup_intent)\./.test(name)).sort();
  assert.ok(ours.length > 25);
  const decided = [...Object.keys(READ_EVENTS), ...Object.keys(IGNORED_EVENTS)].sort();
  assert.deepEqual(decided, ours);
  assert.ok(Object.values(IGNORED_EVENTS).every((reason) => reason.length > 10));
});

test("the statuses that are read are the SDK's", () => {
  assert.deepEqual([...union("PaymentIntents", "type Status = ")].sort(), ["canceled", "processing", "requires_action", "requires_capture", "requires_confirmation", "requires_payment_method", "succeeded"]);
  assert.deepEqual([...union("SetupIntents", "type Status = ")].sort(), ["canceled", "processing", "requires_action", "requires_confirmation", "requires_payment_method", "succeeded"]);
  assert.deepEqual([...union("PaymentIntents", "type CancellationReason = ")].sort(), ["abandoned", "automatic", "duplicate", "expired", "failed_invoice", "fraudulent", "requested_by_customer", "void_invoice"]);
});

const DECLINE_CODES = `authentication_not_handled authentication_required approve_with_id call_issuer card_not_supported card_velocity_exceeded
  currency_not_supported do_not_honor do_not_try_again duplicate_transaction expired_card fraudulent generic_decline incorrect_address incorrect_cvc
  incorrect_number incorrect_pin incorrect_zip insufficient_funds invalid_account invalid_amount invalid_cvc invalid_expiry_month invalid_expiry_year
  invalid_number invalid_pin issuer_not_available lost_card merchant_blacklist mobile_device_authentication_required new_account_information_available
  no_action_taken not_permitted offline_pin_required online_or_offline_pin_required pickup_card pin_try_exceeded processing_error reenter_transaction
  restricted_card revocation_of_all_authorizations revocation_of_authorization security_violation service_not_allowed stolen_card stop_payment_order
  testmode_decline transaction_not_allowed try_again_later withdrawal_count_limit_exceeded`.split(/\s+/);

test("every decline code has a meaning, and no code has two", () => {
  for (const code of DECLINE_CODES) assert.ok(meaningOf(code), code);
  const all = CODE_ROWS.flatMap(([, , , codes]) => codes.split(" "));
  assert.equal(new Set(all).size, all.length);
});

test("every other code of the table is the SDK's, and what can come of our requests is in the table", () => {
  const known = union("PaymentIntents", "type Code = 'account_closed'");
  assert.ok(known.size > 150);
  // words of ours for a status, where Stripe gives no code
  const ours = ["canceled", "requires_payment_method"];
  const all = CODE_ROWS.flatMap(([, , , codes]) => codes.split(" "));
  assert.deepEqual(all.filter((code) => !known.has(code) && !DECLINE_CODES.includes(code) && !ours.includes(code)), []);
  // ACH debits, konbini and terminals are not among the payment methods that we confirm
  const elsewhere = /microdeposit|konbini|bank_account|configuration_failures|testmode$|mobile_wallet/;
  const about = [...known].filter((code) => /^(payment_intent|setup_intent|charge|card|capture|refund|payment_method)_/.test(code) && !elsewhere.test(code));
  assert.deepEqual(about.filter((code) => !meaningOf(code)), []);
});

test("the documentation has the table as it is, and every event that is read", () => {
  const documentation = text("docs/gateways-stripe.md");
  for (const [resultCode, category, decision, codes] of CODE_ROWS) {
    const row = `| ${resultCode} | ${category} | ${decision === "Retriable" ? "yes" : "no"} | ${codes.split(" ").map((code) => `\`${code}\``).join(" ")} |`;
    assert.ok(documentation.includes(row), row);
  }
  for (const name of Object.keys(READ_EVENTS)) assert.ok(documentation.includes(`\`${name}\``) || documentation.includes(`\`${name.replace(/^setup_intent/, "")}\``), name);
});

test("what a code means keeps to the meaning of the result codes", () => {
  const codes = (resultCode) => CODE_ROWS.filter(([code]) => code === resultCode);
  assert.ok(codes("SystemError").every(([, category]) => category === "GatewayConnection"));
  assert.ok(codes("PermanentFail").every(([, , decision]) => decision === "NonRetriable"));
  assert.ok(codes("ValidationError").every(([, , decision]) => decision === "NonRetriable"));
  assert.deepEqual(meaningOf("insufficient_funds"), { resultCode: "Decline", retryCategory: "CardLimit", retryDecision: "Retriable" });
  assert.deepEqual(meaningOf("fraudulent"), { resultCode: "PermanentFail", retryCategory: "Security", retryDecision: "NonRetriable" });
});

test("each currency is in one class, known to ISO 4217, and differs from it only where Stripe says so", () => {
  const all = CURRENCY_CLASSES.flatMap(({ codes, decimals, multipleOf }) => codes.split(" ").map((code) => ({ code, decimals, multipleOf })));
  assert.equal(new Set(all.map(({ code }) => code)).size, all.length);
  const differing = all.filter(({ code, decimals }) => currencyDecimals(code) !== decimals).map(({ code, decimals }) => `${code} ${currencyDecimals(code)}→${decimals}`);
  assert.deepEqual(differing.sort(), ["ISK 0→2", "MGA 2→0", "UGX 0→2"]);
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const codes = letters.flatMap((first) => letters.flatMap((second) => letters.map((third) => first + second + third)));
  const missing = codes.filter((code) => currencyDecimals(code) !== undefined && !all.some((known) => known.code === code));
  assert.equal(missing.join(" "), "BTN CLF CUP ERN GHS IQD IRR KPW LYD MRU SDG SSP STN SVC SYP TMT UYW VED VES ZWG", "what Stripe does not take");
});

test("amounts there and back, exactly or not at all", () => {
  const cases = [
    ["129.90", "USD", 12990], ["0.01", "USD", 1], ["500", "JPY", 500], ["5.120", "KWD", 5120], ["5", "ISK", 500], ["5", "UGX", 500],
    ["10.45", "HUF", 1045], ["800.45", "TWD", 80045], ["100", "MGA", 100], ["9999999.99", "EUR", 999999999],
  ];
  for (const [amount, currency, number] of cases) {
    assert.equal(toStripe(amount, currency), number, `${amount} ${currency}`);
    assert.equal(toStripe(fromStripe(number, currency), currency), number);
  }
  assert.equal(fromStripe(500, "ISK"), "5");
  assert.equal(fromStripe(100, "MGA"), "100.00");
  for (const [amount, currency] of [["5.124", "KWD"], ["0.01", "MGA"], ["1.5", "JPY"], ["1.005", "USD"], ["-1", "USD"], ["1e3", "USD"], ["", "USD"], ["99999999999999999", "USD"]]) {
    assert.equal(toStripe(amount, currency), "amount_not_representable", `${amount} ${currency}`);
  }
  for (const [number, currency] of [[550, "ISK"], [1.5, "USD"], [-1, "USD"], [100, "ZZZ"], [Number.MAX_SAFE_INTEGER + 1, "USD"]]) assert.equal(fromStripe(number, currency), undefined, `${number} ${currency}`);
});
