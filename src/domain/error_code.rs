//! The closed, append-only list of error codes of the platform style `[{errorCode, message}]`.

use super::json::{Amounts, Writer, json_enum};

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
        /// The body is neither JSON nor XML.
        UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE",
        /// The record's status does not allow it.
        InvalidStatus = "INVALID_STATUS",
        /// More than what is left of the record.
        AmountTooLarge = "AMOUNT_TOO_LARGE",
        /// Nothing can be captured after the authorization's expiration date.
        AuthorizationExpired = "AUTHORIZATION_EXPIRED",
        /// Two members, or a member and a record, do not go together.
        FieldIntegrity = "FIELD_INTEGRITY_EXCEPTION",
        /// An id in the body names nothing.
        InvalidIdField = "INVALID_ID_FIELD",
        /// The idempotency key was used for another request.
        IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED",
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
        /// It is there already.
        DuplicateValue = "DUPLICATE_VALUE",
        /// The account has as many payment methods as it may.
        LimitExceeded = "LIMIT_EXCEEDED",
        /// The host handed the core something that is not of the contract, or the store is damaged: a bug.
        InternalError = "INTERNAL_ERROR",
    }
}

/// The body of an answer in the platform's style: `[{"errorCode": …, "message": …}]`.
#[must_use]
pub fn platform_errors(code: ErrorCode, message: &str) -> String {
    let mut writer = Writer::new(Amounts::Numbers);
    writer.begin_array();
    writer.begin_object();
    writer.text_member("errorCode", code.as_str());
    writer.text_member("message", message);
    writer.end_object();
    writer.end_array();
    writer.finish()
}
