//! The closed, append-only list of error codes of the platform style `[{errorCode, message}]`.

use super::json::json_enum;

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
