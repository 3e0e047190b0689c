//! What must hold wherever the wasm runs. The bindings only pass text on to these functions; that they do so is proved where
//! the finished module runs (scripts/check-wasm.mjs and the tests in JavaScript). Each host's test file names its scenarios.

use checkout_payments::wire::core::{advance, begin_checkout_payment};
use checkout_payments::wire::preview::{format_money, preview};
use checkout_payments::wire::validate::validate;

const GOOD: &str = r#"{"requestType":"Auth","paymentToken":"sim_ok","billingAddress":{"name":"Ada Example","street":"1 Test Way","city":"Austin","region":"TX","country":"US","postalCode":"78701"}}"#;

const CONTEXT: &str = r#"{"now":1767225600000,"entropy":"000102030405060708090a0b0c0d0e0f","gateway":{"provider":"simulator","keyWindowMs":86400000,"inquire":["ourReference","gatewayReference"]},"checkout":{"id":"2z9000000000001AAA","webstoreId":"0ZE000000000001GAA","status":"open","amount":"129.90","currencyIsoCode":"USD","digest":"4b1f6f7e"}}"#;

/// The verdict on a request without fault is one short text: the page asks at every key press.
pub fn a_good_request_is_valid() {
    assert_eq!(validate(GOOD, "{}"), r#"{"valid":true,"status":200}"#);
}

/// Every field at fault is named, and a card number is refused without being said again.
pub fn a_bad_request_names_its_fields() {
    let request = r#"{"requestType":"Auth","paymentToken":"4242 4242 4242 4242","billingAddress":{"name":"Ada","street":"","country":"US"}}"#;
    let verdict = validate(request, "{}");
    assert!(verdict.starts_with(r#"{"valid":false,"status":422"#), "{verdict}");
    assert!(verdict.contains("paymentToken"), "{verdict}");
    assert!(verdict.contains("billingAddress.street"), "{verdict}");
    assert!(!verdict.contains("4242"), "{verdict}");

    let verdict = validate("{'requestType':'Auth'}", "{}");
    assert!(verdict.starts_with(r#"{"valid":false,"status":400"#), "{verdict}");
}

/// Money is printed with its currency's digits, whatever was typed.
pub fn money_has_its_currency_s_digits() {
    assert_eq!(format_money("129.9", "USD"), "$129.90");
    for (amount, currency, digits) in [("1299", "JPY", "1,299"), ("1.5", "KWD", "1.500")] {
        let text = format_money(amount, currency);
        assert!(text.ends_with(digits), "{text}");
    }
}

/// Before anything is sent the shopper is told what becomes of the payment that the cart has.
pub fn preview_says_what_a_first_payment_does() {
    let text = preview("{}", GOOD, r#"{"amount":"129.90","currencyIsoCode":"USD"}"#);
    assert!(text.contains(r#""allowed":true"#), "{text}");
    assert!(text.contains(r#""operation":"authorize""#), "{text}");
    assert!(text.contains("$129.90"), "{text}");
}

/// One payment from the body to the answer, in the two steps that a host makes of it.
pub fn a_payment_is_announced_then_answered() {
    let first = begin_checkout_payment(CONTEXT, "", GOOD.as_bytes());
    let (header, state, body) = lines(&first);
    assert!(header.contains(r#""commit":true"#), "announced before it is sent: {header}");
    assert!(header.contains(r#""operation":"authorize""#), "{header}");
    assert!(!state.is_empty() && body.is_empty(), "{first}");

    let call_id = call_id(header);
    assert!(!call_id.is_empty(), "{header}");
    let context = CONTEXT.replacen('{', &format!(r#"{{"callId":"{call_id}","#), 1);
    let outcome = r#"{"resultCode":"Success","gatewayReference":"sim_1","amount":"129.90","currencyIsoCode":"USD"}"#;
    let second = advance(&context, state, outcome);
    let (header, state, body) = lines(&second);
    assert!(header.contains(r#""status":201"#), "{header}");
    assert!(state.contains("sim_1"), "the gateway's reference is kept: {state}");
    assert!(body.contains(r#""salesforceResultCode":"Success""#), "{body}");
}

/// The same input gives the same text: all the core knows is what it was handed.
pub fn the_same_input_gives_the_same_step() {
    let step = || begin_checkout_payment(CONTEXT, "", GOOD.as_bytes());
    assert_eq!(step(), step());
}

/// A host that is attacked keeps its memory: 10,000 bad calls of each kind take no more than the first hundred did.
pub fn bad_calls_leave_memory_flat() {
    for _ in 0..100 {
        bad_calls();
    }
    let before = core::arch::wasm32::memory_size::<0>();
    for _ in 0..10_000 {
        bad_calls();
    }
    assert_eq!(core::arch::wasm32::memory_size::<0>(), before, "pages of 64 KiB");
}

/// Nothing is thrown and nothing panics: every bad call has its answer.
fn bad_calls() {
    let answers = [
        validate("{\"requestType\":", "{}"),
        validate("{\"requestType\":\"Auth\",\"unknown\":[[[[1e3]]]]}", "no options"),
        preview("[]", "\u{0}", ""),
        begin_checkout_payment(CONTEXT, "", b"\xff\xfe not text"),
        begin_checkout_payment("no context", "no state", b"{}"),
        advance(CONTEXT, "{}", "null"),
        format_money("1e3", "???"),
    ];
    assert!(answers.iter().all(|answer| !answer.is_empty()), "{answers:?}");
}

/// A step's header, state and body.
fn lines(step: &str) -> (&str, &str, &str) {
    let (header, rest) = step.split_once('\n').unwrap_or_default();
    let (state, body) = rest.split_once('\n').unwrap_or_default();
    (header, state, body)
}

/// The `id` of the header's `call`.
fn call_id(header: &str) -> &str {
    let (_, call) = header.split_once(r#""call":{"#).unwrap_or_default();
    let (_, id) = call.split_once(r#""id":""#).unwrap_or_default();
    id.split('"').next().unwrap_or_default()
}

/// One test a scenario, in whatever host the file that asks for them is run.
macro_rules! test_scenarios {
    () => {
        test_scenarios!(
            a_good_request_is_valid,
            a_bad_request_names_its_fields,
            money_has_its_currency_s_digits,
            preview_says_what_a_first_payment_does,
            a_payment_is_announced_then_answered,
            the_same_input_gives_the_same_step,
            bad_calls_leave_memory_flat,
        );
    };
    ($($scenario:ident),* $(,)?) => {
        $(
            #[wasm_bindgen_test]
            fn $scenario() {
                wasm_scenarios::$scenario();
            }
        )*
    };
}
