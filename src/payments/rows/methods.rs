//! The rows of an account's payment methods, without their tokens (`reference` §4.1, Payment methods).

use super::row::Row;
use crate::domain::id::gateway_id;
use crate::prelude::*;
use crate::records::{MethodObject, PaymentMethod, ProcessingMode};

/// The row of a method.
pub(super) fn payment_method(method: &PaymentMethod) -> Row {
    let mut row = Row::of(method.object.as_str(), None, &method.id, &method.shown_details());
    row.dated(method.date, method.changed);
    row.set("Status", method.status.as_str());
    row.set("PaymentGatewayId", &gateway_id(&method.gateway_id));
    row.set_some("MerchantAccountId", method.merchant_account_id.as_deref());
    row.set_some("GatewayReference", method.customer_reference.as_deref());
    row.set_some("NickName", method.nickname.as_deref());
    row.set_some("ExpiryMonth", method.expiry_month.map(|month| month.to_string()).as_deref());
    row.set_some("ExpiryYear", method.expiry_year.map(|year| year.to_string()).as_deref());
    row.flag("IsDefault", method.is_default);
    let (mode, owner, flag) = if method.object == MethodObject::Saved {
        row.set_some("Checksum", method.checksum.as_deref());
        (ProcessingMode::External, "ReferenceOwnerId", "IsMerchantCreated")
    } else {
        (ProcessingMode::Salesforce, "AccountId", "IsAutoPayEnabled")
    };
    row.set("ProcessingMode", mode.as_str());
    row.set(owner, &method.account_id);
    row.default(flag, "false");
    row
}
