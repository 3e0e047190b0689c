//! Spoils a JSON text, as the bytes of the input decide.

use serde_json::{Value, json};

use super::input::Input;

/// The text of `value` after up to three edits; whether it was edited.
pub fn edited(value: &Value, input: &mut Input<'_>) -> (String, bool) {
    // Mostly none: what is spoilt everywhere does not get far.
    let edits = input.choose(&[0, 0, 0, 0, 0, 1, 2, 3]);
    if edits == 0 {
        return (value.to_string(), false);
    }
    let mut value = value.clone();
    for _ in 0..edits {
        edit(&mut value, input);
    }
    (value.to_string(), true)
}

fn edit(root: &mut Value, input: &mut Input<'_>) {
    let nodes = count(root);
    let at = input.below(nodes);
    let kind = input.below(6);
    let with = match kind {
        0 => nasty(input),
        1 => nth(root, &mut input.below(nodes)).map_or(Value::Null, |node| node.clone()),
        2 => json!(input.text()),
        3 => json!(input.number()),
        _ => Value::Null,
    };
    let mut at = at;
    let Some(node) = nth(root, &mut at) else { return };
    match (kind, node) {
        // A number is of most use at the edges of what can be counted.
        (0..=2, Value::Number(number)) => {
            let edges =
                [u64::from(u32::MAX), 0, u64::from(u32::MAX) + 1, u64::MAX, 253_402_300_799_999, 253_402_300_800_000];
            *number = input.choose(&edges).into();
        }
        (0..=3, node) => *node = with,
        // A member or an item less; an item twice.
        (4, Value::Object(members)) => {
            let key = members.keys().nth(input.below(members.len())).cloned();
            key.map(|key| members.remove(&key));
        }
        (4, Value::Array(items)) if !items.is_empty() => {
            items.remove(input.below(items.len()));
        }
        (5, Value::Array(items)) if !items.is_empty() => {
            let item = items[input.below(items.len())].clone();
            items.push(item);
        }
        (5, Value::Object(members)) => {
            members.insert(input.text(), nasty(input));
        }
        // One more or one less, in the last digit or sign.
        (_, Value::String(text)) => {
            let last = text.pop().unwrap_or('9');
            text.push(char::from_u32(u32::from(last) + 1).unwrap_or('0'));
        }
        (_, node) => *node = Value::Null,
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum::<usize>(),
        Value::Object(members) => members.values().map(count).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// The node with this number, counted from the root on.
fn nth<'v>(value: &'v mut Value, at: &mut usize) -> Option<&'v mut Value> {
    if *at == 0 {
        return Some(value);
    }
    *at -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, at)),
        Value::Object(members) => members.values_mut().find_map(|member| nth(member, at)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Values at the edges of what some member takes, and names that stand for something somewhere.
fn nasty(input: &mut Input<'_>) -> Value {
    const TEXTS: &[&str] = &[
        "",
        "0",
        "-0",
        "-1",
        "0.01",
        "129.90",
        "999999999999999999",
        "-999999999999999999",
        "0.000000000000000001",
        "9999999999999999.99",
        "1e3",
        "4111111111111111",
        "9999-12-31T23:59:59.999Z",
        "1970-01-01T00:00:00.000Z",
        "2024-02-30T00:00:00.000Z",
        "\u{0}",
        "\n",
        "\r\u{2028}\u{FEFF}",
        "💳\u{10FFFF}",
        "null",
        "pauth_",
        "op_/0/1/first",
        "gateway:simulator:gw_1",
        "running",
        "waiting",
        "unresolved",
        "succeeded",
        "failed",
        "planned",
        "announced",
        "refused",
        "unknown",
        "take",
        "release",
        "undo",
        "probe",
        "start",
        "repeated",
        "askedByOurs",
        "askedByTheirs",
        "authorize",
        "postauth",
        "capture",
        "reverse",
        "sale",
        "refund",
        "tokenize",
        "inquire",
        "Auth",
        "PostAuth",
        "SimplePurchaseOrder",
        "Success",
        "Decline",
        "PermanentFail",
        "RequiresReview",
        "ValidationError",
        "SystemError",
        "Indeterminate",
        "success",
        "pending",
        "review",
        "replaced",
        "releaseFailure",
        "Pending",
        "Processed",
        "Failed",
        "Canceled",
        "checkoutPayment",
        "ourReference",
        "gatewayReference",
        "open",
        "closed",
        "USD",
        "JPY",
        "KWD",
        "CLF",
        "XXX",
        "55.0",
        "62.0",
        "63.0",
        "64.0",
        "67.0",
        "application/xml",
        "text/xml;charset=\"utf-8\"",
        "release-first",
        "authorize-first",
    ];
    match input.below(16) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(0),
        3 => json!(-1),
        4 => json!(u32::MAX),
        5 => json!(u64::from(u32::MAX) + 1),
        6 => json!(u64::MAX),
        7 => json!(253_402_300_799_999_i64),
        8 => json!({}),
        9 => json!([]),
        10 => json!("x".repeat(300)),
        _ => json!(input.choose(TEXTS)),
    }
}
