//! What can be read of the records: each object with its fields, as data. It describes the objects to their readers, says which
//! field may be filtered, sorted and grouped by, and what a record made by hand must look like. `pkg/src/server/objects/descriptions.ts`
//! is made from it (`wire::typescript_objects`).

mod application_line;
pub mod field;
mod invoice;
pub mod object;
mod order_payment_summary;
mod payment;
mod payment_auth_adjustment;
mod payment_authorization;
mod payment_gateway;
mod payment_group;
mod payment_method;
mod refund;
mod runs;

pub use application_line::{PAYMENT_LINE_INVOICE, PAYMENT_LINE_INVOICE_LINE, REFUND_LINE_PAYMENT};
pub use field::{Field, FieldType, Properties, Property};
pub use invoice::{INVOICE, INVOICE_LINE};
pub use object::{ByHand, Object};
pub use order_payment_summary::ORDER_PAYMENT_SUMMARY;
pub use payment::PAYMENT;
pub use payment_auth_adjustment::PAYMENT_AUTH_ADJUSTMENT;
pub use payment_authorization::PAYMENT_AUTHORIZATION;
pub use payment_gateway::{PAYMENT_GATEWAY, PAYMENT_GATEWAY_LOG, PAYMENT_GATEWAY_PROVIDER};
pub use payment_group::PAYMENT_GROUP;
pub use payment_method::{ALTERNATIVE_PAYMENT_METHOD, CARD_PAYMENT_METHOD, DIGITAL_WALLET, SAVED_PAYMENT_METHOD};
pub use refund::REFUND;

/// Every object, in the order of their names.
pub const OBJECTS: &[&Object] = &[
    &ALTERNATIVE_PAYMENT_METHOD,
    &CARD_PAYMENT_METHOD,
    &DIGITAL_WALLET,
    &INVOICE,
    &INVOICE_LINE,
    &ORDER_PAYMENT_SUMMARY,
    &PAYMENT,
    &PAYMENT_AUTH_ADJUSTMENT,
    &PAYMENT_AUTHORIZATION,
    &PAYMENT_GATEWAY,
    &PAYMENT_GATEWAY_LOG,
    &PAYMENT_GATEWAY_PROVIDER,
    &PAYMENT_GROUP,
    &PAYMENT_LINE_INVOICE,
    &PAYMENT_LINE_INVOICE_LINE,
    &REFUND,
    &REFUND_LINE_PAYMENT,
    &SAVED_PAYMENT_METHOD,
];

/// The object with this name, in any case, as queries may write it.
#[must_use]
pub fn object(name: &str) -> Option<&'static Object> {
    OBJECTS.iter().copied().find(|object| object.name.eq_ignore_ascii_case(name))
}
