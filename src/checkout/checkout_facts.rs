//! What the host's checkouts port says about the checkout: amount and currency are the checkout's, never the request's.

use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::json::{json_enum, json_object};
use crate::prelude::*;

json_enum! {
    /// Whether a checkout still takes payments.
    pub enum CheckoutStatus {
        /// It does.
        Open = "open",
        /// Its order is placed, or it is gone.
        Closed = "closed",
    }
}

json_object! {
    /// A checkout, as it is now.
    pub struct Checkout {
        /// Its id.
        pub id: String = "id",
        /// The web store.
        pub webstore_id: String = "webstoreId",
        /// The payer's account, where known.
        pub account_id: Option<String> = "accountId",
        /// Whether it still takes payments.
        pub status: CheckoutStatus = "status",
        /// The cart's grand total.
        pub amount: Amount = "amount",
        /// Its currency.
        pub currency: Currency = "currencyIsoCode",
        /// A digest of what the total is made of: lines, shipping, tax, currency, total.
        pub digest: String = "digest",
    }
}
