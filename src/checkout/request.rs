//! The request to pay for a checkout, and every rule it must keep (DESIGN §5, `reference/salesforce.md` §1.2).
//!
//! The order of precedence, so that a request with several faults has one defined answer:
//!
//! 1. 404: the resource does not exist in this version.
//! 2. 400: the body is too large, empty, not JSON or XML, or has a member twice: the first fault in the text.
//! 3. 400: the body is not an object; a member is unknown, of the wrong type, or an unknown `requestType`: the first in
//!    the order of the text. Then a `requestType` that is missing, then a `paymentToken` that is missing.
//! 4. 422: all values that are not acceptable, listed in the order `paymentToken`, `billingAddress` (name, street, city,
//!    region, country, postalCode, firstName, lastName, shipToPhoneNumber), `paymentsData` (its pairs as they stand). A
//!    member is listed once, with the first of: required, card number, control character, too long, not a known value.

use super::billing_address::{self, BILLING_ADDRESS};
use super::media_type::MediaType;
use super::payments_data::{self, PAYMENTS_DATA};
use super::request_type::RequestType;
use super::xml;
use crate::domain::address::Address;
use crate::domain::api_version::ApiVersion;
use crate::domain::input::members::given;
use crate::domain::input::refusal::Refusal;
use crate::domain::input::shape::{is_text_or_null, unknown, wrong_type};
use crate::domain::input::text_rules::TextRules;
use crate::domain::json::{Member, Value, parse, parse_bytes};
use crate::domain::limits::{BODY_BYTES_MAX, PAYMENT_TOKEN_CHARS_MAX, PURCHASE_ORDER_NUMBER_CHARS_MAX};
use crate::domain::redacted::Redacted;
use crate::domain::sorted::Texts;
use crate::prelude::*;

/// A request that passed validation. Amount and currency are the checkout's, never the request's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutPaymentRequest {
    /// The kind of payment.
    pub request_type: RequestType,
    /// A saved method's id or a gateway's token, a gateway's transaction, or a purchase order number.
    pub payment_token: Redacted,
    /// The billing address, if the request has one.
    pub billing_address: Option<Address>,
    /// Custom data for the gateway's adapter.
    pub payments_data: Texts,
}

/// The member that says which kind of payment it is.
pub const REQUEST_TYPE: &str = "requestType";
/// The member that says what is paid with.
pub const PAYMENT_TOKEN: &str = "paymentToken";

impl CheckoutPaymentRequest {
    /// Reads and validates a body in either media type.
    ///
    /// # Errors
    /// A [`Refusal`], by the order of precedence of this module.
    pub fn read(body: &[u8], media_type: MediaType, version: ApiVersion) -> Result<Self, Refusal> {
        match media_type {
            MediaType::Json => Self::read_json(body, version),
            MediaType::Xml => {
                check_resource(version)?;
                check_size(body)?;
                Self::from_value(&xml::parse(body)?)
            }
        }
    }

    /// Reads and validates a JSON body. Apart from [`CheckoutPaymentRequest::read`] so that the storefront build need not
    /// hold an XML parser.
    ///
    /// # Errors
    /// A [`Refusal`], by the order of precedence of this module.
    pub fn read_json(body: &[u8], version: ApiVersion) -> Result<Self, Refusal> {
        check_resource(version)?;
        check_size(body)?;
        Self::from_value(&parse_bytes(body)?)
    }

    /// Validates a body that was parsed: what JSON and XML have in common.
    ///
    /// # Errors
    /// A [`Refusal`], by the order of precedence of this module from its third point on.
    pub fn from_value(body: &Value<'_>) -> Result<Self, Refusal> {
        let request_type = check_value(body)?;
        Ok(Self {
            request_type,
            payment_token: Redacted::new(token_of(body).to_owned()),
            billing_address: given(body, BILLING_ADDRESS).map(billing_address::read),
            payments_data: given(body, PAYMENTS_DATA).map(payments_data::read).unwrap_or_default(),
        })
    }
}

/// Judges a JSON body as [`CheckoutPaymentRequest::read_json`] does. A page needs no more than that: no copies of the values.
///
/// # Errors
/// A [`Refusal`], by the order of precedence of this module.
pub fn check_json(body: &str, version: ApiVersion) -> Result<(), Refusal> {
    check_resource(version)?;
    check_size(body.as_bytes())?;
    check_value(&parse(body)?).map(|_| ())
}

/// The request type of a body that keeps every rule.
fn check_value(body: &Value<'_>) -> Result<RequestType, Refusal> {
    let request_type = check_shape(body)?;
    let mut problems = Vec::new();
    problems.extend(token_rules(request_type).problem(PAYMENT_TOKEN, token_of(body)));
    if let Some(address) = given(body, BILLING_ADDRESS) {
        billing_address::check(address, &mut problems);
    }
    if let Some(data) = given(body, PAYMENTS_DATA) {
        payments_data::check(data, request_type, &mut problems);
    }
    if problems.is_empty() { Ok(request_type) } else { Err(Refusal::Invalid { problems }) }
}

fn token_of<'v>(body: &'v Value<'_>) -> &'v str {
    body.get(PAYMENT_TOKEN).and_then(Value::text).unwrap_or_default()
}

fn check_resource(version: ApiVersion) -> Result<(), Refusal> {
    if version.supports_checkout_payments() {
        Ok(())
    } else {
        Err(Refusal::NotFound { message: "This resource exists since version 55.0.".to_owned() })
    }
}

fn check_size(body: &[u8]) -> Result<(), Refusal> {
    if body.len() > BODY_BYTES_MAX {
        return Err(Refusal::misshapen("", "The body is larger than 64 KiB.", None));
    }
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::unreadable("The body is empty.", None));
    }
    Ok(())
}

/// The request type of a body whose members are all known, of their types, and there when required.
fn check_shape(body: &Value<'_>) -> Result<RequestType, Refusal> {
    let Some(members) = body.members() else {
        let message = ["The body must be an object, not ", body.kind(), "."].concat();
        return Err(Refusal::misshapen("", &message, None));
    };
    let mut request_type = None;
    for member in members {
        match member.key.as_ref() {
            REQUEST_TYPE => request_type = request_type_of(member)?,
            PAYMENT_TOKEN if is_text_or_null(&member.value) => {}
            PAYMENT_TOKEN => return Err(wrong_type("", member, "a string")),
            BILLING_ADDRESS => match member.value {
                Value::Object(_) => billing_address::check_shape(&member.value)?,
                Value::Null => {}
                Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Array(_) => {
                    return Err(wrong_type("", member, "an object"));
                }
            },
            PAYMENTS_DATA => {}
            _ => return Err(unknown("", member, "")),
        }
    }
    let request_type = request_type.ok_or_else(|| missing(REQUEST_TYPE))?;
    if body.get(PAYMENT_TOKEN).is_none_or(|token| token.text().is_none()) {
        return Err(missing(PAYMENT_TOKEN));
    }
    Ok(request_type)
}

fn request_type_of(member: &Member<'_>) -> Result<Option<RequestType>, Refusal> {
    match &member.value {
        Value::Null => Ok(None),
        Value::Text(text) => RequestType::parse(text).map(Some).ok_or_else(|| {
            let message = "Invalid value for requestType: expected Auth, PostAuth or SimplePurchaseOrder.";
            Refusal::misshapen(REQUEST_TYPE, message, Some(member.place.position()))
        }),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            Err(wrong_type("", member, "a string"))
        }
    }
}

fn missing(name: &str) -> Refusal {
    Refusal::misshapen(name, &["The required member ", name, " is missing."].concat(), None)
}

/// What the token of such a request may be.
pub(crate) const fn token_rules(request_type: RequestType) -> TextRules {
    match request_type {
        RequestType::Auth | RequestType::PostAuth => TextRules::required(PAYMENT_TOKEN_CHARS_MAX),
        // A purchase order number is the buyer's own and may look like anything.
        RequestType::SimplePurchaseOrder => {
            TextRules { card_number_allowed: true, ..TextRules::required(PURCHASE_ORDER_NUMBER_CHARS_MAX) }
        }
    }
}
