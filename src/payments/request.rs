//! A request of the payments API, checked by the tables of [`super::form`] and taken apart.

use super::enhanced;
use super::form;
use super::operation::PaymentsOperation;
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::hash::hash;
use crate::domain::id::{gateway_id, provider_of};
use crate::domain::input::members::given;
use crate::domain::input::refusal::{Problem, Refusal};
use crate::domain::input::schema::check;
use crate::domain::json::{Json, Value, parse_bytes};
use crate::domain::limits::BODY_BYTES_MAX;
use crate::domain::money::{Money, MoneyError};
use crate::domain::redacted::Redacted;
use crate::domain::sorted::{Sorted, Texts};
use crate::domain::timestamp::Timestamp;
use crate::gateway::{CallExtras, EnhancedPaymentData};
use crate::prelude::*;

/// A request whose members are all what they should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentsRequest {
    /// What is asked for.
    pub operation: PaymentsOperation,
    /// How much; none with `payment-methods`.
    pub amount: Option<Amount>,
    /// In which currency, where the record it acts on does not say.
    pub currency: Option<Currency>,
    /// The group to take part in.
    pub group_id: Option<String>,
    /// What the group is about.
    pub source_object_id: Option<String>,
    /// The payer.
    pub account_id: Option<String>,
    /// The gateway to use.
    pub gateway_id: Option<String>,
    /// How it is paid.
    pub method: Option<Method>,
    /// What the record keeps, by the names of its fields.
    pub details: Texts,
    /// What goes to the gateway.
    pub extras: CallExtras,
    /// The key in the body.
    pub idempotency_key: Option<String>,
    /// A hash of each member.
    pub fingerprint: Texts,
}

/// The payment method of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// Where it came from: a saved method's id (or a gateway's token in its place), a card's, another's or a bank account's token.
    pub kind: MethodKind,
    /// The id or the token.
    pub token: Redacted,
    /// What is told about it, by the names of the request.
    pub facts: Texts,
    /// It is to be kept.
    pub save_for_future: bool,
}

/// Which member holds the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodKind {
    /// `id`
    Id,
    /// `cardPaymentMethod`
    Card,
    /// `alternativePaymentMethod`
    Alternative,
    /// `bankPaymentMethod`
    Bank,
}

/// What of a request the record keeps, by the names of the request and of the object's fields.
const KEPT: &[(&str, &str)] = &[
    ("accountId", "AccountId"),
    ("clientContext", "ClientContext"),
    ("comments", "Comments"),
    ("email", "Email"),
    ("ipAddress", "IpAddress"),
    ("macAddress", "MacAddress"),
    ("paymentGatewayId", "PaymentGatewayId"),
    ("paymentInitiationSourceId", "PaymentInitiationSourceId"),
    ("phone", "Phone"),
];

impl PaymentsRequest {
    /// Reads and checks a body. `target`: the record in the path, which is a part of what is asked for.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] and [`Refusal::Malformed`] when the body can't be read, [`Refusal::Invalid`] with everything that is wrong with its members.
    pub fn read(operation: PaymentsOperation, target: Option<&str>, body: &[u8]) -> Result<Self, Refusal> {
        if body.len() > BODY_BYTES_MAX {
            return Err(Refusal::misshapen("", "The body is larger than 64 KiB.", None));
        }
        let body = parse_bytes(body)?;
        let mut problems = Vec::new();
        check(&body, "", form::REQUEST, operation.bit(), &mut problems);
        if problems.is_empty() {
            across_members(operation, &body, &mut problems);
        }
        if problems.is_empty() {
            Self::taken_apart(operation, target, &body)
        } else {
            Err(Refusal::Invalid { problems })
        }
    }

    fn taken_apart(operation: PaymentsOperation, target: Option<&str>, body: &Value<'_>) -> Result<Self, Refusal> {
        let group = given(body, "paymentGroup");
        let amount = given(body, "amount").and_then(|value| Amount::read(value).ok());
        let enhanced = match given(body, "enhancedPaymentData").map(EnhancedPaymentData::read) {
            Some(Ok(data)) => Some(enhanced::checked(data, amount)?),
            Some(Err(error)) => return Err(invalid(&["enhancedPaymentData.", &error.path].concat(), error.expected)),
            None => None,
        };
        let method = method(operation, body);
        let mut details: Texts = KEPT
            .iter()
            .filter_map(|(member, field)| text(body, member).map(|text| ((*field).to_owned(), text)))
            .collect();
        if let Some(gateway) = details.get_mut("PaymentGatewayId") {
            *gateway = gateway_id(provider_of(gateway));
        }
        if let Some(date) = text(body, "effectiveDate").and_then(|date| Timestamp::read_input(&date)) {
            details.insert("EffectiveDate".to_owned(), date.text());
        }
        let request = Self {
            operation,
            amount,
            currency: text(body, "currencyIsoCode").and_then(|code| Currency::parse(&code)),
            group_id: text(body, "paymentGroupId").or_else(|| group.and_then(|group| text(group, "id"))),
            source_object_id: group.and_then(|group| text(group, "sourceObjectId")),
            account_id: text(body, "accountId").or_else(|| method.as_ref()?.facts.get("accountId").cloned()),
            gateway_id: text(body, "paymentGatewayId"),
            extras: CallExtras {
                additional_data: given(body, "additionalData")
                    .and_then(|pairs| Json::read(pairs).ok())
                    .unwrap_or_default(),
                enhanced_payment_data: enhanced,
                save_for_future: method.as_ref().is_some_and(|method| method.save_for_future),
                submitted_by_merchant: flag(body, "submittedByMerchant") || flag(body, "savedByMerchant"),
                customer_reference: None,
            },
            method,
            details,
            idempotency_key: text(body, "idempotencyKey"),
            fingerprint: fingerprint(operation, target, body),
        };
        if let (Some(amount), Some(currency)) = (request.amount, request.currency) {
            money(amount, currency)?;
        }
        Ok(request)
    }
}

/// The money of a request.
///
/// # Errors
/// When the amount has more decimals than the currency, or more digits than fit.
pub fn money(amount: Amount, currency: Currency) -> Result<Money, Refusal> {
    Money::new(amount, currency).map_err(|error| match error {
        MoneyError::TooPrecise => {
            let decimals = currency.decimals().to_string();
            invalid("amount", &[currency.code(), " has ", &decimals, " decimals at most."].concat())
        }
        MoneyError::OutOfRange | MoneyError::CurrencyMismatch => invalid("amount", "Has too many digits."),
    })
}

/// A member that is wrong by itself.
#[must_use]
pub fn invalid(name: &str, detail: &str) -> Refusal {
    Refusal::Invalid { problems: vec![Problem::new(name, detail)] }
}

/// The rules that hold between members.
fn across_members(operation: PaymentsOperation, body: &Value<'_>, problems: &mut Vec<Problem>) {
    let mut wrong = |name: &str, detail: &str| problems.push(Problem::new(name, detail));
    if let Some(group) = given(body, "paymentGroup") {
        if given(body, "paymentGroupId").is_some() {
            wrong("paymentGroup", "Give either paymentGroup or paymentGroupId, not both.");
        }
        let others = ["currencyIsoCode", "sourceObjectId"].iter().any(|name| given(group, name).is_some());
        if given(group, "id").is_some() && (others || flag(group, "createPaymentGroup")) {
            wrong(
                "paymentGroup.id",
                "With an id there is neither currencyIsoCode nor sourceObjectId nor createPaymentGroup.",
            );
        }
        let of_group = text(group, "currencyIsoCode");
        if of_group.is_some() && text(body, "currencyIsoCode").is_some_and(|code| Some(code) != of_group) {
            wrong("paymentGroup.currencyIsoCode", "Differs from the currency of the request.");
        }
    }
    let (holder, names, path): (_, &[&str], _) = if operation == PaymentsOperation::Tokenize {
        (Some(body), form::ONE_METHOD_TO_TOKENIZE, "cardPaymentMethod")
    } else {
        (given(body, "paymentMethod"), form::ONE_METHOD, "paymentMethod")
    };
    let Some(holder) = holder else { return };
    if names.iter().filter(|name| given(holder, name).is_some()).count() != 1 {
        wrong(path, &["Give exactly one of ", &names.join(", "), "."].concat());
    }
    let method = names.iter().find_map(|name| given(holder, name)).filter(|method| method.members().is_some());
    let of_method = method.and_then(|method| text(method, "accountId"));
    let of_request = text(body, "accountId");
    if of_method.is_some() && of_request.is_some() && of_method != of_request {
        wrong(&[path, ".accountId"].concat(), "Differs from the accountId of the request.");
    }
    if operation == PaymentsOperation::Tokenize && of_method.is_none() {
        wrong(&[path, ".accountId"].concat(), "A value is required.");
    }
    if flag(holder, "saveForFuture") && of_method.is_none() && of_request.is_none() {
        wrong("paymentMethod.saveForFuture", "A payment method is saved for an account: give an accountId.");
    }
    for (name, detail) in method.into_iter().flat_map(dates_problem) {
        wrong(&[path, ".", name].concat(), detail);
    }
    if given(holder, "id").is_some() {
        for name in ["address", "saveForFuture"].iter().filter(|name| given(holder, name).is_some()) {
            wrong(&["paymentMethod.", name].concat(), "Does not go with the id of a payment method.");
        }
    }
}

/// What is wrong with the months of a method: each needs its year, and there are twelve.
fn dates_problem(method: &Value<'_>) -> Option<(&'static str, &'static str)> {
    let count = |name: &str| given(method, name).and_then(|value| u32::read(value).ok());
    [("expiryMonth", "expiryYear"), ("startMonth", "startYear")].into_iter().find_map(|(month, year)| {
        let named = (count(month), count(year));
        match named {
            (Some(0), _) => Some((month, "Must be a month from 1 to 12.")),
            (Some(_), None) => Some((year, "A value is required: there is a month.")),
            (None, Some(_)) => Some((month, "A value is required: there is a year.")),
            (Some(_), Some(_)) | (None, None) => None,
        }
    })
}

fn method(operation: PaymentsOperation, body: &Value<'_>) -> Option<Method> {
    let of_request = given(body, "paymentMethod");
    let holder = if operation == PaymentsOperation::Tokenize { body } else { of_request? };
    let save_for_future = flag(holder, "saveForFuture");
    if let Some(id) = text(holder, "id") {
        let facts = Sorted::new();
        return Some(Method { kind: MethodKind::Id, token: Redacted::new(id), facts, save_for_future });
    }
    let kinds = [
        (MethodKind::Card, "cardPaymentMethod"),
        (MethodKind::Alternative, "alternativePaymentMethod"),
        (MethodKind::Bank, "bankPaymentMethod"),
    ];
    let (kind, value) = kinds.iter().find_map(|(kind, name)| given(holder, name).map(|value| (*kind, value)))?;
    let token = Redacted::new(text(value, "gatewayToken")?);
    let address = given(holder, "address").and_then(Value::members).unwrap_or_default();
    let members = value.members().unwrap_or_default().iter().chain(address);
    let facts = members
        .filter(|member| member.key != "gatewayToken")
        .filter_map(|member| plain(&member.value).map(|text| (member.key.clone().into_owned(), text)))
        .collect();
    Some(Method { kind, token, facts, save_for_future })
}

/// A hash of each member, so that a repeat is recognised and a difference can be named, while no token is kept.
fn fingerprint(operation: PaymentsOperation, target: Option<&str>, body: &Value<'_>) -> Texts {
    let members = body.members().unwrap_or_default().iter();
    let of_body = members
        .filter(|member| member.key != "idempotencyKey" && !matches!(member.value, Value::Null))
        .map(|member| (member.key.clone().into_owned(), hash(&canonical(&member.value))));
    let path = [operation.as_str(), "/", target.unwrap_or_default()].concat();
    of_body.chain([("path".to_owned(), hash(&path))]).collect()
}

/// A text that is the same for values that mean the same.
fn canonical(value: &Value<'_>) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(text) => number(text),
        Value::Text(text) => number(text),
        Value::Array(values) => ["[", &values.iter().map(canonical).collect::<Vec<_>>().join(","), "]"].concat(),
        Value::Object(members) => {
            let mut parts: Vec<String> = members
                .iter()
                .filter(|member| !matches!(member.value, Value::Null))
                .map(|member| {
                    [&member.key.len().to_string(), ":", &*member.key, "=", &canonical(&member.value)].concat()
                })
                .collect();
            parts.sort_unstable();
            ["{", &parts.join(","), "}"].concat()
        }
    }
}

/// `10`, `"10.00"` and `10.0` are one amount; any other text is told apart by its length too.
fn number(text: &str) -> String {
    match Amount::parse(text) {
        Ok(amount) => amount.shortest_text(),
        Err(_) => [&text.len().to_string(), ":", text].concat(),
    }
}

fn text(value: &Value<'_>, name: &str) -> Option<String> {
    given(value, name).and_then(Value::text).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn flag(value: &Value<'_>, name: &str) -> bool {
    matches!(value.get(name), Some(Value::Bool(true)))
}

fn plain(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone().into_owned()),
        Value::Number(text) => Some((*text).to_owned()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
