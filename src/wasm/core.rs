//! What the server side loads: everything.
//!
//! Texts come in as their UTF-8 bytes: what wasm-bindgen's glue does to turn a string of JavaScript into bytes takes several times
//! as long as the encoder of the host (`pkg/src/wasm.ts`).

use wasm_bindgen::prelude::wasm_bindgen;

use super::text;
use crate::prelude::*;
use crate::wire::{applications, core, invoices, methods, payments, records};

/// Reads and validates a checkout payment request, decides, announces the first step.
#[wasm_bindgen(js_name = beginCheckoutPayment)]
#[must_use]
pub fn begin_checkout_payment(context: &[u8], state: &[u8], body: &[u8]) -> String {
    core::begin_checkout_payment(text(context), text(state), body)
}

/// Where a request of the payments API belongs.
#[wasm_bindgen(js_name = locatePayments)]
#[must_use]
pub fn locate_payments(context: &[u8], body: &[u8]) -> String {
    payments::locate_payments(text(context), body)
}

/// Reads and checks a request of the payments API, decides, announces the call.
#[wasm_bindgen(js_name = beginPayments)]
#[must_use]
pub fn begin_payments(context: &[u8], state: &[u8], body: &[u8]) -> String {
    payments::begin_payments(text(context), text(state), body)
}

/// Takes the gateway's outcome of a call, decides what is next.
#[wasm_bindgen]
#[must_use]
pub fn advance(context: &[u8], state: &[u8], outcome: &[u8]) -> String {
    core::advance(text(context), text(state), text(outcome))
}

/// The next piece of recovery a group needs.
#[wasm_bindgen]
#[must_use]
pub fn recover(context: &[u8], state: &[u8]) -> String {
    core::recover(text(context), text(state))
}

/// Takes a verified fact that arrived by notification.
#[wasm_bindgen]
#[must_use]
pub fn notify(context: &[u8], state: &[u8], notification: &[u8]) -> String {
    core::notify(text(context), text(state), text(notification))
}

/// Checks payment = grand total and gives the order its number.
#[wasm_bindgen(js_name = placeOrder)]
#[must_use]
pub fn place_order(context: &[u8], state: &[u8]) -> String {
    core::place_order(text(context), text(state))
}

/// The view behind `GET …/payments`.
#[wasm_bindgen(js_name = readPayments)]
#[must_use]
pub fn read_payments(context: &[u8], state: &[u8]) -> String {
    core::read_payments(text(context), text(state))
}

/// What of a group is unresolved: since when, what was tried, what comes next.
#[wasm_bindgen(js_name = listUnresolved)]
#[must_use]
pub fn list_unresolved(context: &[u8], state: &[u8]) -> String {
    core::list_unresolved(text(context), text(state))
}

/// The records of a group as flat rows, for a store that did not keep them when the group was written.
#[wasm_bindgen(js_name = listRows)]
#[must_use]
pub fn list_rows(context: &[u8], state: &[u8]) -> String {
    core::list_rows(text(context), text(state))
}

/// What was decided, by which rule, on what evidence, and what comes next, in sentences.
#[wasm_bindgen]
#[must_use]
pub fn explain(context: &[u8], state: &[u8]) -> String {
    core::explain(text(context), text(state))
}

/// Saves what a payment group has for an account, in one commit of both.
#[wasm_bindgen(js_name = savePaymentMethods)]
#[must_use]
pub fn save_payment_methods(context: &[u8], rows: &[u8]) -> String {
    methods::save_payment_methods(text(context), text(rows))
}

/// Changes a payment method.
#[wasm_bindgen(js_name = changePaymentMethod)]
#[must_use]
pub fn change_payment_method(context: &[u8], rows: &[u8], body: &[u8]) -> String {
    methods::change_payment_method(text(context), text(rows), body)
}

/// Gives a payment method up.
#[wasm_bindgen(js_name = cancelPaymentMethod)]
#[must_use]
pub fn cancel_payment_method(context: &[u8], rows: &[u8]) -> String {
    methods::cancel_payment_method(text(context), text(rows))
}

/// One payment method.
#[wasm_bindgen(js_name = readPaymentMethod)]
#[must_use]
pub fn read_payment_method(context: &[u8], rows: &[u8]) -> String {
    methods::read_payment_method(text(context), text(rows))
}

/// A page of an account's payment methods.
#[wasm_bindgen(js_name = listPaymentMethods)]
#[must_use]
pub fn list_payment_methods(context: &[u8], rows: &[u8]) -> String {
    methods::list_payment_methods(text(context), text(rows))
}

/// Saves one payment method whose token was made elsewhere.
#[wasm_bindgen(js_name = importPaymentMethod)]
#[must_use]
pub fn import_payment_method(context: &[u8], rows: &[u8], body: &[u8]) -> String {
    methods::import_payment_method(text(context), text(rows), body)
}

/// Saves many, and tells of each.
#[wasm_bindgen(js_name = importPaymentMethods)]
#[must_use]
pub fn import_payment_methods(context: &[u8], rows: &[u8], body: &[u8]) -> String {
    methods::import_payment_methods(text(context), text(rows), body)
}

/// Applies a payment to an invoice or to one of its lines.
#[wasm_bindgen(js_name = applyPayment)]
#[must_use]
pub fn apply_payment(context: &[u8], rows: &[u8], body: &[u8]) -> String {
    applications::apply_payment(text(context), text(rows), body)
}

/// Takes the application of a payment back.
#[wasm_bindgen(js_name = unapplyPayment)]
#[must_use]
pub fn unapply_payment(context: &[u8], rows: &[u8], body: &[u8]) -> String {
    applications::unapply_payment(text(context), text(rows), body)
}

/// Applies a refund to its payment.
#[wasm_bindgen(js_name = applyRefund)]
#[must_use]
pub fn apply_refund(context: &[u8], rows: &[u8], body: &[u8]) -> String {
    applications::apply_refund(text(context), text(rows), body)
}

/// Takes an invoice in, as a draft or posted.
#[wasm_bindgen(js_name = ingestInvoice)]
#[must_use]
pub fn ingest_invoice(context: &[u8], rows: &[u8], body: &[u8]) -> String {
    invoices::ingest_invoice(text(context), text(rows), body)
}

/// Posts an invoice.
#[wasm_bindgen(js_name = postInvoice)]
#[must_use]
pub fn post_invoice(context: &[u8], rows: &[u8], body: &[u8]) -> String {
    invoices::post_invoice(text(context), text(rows), body)
}

/// Voids an invoice.
#[wasm_bindgen(js_name = voidInvoice)]
#[must_use]
pub fn void_invoice(context: &[u8], rows: &[u8], body: &[u8]) -> String {
    invoices::void_invoice(text(context), text(rows), body)
}

/// Cancels an invoice that is a draft.
#[wasm_bindgen(js_name = cancelInvoice)]
#[must_use]
pub fn cancel_invoice(context: &[u8], rows: &[u8], body: &[u8]) -> String {
    invoices::cancel_invoice(text(context), text(rows), body)
}

/// The invoice with its lines and its settlement.
#[wasm_bindgen(js_name = readInvoice)]
#[must_use]
pub fn read_invoice(context: &[u8], rows: &[u8]) -> String {
    invoices::read_invoice(text(context), text(rows))
}

/// Makes a record by hand.
#[wasm_bindgen(js_name = createRecord)]
#[must_use]
pub fn create_record(context: &[u8], rows: &[u8], body: &[u8]) -> String {
    records::create_record(text(context), text(rows), body)
}

/// Changes a record by hand, or moves its status.
#[wasm_bindgen(js_name = updateRecord)]
#[must_use]
pub fn update_record(context: &[u8], rows: &[u8], body: &[u8]) -> String {
    records::update_record(text(context), text(rows), body)
}

/// Gives a draft up.
#[wasm_bindgen(js_name = giveUpRecord)]
#[must_use]
pub fn give_up_record(context: &[u8], rows: &[u8]) -> String {
    records::give_up_record(text(context), text(rows))
}
