//! The fingerprint of a request: a hash of each part, so that a repeat is recognised and a difference can be named, while no
//! token is kept.

use super::checkout_facts::Checkout;
use super::request::CheckoutPaymentRequest;
use crate::domain::hash::hash;
use crate::domain::json::{Amounts, Json, Writer};
use crate::domain::sorted::Texts;
use crate::prelude::*;

/// The part that is not of the body: the cart the payment is for.
pub const CART: &str = "cart";

/// The parts that say which payment is meant, whatever else the request carries.
const PAYMENT: [&str; 3] = ["requestType", "paymentToken", CART];

/// The parts of a request and their hashes.
#[must_use]
pub fn of(request: &CheckoutPaymentRequest, checkout: &Checkout) -> Texts {
    let cart = [&checkout.amount.text(), checkout.currency.code(), &checkout.digest].join(" ");
    [
        ("requestType", hash(request.request_type.as_str())),
        ("paymentToken", hash(request.payment_token.expose())),
        ("billingAddress", hash(&json(&request.billing_address))),
        ("paymentsData", hash(&json(&request.payments_data))),
        (CART, hash(&cart)),
    ]
    .into_iter()
    .map(|(part, hash)| (part.to_owned(), hash))
    .collect()
}

/// Whether two requests mean the same payment: type, token and cart.
#[must_use]
pub fn is_same_payment(one: &Texts, other: &Texts) -> bool {
    PAYMENT.iter().all(|part| one.get(part) == other.get(part))
}

fn json<T: Json>(value: &T) -> String {
    let mut writer = Writer::new(Amounts::Texts);
    value.write(&mut writer);
    writer.finish()
}
