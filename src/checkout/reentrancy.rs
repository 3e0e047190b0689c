//! What a payment does to the one the cart has already (`seeds/checkout-payments.txt`, "reenterable").

use super::existing::{Existing, Releasable};
use super::request_type::RequestType;
use crate::domain::api_version::ApiVersion;
use crate::domain::json::json_enum;
use crate::prelude::*;

json_enum! {
    /// Which comes first, the release of the old payment or the new payment: a policy of the web store.
    pub enum ReleaseOrder {
        /// Never two holds, never a payment the shopper has turned away from.
        ReleaseFirst = "release-first",
        /// The old payment stays until the new one stands.
        AuthorizeFirst = "authorize-first",
    }
}

json_enum! {
    /// Why a payment is not possible beside the one the cart has.
    pub enum Objection {
        /// A card payment can't become a purchase order, nor the other way round.
        TypeChange = "payment_type_change",
        /// The version of the interface does not know second payments (of this type).
        PaymentExists = "payment_exists",
        /// The payment the cart has is applied to an invoice.
        PaymentApplied = "payment_applied",
    }
}

impl Objection {
    /// For people, in a few words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::TypeChange => "The payment type can't change.",
            Self::PaymentExists => "The cart already has a payment.",
            Self::PaymentApplied => "The cart's payment settles an invoice.",
        }
    }

    /// For people, with the way out.
    #[must_use]
    pub const fn detail(self) -> &'static str {
        match self {
            Self::TypeChange => {
                "The cart has a payment of another type. Pay with the same type again: Auth and PostAuth are one type, \
                 SimplePurchaseOrder is the other."
            }
            Self::PaymentExists => {
                "A second payment on a cart is possible since version 63.0, a second purchase order number since version 64.0."
            }
            Self::PaymentApplied => {
                "The payment the cart has is applied to an invoice, so it can't be given back. Nothing was charged. The store \
                 has to unapply it first."
            }
        }
    }
}

/// What must be let go of for a new payment of this type, in order; or why it is not possible.
///
/// # Errors
/// The [`Objection`].
pub fn releases_for(
    existing: Existing,
    request_type: RequestType,
    version: ApiVersion,
) -> Result<Vec<Releasable>, Objection> {
    let is_purchase_order = request_type == RequestType::SimplePurchaseOrder;
    match existing {
        Existing::Nothing => Ok(Vec::new()),
        Existing::Card(_) | Existing::PurchaseOrder if !version.supports_reentrancy() => Err(Objection::PaymentExists),
        Existing::Card(_) if is_purchase_order => Err(Objection::TypeChange),
        Existing::Card(parts) if parts.iter().any(|part| part.applied) => Err(Objection::PaymentApplied),
        Existing::Card(parts) => Ok(parts),
        Existing::PurchaseOrder if !version.supports_purchase_order_replacement() => Err(Objection::PaymentExists),
        Existing::PurchaseOrder if !is_purchase_order => Err(Objection::TypeChange),
        Existing::PurchaseOrder => Ok(Vec::new()),
    }
}
