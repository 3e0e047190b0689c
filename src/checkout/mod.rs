//! The storefront's use of the engine (layer 4): a request is validated, compared with what the cart has, and becomes a plan.

pub mod answer;
pub(crate) mod billing_address;
pub mod checkout_facts;
pub mod existing;
pub mod explain;
pub mod fingerprint;
pub mod media_type;
pub mod order;
pub mod payment;
pub(crate) mod payments_data;
pub mod preview;
pub mod reentrancy;
pub mod reply;
pub mod request;
pub mod request_type;
pub mod xml;
