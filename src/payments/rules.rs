//! What may be done to which record: checked against the records before anything is written or sent.

use super::answer::refused;
use super::operation::PaymentsOperation;
use super::request::{PaymentsRequest, money};
use super::{answer, request};
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::error_code::ErrorCode;
use crate::domain::id::provider_of;
use crate::domain::money::Money;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::engine::{Answer, EngineError, State};
use crate::gateway::Capabilities;
use crate::prelude::*;
use crate::records::processing_mode::PROCESSING_MODE;
use crate::records::{ProcessingMode, TransactionStatus};

/// The record that an operation acts on, as far as its rules need it.
#[derive(Debug)]
pub struct Target {
    /// Its id.
    pub id: String,
    /// The gateway's name of it.
    pub gateway_reference: Option<String>,
    /// What it keeps.
    pub details: Texts,
    status: TransactionStatus,
    currency: Currency,
    left: Amount,
    expires_at: Option<Timestamp>,
}

impl Target {
    /// The record with this id, if it is of the kind that the operation acts on.
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn of(state: &State, operation: PaymentsOperation, id: &str) -> Result<Option<Self>, EngineError> {
        let group = &state.group;
        let left = |amount: Option<Amount>| amount.ok_or(EngineError::NoSuchRecord);
        if operation == PaymentsOperation::Refund {
            let Some(payment) = group.payment(id) else { return Ok(None) };
            return Ok(Some(Self {
                id: id.to_owned(),
                gateway_reference: group.reference_to_refund(payment).map(str::to_owned),
                details: payment.details.clone(),
                status: payment.status,
                currency: payment.currency,
                left: left(group.left_of(id)?)?,
                expires_at: None,
            }));
        }
        let Some(authorization) = group.authorization(id) else { return Ok(None) };
        Ok(Some(Self {
            id: id.to_owned(),
            gateway_reference: authorization.gateway_reference.clone(),
            details: authorization.details.clone(),
            status: authorization.status,
            currency: authorization.currency,
            left: left(group.left_of(id)?)?,
            expires_at: authorization.expiration_date,
        }))
    }

    /// The money to move, if the rules let it be moved.
    ///
    /// # Errors
    /// The answer that says which rule does not.
    pub fn money(&self, state: &State, request: &PaymentsRequest, now: Timestamp) -> Result<Money, Box<Answer>> {
        let refuse = |code, message: &str, field: &str| Err(Box::new(refused(422, code, message, &[field.to_owned()])));
        if ProcessingMode::of(&self.details) == ProcessingMode::External {
            let message = "The record is External: it was made outside, and no gateway knows of it.";
            return refuse(ErrorCode::FieldIntegrity, message, PROCESSING_MODE);
        }
        if self.status != TransactionStatus::Processed {
            let message = ["The record is ", self.status.as_str(), "; only a Processed one can be acted on."].concat();
            return refuse(ErrorCode::InvalidStatus, &message, "status");
        }
        if state.releases_owed.iter().any(|owed| owed.record_id == self.id) {
            return refuse(ErrorCode::InvalidStatus, "The record is being let go of: its release is owed.", "status");
        }
        let captures = request.operation == PaymentsOperation::Capture;
        if captures && self.expires_at.is_some_and(|end| end <= now) {
            return refuse(
                ErrorCode::AuthorizationExpired,
                "The authorization has expired; nothing can be captured from it.",
                "expirationDate",
            );
        }
        if request.group_id.as_ref().is_some_and(|id| *id != state.group.id) {
            return refuse(ErrorCode::FieldIntegrity, "The record is in another payment group.", "paymentGroupId");
        }
        let payer = self.details.get("AccountId");
        if let (Some(payer), Some(asked)) = (payer, &request.account_id)
            && payer != asked
        {
            return refuse(ErrorCode::FieldIntegrity, "The record is another account's.", "accountId");
        }
        let amount = request.amount.unwrap_or(Amount::ZERO);
        let money = money(amount, self.currency).map_err(|refusal| Box::new(answer::of_refusal(&refusal)))?;
        if money.amount() > self.left {
            let left = Money::new(self.left, self.currency).map_or_else(|_| self.left.text(), Money::format);
            let message = ["The amount is more than what is left: ", &left, "."].concat();
            return refuse(ErrorCode::AmountTooLarge, &message, "amount");
        }
        Ok(money)
    }
}

/// The gateway that a request names must be there.
///
/// # Errors
/// The answer that says that it is not.
pub fn gateway(request: &PaymentsRequest, gateway: &Capabilities) -> Result<(), Box<Answer>> {
    if request.gateway_id.as_ref().is_none_or(|id| provider_of(id) == gateway.provider) {
        return Ok(());
    }
    let fields = ["paymentGatewayId".to_owned()];
    Err(Box::new(refused(400, ErrorCode::InvalidIdField, "There is no such payment gateway.", &fields)))
}

/// What a new payment must keep: its group may have one currency, and a checkout's group takes only its checkout's payments.
///
/// # Errors
/// The answer that says which rule it does not.
pub fn new_money(
    state: Option<&State>,
    request: &PaymentsRequest,
    gateway: &Capabilities,
) -> Result<Money, Box<Answer>> {
    let refuse = |code, message: &str, field: &str| Err(Box::new(refused(422, code, message, &[field.to_owned()])));
    if let Some(state) = state {
        if !state.group.checkout_id.is_empty() {
            return refuse(
                ErrorCode::FieldIntegrity,
                "The group belongs to a checkout; it takes only that checkout's payments.",
                "paymentGroup.id",
            );
        }
        let of_group = state.group.details.get("CurrencyIsoCode");
        if let (Some(of_group), Some(asked)) = (of_group, request.currency)
            && of_group != asked.code()
        {
            return refuse(ErrorCode::FieldIntegrity, "The group is of another currency.", "currencyIsoCode");
        }
    }
    let lines = request.extras.enhanced_payment_data.as_ref().map_or(0, |data| data.line_items.len());
    if gateway.line_items_max.is_some_and(|most| usize::try_from(most).is_ok_and(|most| lines > most)) {
        return refuse(ErrorCode::InvalidApiInput, "The gateway takes fewer lines.", "enhancedPaymentData.lineItems");
    }
    let currency = request
        .currency
        .ok_or_else(|| Box::new(answer::of_refusal(&request::invalid("currencyIsoCode", "A value is required."))))?;
    money(request.amount.unwrap_or(Amount::ZERO), currency).map_err(|refusal| Box::new(answer::of_refusal(&refusal)))
}
