//! What the back office does with an invoice: post it, void it, cancel it.

use crate::domain::error_code::ErrorCode;
use crate::domain::input::members::{check, read_body};
use crate::domain::input::{PlatformRefusal, Refusal};
use crate::domain::limits::BODY_BYTES_MAX;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;
use crate::records::{Invoice, InvoiceEvent};

/// Moves an invoice. One that payments or credits are applied to can't be voided: they would settle nothing.
///
/// # Errors
/// 422 when its status or what is applied to it does not allow it.
pub fn move_invoice(invoice: &mut Invoice, event: InvoiceEvent, now: Timestamp) -> Result<(), PlatformRefusal> {
    if event == InvoiceEvent::Void && invoice.is_settled_in_part() {
        let message = "Payments are applied to the invoice. Unapply them first.";
        return Err(PlatformRefusal::not_possible(ErrorCode::InvalidStatus, message, &[]));
    }
    invoice.take(event, now).map_err(|illegal| {
        let can = if illegal.legal.is_empty() { "nothing".to_owned() } else { illegal.legal.join(", ") };
        let message =
            ["The invoice is ", illegal.state, "; it can't take the action ", illegal.event, ". Possible: ", &can, "."]
                .concat();
        PlatformRefusal::not_possible(ErrorCode::InvalidStatus, &message, &[])
    })
}

/// An action says nothing beside its name: its body is left out, or an object without members.
///
/// # Errors
/// 400 for any other body.
pub fn check_empty(body: &[u8]) -> Result<(), Refusal> {
    if body.is_empty() { Ok(()) } else { check("", &read_body(body, BODY_BYTES_MAX)?, &[]) }
}
