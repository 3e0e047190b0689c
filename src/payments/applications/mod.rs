//! Applying payments to invoices and refunds to payments, and taking that back (`seeds/apis.txt`; `reference` §4.3). No gateway has a
//! part in it: each function takes the records as they are and gives them back as they shall be, all in one commit.

mod apply_payment;
mod apply_refund;
mod ledger;
pub mod request;
mod unapply_payment;

pub use apply_payment::{Target, apply_payment};
pub use apply_refund::apply_refund;
pub use request::{ApplyPayment, ApplyRefund, UnapplyPayment};
pub use unapply_payment::{find_line, unapply_payment};
