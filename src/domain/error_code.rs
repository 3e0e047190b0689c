//! The closed, append-only list of error codes of the platform style `[{errorCode, message}]`.

use super::json::{Amounts, Writer, json_enum, json_view};
use crate::prelude::*;

json_enum! {
    /// A code for programs; the message beside it is for people. `docs/errors.md` lists them.
    pub enum ErrorCode {
        /// The body is not acceptable JSON or XML.
        JsonParserError = "JSON_PARSER_ERROR",
        /// A member is missing, unknown, or of the wrong type.
        InvalidApiInput = "INVALID_API_INPUT",
        /// No such resource, or not in this API version.
        NotFound = "NOT_FOUND",
        /// No such checkout, another shopper's, or gone.
        CheckoutNotFound = "CHECKOUT_NOT_FOUND",
        /// Another request for this checkout is under way: try again.
        CheckoutConflict = "CHECKOUT_CONFLICT",
        /// An id in the body names no record of the kind that is meant.
        InvalidIdField = "INVALID_ID_FIELD",
        /// A value is of the right type and not acceptable.
        FieldIntegrity = "FIELD_INTEGRITY_EXCEPTION",
        /// More than a balance has.
        AmountTooLarge = "AMOUNT_TOO_LARGE",
        /// Two records of different currencies.
        CurrencyMismatch = "CURRENCY_MISMATCH",
        /// A record's status does not allow it.
        InvalidStatus = "INVALID_STATUS",
        /// Payments are applied at the other level, invoice or invoice line.
        ApplicationLevelMismatch = "APPLICATION_LEVEL_MISMATCH",
        /// A name that must be unique belongs to something else.
        DuplicateValue = "DUPLICATE_VALUE",
        /// The idempotency key was used for another request.
        IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED",
        /// A record has as many parts as it may have.
        LimitExceeded = "LIMIT_EXCEEDED",
        /// The body is neither JSON nor XML.
        UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE",
        /// Nothing can be captured after the authorization's expiration date.
        AuthorizationExpired = "AUTHORIZATION_EXPIRED",
        /// Another request for this payment group is under way: try again.
        PaymentConflict = "PAYMENT_CONFLICT",
        /// The gateway declined.
        PaymentDeclined = "PAYMENT_DECLINED",
        /// The gateway does not take this payment data.
        PaymentDataRefused = "PAYMENT_DATA_REFUSED",
        /// The request provably never reached the gateway.
        PaymentNotSent = "PAYMENT_NOT_SENT",
        /// Nobody knows whether it happened.
        PaymentIndeterminate = "PAYMENT_INDETERMINATE",
        /// The payment method can't be used any more: the month of its expiry is over.
        PaymentMethodExpired = "PAYMENT_METHOD_EXPIRED",
        /// The object has no such field.
        InvalidField = "INVALID_FIELD",
        /// The field is not for people to write.
        InvalidFieldForInsertUpdate = "INVALID_FIELD_FOR_INSERT_UPDATE",
        /// A field that may not be empty is.
        RequiredFieldMissing = "REQUIRED_FIELD_MISSING",
        /// The host handed the core something that is not of the contract, or the store is damaged: a bug.
        InternalError = "INTERNAL_ERROR",
    }
}

/// The body of an answer in the platform's style: `[{"errorCode": …, "message": …}]`.
#[must_use]
#[inline(always)]
#[allow(clippy::inline_always, reason = "the storefront knows few codes, and so holds no others")]
pub fn platform_errors(code: ErrorCode, message: &str) -> String {
    errors_of(code.as_str(), message)
}

#[inline(never)]
fn errors_of(code: &str, message: &str) -> String {
    let mut writer = Writer::new(Amounts::Numbers);
    writer.begin_array();
    PlatformFault::write(&mut writer, code, message, &[]);
    writer.end_array();
    writer.finish()
}

/// One entry of such a body; `fields`, where there are any, names the members of the request at fault.
pub fn write_platform_error(writer: &mut Writer, code: ErrorCode, message: &str, fields: &[String]) {
    PlatformFault::write(writer, code.as_str(), message, fields);
}

json_view! {
    /// Why a request is refused.
    pub struct PlatformFault(code: &str, message: &str, fields: &[String]) {
        /// For programs.
        "errorCode": ErrorCode = text(code),
        /// For people; it never repeats a value of the request.
        "message": String = text(message),
        /// The members of the request at fault.
        "fields": Option<Vec<String>> = maybe(Some(fields).filter(|fields| !fields.is_empty()), |writer: &mut Writer, fields: &[String]| {
            writer.list(fields, |writer, field| writer.text(field));
        }),
    }
}
