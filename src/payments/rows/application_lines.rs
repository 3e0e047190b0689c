//! The rows of the application lines (`reference` §4.1, Application lines).

use super::row::Row;
use crate::domain::amount::Amount;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;
use crate::records::positions::Positions;
use crate::records::{ApplicationLine, ApplicationObject, ApplicationType, PaymentGroup};

/// What the fields of one object are called that all of them have.
struct Names {
    number: &'static str,
    source: &'static str,
    target: &'static str,
    applied: &'static str,
    unapplied: &'static str,
    associated: &'static str,
    has_been_unapplied: &'static str,
}

const fn names(object: ApplicationObject) -> Names {
    match object {
        ApplicationObject::PaymentLineInvoice => Names {
            number: "PaymentLineInvoiceNumber",
            source: "PaymentId",
            target: "InvoiceId",
            applied: "AppliedDate",
            unapplied: "UnappliedDate",
            associated: "AssociatedPaymentLineId",
            has_been_unapplied: "HasBeenUnapplied",
        },
        ApplicationObject::PaymentLineInvoiceLine => Names {
            number: "PaymentLineInvoiceLineNumber",
            source: "PaymentId",
            target: "InvoiceLineId",
            applied: "AppliedDateTime",
            unapplied: "UnappliedDateTime",
            associated: "RelatedPaymentLineInvcLineId",
            has_been_unapplied: "UnappliedStatus",
        },
        ApplicationObject::RefundLinePayment => Names {
            number: "RefundLinePaymentNumber",
            source: "RefundId",
            target: "PaymentId",
            applied: "AppliedDate",
            unapplied: "UnappliedDate",
            associated: "AssociatedRefundLinePaymentId",
            has_been_unapplied: "HasBeenUnapplied",
        },
    }
}

/// The rows of the lines of this group.
pub(super) fn application_lines(group: &PaymentGroup, rows: &mut Vec<Row>) {
    let lines = &group.application_lines;
    let taking_back = Positions::of(lines, |line| line.associated_line_id.as_deref());
    rows.extend(lines.iter().map(|line| {
        let taken_back = taking_back.under(&line.id).find_map(|at| lines.get(at)).map(|other| other.date);
        application_line(line, taken_back)
    }));
}

fn application_line(line: &ApplicationLine, taken_back: Option<Timestamp>) -> Row {
    let names = names(line.object);
    let mut row = Row::of(line.object.as_str(), Some(names.number), &line.id, &Texts::new());
    row.dated(line.date, taken_back.unwrap_or(line.date));
    row.set("Type", line.kind.as_str());
    row.set(names.source, &line.source_id);
    row.set(names.target, &line.target_id);
    row.set(names.has_been_unapplied, line.has_been_unapplied.as_str());
    row.set_some(names.associated, line.associated_line_id.as_deref());
    let (applied, unapplied) = match line.kind {
        ApplicationType::Applied => (Some(line.date), taken_back),
        ApplicationType::Unapplied => (None, Some(line.date)),
    };
    row.set_some(names.applied, applied.map(Timestamp::text).as_deref());
    row.set_some(names.unapplied, unapplied.map(Timestamp::text).as_deref());
    row.set("EffectiveDate", &line.effective_date.text());
    row.set_some("Comments", line.comments.as_deref());
    row.set_some("AssociatedAccountId", line.associated_account_id.as_deref());
    row.set("CurrencyIsoCode", line.currency.code());
    let impact = line.impact_amount().ok();
    if line.object == ApplicationObject::PaymentLineInvoiceLine {
        let applied = if line.kind == ApplicationType::Applied { impact } else { Some(Amount::ZERO) };
        row.amount("AppliedImpactAmount", line.currency, applied);
    }
    for (name, amount) in [
        ("Amount", Some(line.amount)),
        ("ImpactAmount", impact),
        ("EffectiveImpactAmount", line.effective_impact_amount().ok()),
        ("PaymentBalance", Some(line.payment_balance)),
        ("RefundBalance", line.refund_balance),
        ("InvoiceBalance", line.invoice_balance),
        ("InvoiceLineBalance", line.invoice_line_balance),
    ] {
        row.amount(name, line.currency, amount);
    }
    row
}
