//! Payment line apply: part of a payment settles an invoice, or one line of it.

use super::ledger::{append, applied, check_covers, check_room};
use super::request::ApplyPayment;
use crate::domain::error_code::ErrorCode;
use crate::domain::id::{IdKind, IdSource};
use crate::domain::input::PlatformRefusal;
use crate::domain::input::amount_rules::in_currency;
use crate::domain::money::Money;
use crate::domain::timestamp::Timestamp;
use crate::engine::{EngineError, State};
use crate::payments::not_done::NotDone;
use crate::records::application_line::{ApplicationLine, ApplicationObject};
use crate::records::invoice::level_of;
use crate::records::{Invoice, InvoiceStatus, Payment, SettlementLevel, TransactionStatus};

const APPLIED_TO_ID: &str = "appliedToId";

/// What an `appliedToId` names, by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'t> {
    /// An invoice.
    Invoice(&'t str),
    /// A line of an invoice.
    InvoiceLine(&'t str),
}

impl<'t> Target<'t> {
    /// What this id names.
    ///
    /// # Errors
    /// When it is the id of neither.
    pub fn of(id: &'t str) -> Result<Self, PlatformRefusal> {
        if IdKind::Invoice.has_form(id) {
            Ok(Self::Invoice(id))
        } else if IdKind::InvoiceLine.has_form(id) {
            Ok(Self::InvoiceLine(id))
        } else {
            Err(PlatformRefusal::unknown_reference(
                APPLIED_TO_ID,
                "appliedToId is the id of no invoice or invoice line.",
            ))
        }
    }

    /// Nothing that it names is there.
    #[must_use]
    pub fn missing(self) -> PlatformRefusal {
        let message = match self {
            Self::Invoice(_) => "There is no such invoice.",
            Self::InvoiceLine(_) => "There is no such invoice line.",
        };
        PlatformRefusal::unknown_reference(APPLIED_TO_ID, message)
    }

    const fn line_id(self) -> Option<&'t str> {
        match self {
            Self::Invoice(_) => None,
            Self::InvoiceLine(id) => Some(id),
        }
    }
}

/// Applies a payment of `state` to `invoice`; both change, or neither is to be committed. Gives the line.
///
/// # Errors
/// A refusal when payment, invoice, level, currency or a balance does not allow it.
pub fn apply_payment(
    state: &mut State,
    invoice: &mut Invoice,
    payment_id: &str,
    request: &ApplyPayment,
    level: SettlementLevel,
    now: Timestamp,
    ids: &mut IdSource,
) -> Result<ApplicationLine, NotDone> {
    let target = Target::of(&request.applied_to_id)?;
    let line_id = target.line_id();
    let payment = state.group.payment(payment_id).ok_or(EngineError::NoSuchRecord)?;
    check_statuses(payment, invoice)?;
    check_level(invoice, line_id, level)?;
    if payment.currency != invoice.currency {
        let message = "The payment and the invoice have different currencies.";
        let refusal = PlatformRefusal::not_possible(ErrorCode::CurrencyMismatch, message, &[APPLIED_TO_ID]);
        return Err(refusal.into());
    }
    let amount = in_currency("amount", request.amount, payment.currency)?;
    let money = Money::new(amount, payment.currency).map_err(|_| EngineError::Amount)?;
    check_room(&state.group)?;
    let free = state.group.refundable(payment)?.checked_sub(state.refunds_under_way(payment_id)?)?;
    check_covers(free, amount, "the payment's free balance (what is neither applied nor given back)")?;
    check_covers(invoice.balance()?, amount, "the invoice's balance")?;
    if let Some(id) = line_id {
        let line = invoice.line(id).ok_or_else(|| target.missing())?;
        check_covers(line.balance()?, amount, "the invoice line's balance")?;
    }

    invoice.settle(line_id, amount, now)?;
    let object = if line_id.is_some() {
        ApplicationObject::PaymentLineInvoiceLine
    } else {
        ApplicationObject::PaymentLineInvoice
    };
    let line = ApplicationLine {
        invoice_id: Some(invoice.id.clone()),
        associated_account_id: request.associated_account_id.clone(),
        invoice_balance: Some(invoice.balance()?),
        invoice_line_balance: line_id.and_then(|id| invoice.line(id)).map(|line| line.balance()).transpose()?,
        ..applied(object, payment_id, &request.applied_to_id, money, &request.remarks, now, ids)
    };
    append(&mut state.group, line, payment_id)
}

fn check_statuses(payment: &Payment, invoice: &Invoice) -> Result<(), PlatformRefusal> {
    if payment.status != TransactionStatus::Processed {
        let message =
            ["The payment is ", payment.status.as_str(), "; only a Processed payment can be applied."].concat();
        return Err(PlatformRefusal::not_possible(ErrorCode::InvalidStatus, &message, &[]));
    }
    if invoice.status != InvoiceStatus::Posted {
        let message = ["The invoice is ", invoice.status.as_str(), "; only a Posted invoice takes payments."].concat();
        return Err(PlatformRefusal::not_possible(ErrorCode::InvalidStatus, &message, &[APPLIED_TO_ID]));
    }
    Ok(())
}

/// The store applies at one level, and so does an invoice while anything is applied to it: its lines know nothing of what is applied to
/// the whole.
fn check_level(invoice: &Invoice, line_id: Option<&str>, level: SettlementLevel) -> Result<(), PlatformRefusal> {
    let asked = level_of(line_id);
    let message = if asked != level {
        ["Payments are applied at the level ", level.as_str(), " here."].concat()
    } else if let Some(settled) = invoice.settlement_level.filter(|settled| *settled != asked) {
        ["What is applied to this invoice already is applied at the level ", settled.as_str(), "."].concat()
    } else {
        return Ok(());
    };
    Err(PlatformRefusal::not_possible(ErrorCode::ApplicationLevelMismatch, &message, &[APPLIED_TO_ID]))
}
