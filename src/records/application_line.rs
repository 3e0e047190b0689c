//! Application lines: what applies a payment to an invoice or to one of its lines, or a refund to its payment, and what takes that
//! back (`reference` §4.1, Application lines).

use crate::domain::amount::{Amount, AmountError};
use crate::domain::currency::Currency;
use crate::domain::id::IdKind;
use crate::domain::json::{json_enum, json_object};
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

json_enum! {
    /// Which object a line is.
    pub enum ApplicationObject {
        /// A payment's, at an invoice as a whole.
        PaymentLineInvoice = "PaymentLineInvoice",
        /// A payment's, at one line of an invoice.
        PaymentLineInvoiceLine = "PaymentLineInvoiceLine",
        /// A refund's, at the payment that it gives back.
        RefundLinePayment = "RefundLinePayment",
    }
}

json_enum! {
    /// Whether a line applies or takes back.
    pub enum ApplicationType {
        /// It applies.
        Applied = "Applied",
        /// It takes an earlier line back.
        Unapplied = "Unapplied",
    }
}

json_enum! {
    /// Whether a line was taken back.
    pub enum HasBeenUnapplied {
        /// It takes back itself, so the question does not arise.
        NotApplicable = "NA",
        /// It counts.
        No = "No",
        /// Another line took it back.
        Yes = "Yes",
    }
}

json_object! {
    /// A line of the ledger. It is never changed, but for the mark that it was taken back, and never deleted. Its balances are what
    /// they were once it was written.
    pub struct ApplicationLine {
        /// Our id.
        pub id: String = "id",
        /// Which object it is.
        pub object: ApplicationObject = "object",
        /// Whether it applies or takes back.
        pub kind: ApplicationType = "type",
        /// The payment or refund whose money it moves.
        pub source_id: String = "sourceId",
        /// The invoice, invoice line or payment that it is applied to.
        pub target_id: String = "targetId",
        /// The invoice, where the target is one or one of its lines.
        pub invoice_id: Option<String> = "invoiceId",
        /// The amount, positive whichever the type.
        pub amount: Amount = "amount",
        /// Its currency: the payment's, and the target's.
        pub currency: Currency = "currencyIsoCode",
        /// When it was written: the applied or unapplied date.
        pub date: Timestamp = "date",
        /// When it takes effect.
        pub effective_date: Timestamp = "effectiveDate",
        /// What a person said about it.
        pub comments: Option<String> = "comments",
        /// The account it is made for, where that is another than the payment's.
        pub associated_account_id: Option<String> = "associatedAccountId",
        /// Of a line that takes back: the line it takes back.
        pub associated_line_id: Option<String> = "associatedLineId",
        /// Whether it was taken back.
        pub has_been_unapplied: HasBeenUnapplied = "hasBeenUnapplied",
        /// The payment's balance after this line.
        pub payment_balance: Amount = "paymentBalance",
        /// The refund's balance after this line.
        pub refund_balance: Option<Amount> = "refundBalance",
        /// The invoice's balance after this line.
        pub invoice_balance: Option<Amount> = "invoiceBalance",
        /// The invoice line's balance after this line.
        pub invoice_line_balance: Option<Amount> = "invoiceLineBalance",
    }
}

impl ApplicationObject {
    /// What its ids begin with.
    #[must_use]
    pub const fn id_kind(self) -> IdKind {
        match self {
            Self::PaymentLineInvoice => IdKind::PaymentLineInvoice,
            Self::PaymentLineInvoiceLine => IdKind::PaymentLineInvoiceLine,
            Self::RefundLinePayment => IdKind::RefundLinePayment,
        }
    }

    /// Whether it moves a payment's money to an invoice.
    #[must_use]
    pub const fn is_of_payment(self) -> bool {
        matches!(self, Self::PaymentLineInvoice | Self::PaymentLineInvoiceLine)
    }
}

impl ApplicationLine {
    /// Its effect on what the customer owes (ImpactAmount): a payment that is applied lowers it, a refund raises it, and what takes
    /// back does the reverse.
    ///
    /// # Errors
    /// When the amount has no negative; none that was written has.
    pub fn impact_amount(&self) -> Result<Amount, AmountError> {
        if self.object.is_of_payment() == (self.kind == ApplicationType::Applied) {
            Amount::ZERO.checked_sub(self.amount)
        } else {
            Ok(self.amount)
        }
    }

    /// The same, as far as it still counts: nothing for a line that was taken back and for the one that took it back
    /// (EffectiveImpactAmount).
    ///
    /// # Errors
    /// As [`ApplicationLine::impact_amount`].
    pub fn effective_impact_amount(&self) -> Result<Amount, AmountError> {
        let impact = self.impact_amount()?;
        if self.has_been_unapplied == HasBeenUnapplied::No { Ok(impact) } else { impact.checked_sub(impact) }
    }
}
