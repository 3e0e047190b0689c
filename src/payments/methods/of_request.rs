//! The payment method of a request: the one that is to be saved, and the saved one that is to be used.

use crate::domain::characters::capitalized;
use crate::domain::error_code::ErrorCode;
use crate::domain::id::IdKind;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::engine::Answer;
use crate::gateway::Capabilities;
use crate::payments::answer::refused;
use crate::payments::operation::PaymentsOperation;
use crate::payments::request::{Method, MethodKind, PaymentsRequest};
use crate::prelude::*;
use crate::records::account::Unusable;
use crate::records::{Account, MethodObject, MethodStatus, PaymentMethod};

/// What an alternative payment method of these names is: a wallet (`reference` §4.1, PaymentMethodType).
const WALLETS: &[&str] = &["ApplePay", "GooglePay"];

/// The members of an address, and the fields of the method that keep them.
const ADDRESS: &[(&str, &str)] = &[
    ("street", "PaymentMethodStreet"),
    ("city", "PaymentMethodCity"),
    ("state", "PaymentMethodState"),
    ("country", "PaymentMethodCountry"),
    ("postalCode", "PaymentMethodPostalCode"),
    ("companyName", "CompanyName"),
    ("autoPay", "IsAutoPayEnabled"),
];

/// What the record of a method has as members of its own.
const OWN_MEMBERS: &[&str] = &["accountId", "expiryMonth", "expiryYear", "nickName"];

impl PaymentsRequest {
    /// The id of the saved method that it names, if it names one. Any other text in that place is a gateway's token.
    #[must_use]
    pub fn saved_method_id(&self) -> Option<&str> {
        let method = self.method.as_ref().filter(|method| method.kind == MethodKind::Id)?;
        Some(method.token.expose()).filter(|id| IdKind::PaymentMethod.is_meant_by(id))
    }

    /// The method that it wants to be saved, as it will be once the gateway has given the token.
    #[must_use]
    pub fn method_to_save(&self, id: String, gateway: &Capabilities, now: Timestamp) -> Option<PaymentMethod> {
        let wanted = |method: &&Method| self.operation == PaymentsOperation::Tokenize || method.save_for_future;
        let Method { kind, facts, .. } = self.method.as_ref().filter(wanted)?;
        let fact = |name: &str| facts.get(name).filter(|text| !text.is_empty());
        let object = match kind {
            MethodKind::Id => return None,
            MethodKind::Card => MethodObject::Card,
            MethodKind::Alternative if fact("name").is_some_and(|name| WALLETS.contains(&name.as_str())) => {
                MethodObject::Wallet
            }
            MethodKind::Alternative | MethodKind::Bank => MethodObject::Alternative,
        };
        Some(PaymentMethod {
            id,
            object,
            status: MethodStatus::Active,
            account_id: self.account_id.clone()?,
            gateway_id: gateway.provider.clone(),
            merchant_account_id: None,
            token: None,
            customer_reference: None,
            checksum: None,
            is_default: false,
            expiry_month: fact("expiryMonth").and_then(|month| month.parse().ok()),
            expiry_year: fact("expiryYear").and_then(|year| year.parse().ok()).map(full_year),
            nickname: fact("nickName").cloned(),
            date: now,
            changed: now,
            details: details(facts),
        })
    }
}

/// `30` is 2030.
#[must_use]
pub const fn full_year(year: u32) -> u32 {
    if year < 100 { 2000 + year } else { year }
}

/// `cardHolderName` is kept as `CardHolderName`.
fn details(facts: &Texts) -> Texts {
    let kept = facts.iter().filter(|(name, text)| !text.is_empty() && !OWN_MEMBERS.contains(&name.as_str()));
    kept.map(|(name, text)| (field(name), text.clone())).collect()
}

fn field(name: &str) -> String {
    let known = ADDRESS.iter().find(|(member, _)| *member == name);
    // `last4` is kept as `Last4`.
    known.map_or_else(|| capitalized(name), |(_, field)| (*field).to_owned())
}

/// The saved method that a request may use.
///
/// # Errors
/// The answer that says why it may not.
pub fn usable<'a>(
    account: Option<&'a Account>,
    id: &str,
    request: &PaymentsRequest,
    gateway: &Capabilities,
    now: Timestamp,
) -> Result<&'a PaymentMethod, Box<Answer>> {
    let refuse = |code, message: &str| {
        // An id that names nothing is wrong by itself; anything else is between the request and the record.
        let status = if code == ErrorCode::InvalidIdField { 400 } else { 422 };
        Err(Box::new(refused(status, code, message, &["paymentMethod.id".to_owned()])))
    };
    let found = account.ok_or(Unusable::Unknown).and_then(|account| account.usable(id, &gateway.provider, now));
    match found {
        Ok(method) if request.account_id.as_ref().is_some_and(|account| *account != method.account_id) => {
            refuse(ErrorCode::FieldIntegrity, "The payment method is another account's.")
        }
        Ok(method) => Ok(method),
        Err(why) => {
            let code = match why {
                Unusable::Unknown => ErrorCode::InvalidIdField,
                Unusable::NotActive(_) => ErrorCode::InvalidStatus,
                Unusable::Expired => ErrorCode::PaymentMethodExpired,
                Unusable::OtherGateway => ErrorCode::FieldIntegrity,
            };
            refuse(code, &why.message())
        }
    }
}
