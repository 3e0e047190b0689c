//! What a call of the payments API carries beside its amount: for the gateway, not for us.

use super::enhanced_data::EnhancedPaymentData;
use crate::domain::json::json_object;
use crate::domain::sorted::{Sorted, Texts};
use crate::prelude::*;

json_object! {
    /// Passed on to the gateway's adapter as it came.
    pub struct CallExtras {
        /// Custom pairs of the request (`reference` §3.1, additionalData).
        pub additional_data: Texts = "additionalData",
        /// Level 2 and level 3 data of a sale (`reference` §2.10).
        pub enhanced_payment_data: Option<EnhancedPaymentData> = "enhancedPaymentData",
        /// The method is to be kept for later.
        pub save_for_future: bool = "saveForFuture",
        /// The merchant asks for it, not the customer.
        pub submitted_by_merchant: bool = "submittedByMerchant",
        /// With a saved method: the gateway's name of the customer who owns its token there.
        pub customer_reference: Option<String> = "customerReference",
    }
}

impl CallExtras {
    /// Only the customer who owns the token of a saved method.
    #[must_use]
    pub const fn of_customer(reference: String) -> Self {
        Self {
            additional_data: Sorted::new(),
            enhanced_payment_data: None,
            save_for_future: false,
            submitted_by_merchant: false,
            customer_reference: Some(reference),
        }
    }
}
