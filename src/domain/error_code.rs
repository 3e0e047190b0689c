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
