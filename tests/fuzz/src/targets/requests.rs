//! Bodies of requests: whatever the input holds, or a good one, perhaps spoilt.

use super::edit::edited;
use super::input::Input;

const JSON: [&str; 7] = [
    r#"{"requestType":"Auth","paymentToken":"tok_old"}"#,
    r#"{"requestType":"Auth","paymentToken":"tok_new"}"#,
    r#"{"requestType":"PostAuth","paymentToken":"tok_wallet"}"#,
    r#"{"requestType":"SimplePurchaseOrder","paymentToken":"PO-1"}"#,
    r#"{"requestType":"SimplePurchaseOrder","paymentToken":"PO-2"}"#,
    r#"{"requestType":"Auth","paymentToken":"tok_new","billingAddress":{"name":"John Doe","street":"123 Acme Drive","city":"Los Angeles","region":"CA","country":"US","postalCode":"90001","firstName":"John","lastName":"Doe","isDefault":true},"paymentsData":{"a":"1","b":"2"}}"#,
    r#"{"requestType":"Auth","paymentToken":"tok_new","paymentsData":"{\"a\":\"1\"}"}"#,
];

const XML: [&str; 3] = [
    "<checkoutPayment><requestType>Auth</requestType><paymentToken>tok_new</paymentToken></checkoutPayment>",
    "<checkoutPayment><requestType>Auth</requestType><paymentToken>tok_new</paymentToken><billingAddress><name>J</name><street>1 Way</street><country>US</country><isDefault>1</isDefault></billingAddress><paymentsData><a>1</a></paymentsData></checkoutPayment>",
    "<?xml version=\"1.0\"?><checkoutPayment><!-- c --><requestType>SimplePurchaseOrder</requestType><paymentToken><![CDATA[PO]]>&#45;1</paymentToken><paymentsData><entry><key>a b</key><value>1</value></entry></paymentsData></checkoutPayment>",
];

/// A body.
pub fn body(input: &mut Input<'_>) -> Vec<u8> {
    match input.below(12) {
        0 => input.rest().to_vec(),
        1..=3 => cut(input.choose(&XML), input),
        4 => cut(input.choose(&JSON), input),
        _ => json(input).into_bytes(),
    }
}

/// A body in JSON, spoilt as JSON.
pub fn json(input: &mut Input<'_>) -> String {
    let good = input.choose(&JSON);
    edited(&serde_json::from_str(good).unwrap(), input).0
}

/// A text with some bytes of the input in the place of some of its own.
fn cut(text: &str, input: &mut Input<'_>) -> Vec<u8> {
    let mut body = text.as_bytes().to_vec();
    let at = input.below(body.len());
    let gone = input.below(body.len() - at + 1);
    body.splice(at..at + gone, input.text().into_bytes());
    body
}
