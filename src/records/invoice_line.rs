//! InvoiceLine: one item of an invoice (`reference` §4.2).

use crate::domain::amount::{Amount, AmountError};
use crate::domain::json::{json_enum, json_object};
use crate::prelude::*;

json_enum! {
    /// What a line is for.
    pub enum InvoiceLineType {
        /// Something sold.
        Charge = "Charge",
        /// A correction of another line.
        Adjustment = "Adjustment",
        /// A tax.
        Tax = "Tax",
    }
}

json_object! {
    /// One line of an invoice, in the invoice's currency.
    pub struct InvoiceLine {
        /// Our id.
        pub id: String = "id",
        /// What it is for.
        pub kind: InvoiceLineType = "type",
        /// What is sold, for people.
        pub name: Option<String> = "name",
        /// The product, by the host's own id.
        pub product_id: Option<String> = "productId",
        /// How much of it.
        pub quantity: Option<Amount> = "quantity",
        /// What one of it costs; it may be finer than the currency.
        pub unit_price: Option<Amount> = "unitPrice",
        /// What the line comes to without tax.
        pub line_amount: Amount = "lineAmount",
        /// The tax on it.
        pub tax_amount: Amount = "taxAmount",
        /// What is applied of payments to this line now.
        pub net_payments_applied: Amount = "netPaymentsApplied",
        /// What is applied of credits to this line now.
        pub net_credits_applied: Amount = "netCreditsApplied",
    }
}

impl InvoiceLine {
    /// What the line comes to.
    ///
    /// # Errors
    /// When the sum leaves the range.
    pub fn amount_with_tax(&self) -> Result<Amount, AmountError> {
        self.line_amount.checked_add(self.tax_amount)
    }

    /// What of it is owed still, as far as payments are applied to lines (Balance).
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn balance(&self) -> Result<Amount, AmountError> {
        self.amount_with_tax()?.checked_sub(self.net_payments_applied)?.checked_sub(self.net_credits_applied)
    }
}
