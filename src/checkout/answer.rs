//! The two shapes of an answer: the resource's own, and the platform's list of errors
//! (`reference/salesforce.md` §1.4 and §1.5; every code and type is explained in `docs/errors.md`).

use crate::domain::error_code::{ErrorCode, platform_errors};
use crate::domain::input::refusal::{Problem, Refusal};
use crate::domain::json::{Amounts, Json, Writer, json_enum, json_view};
use crate::domain::result_code::ResultCode;
use crate::prelude::*;

json_enum! {
    /// The class of a [`CheckoutError`]: a URI reference, for programs. The list only grows.
    pub enum ErrorType {
        /// The request, or the payment the cart has, does not allow this payment.
        Payment = "/commerce/payment",
        /// The payment was not accepted.
        PaymentFailure = "/commerce/errors/payment-failure",
        /// Whether money moved is not known yet; a repeat resumes and never charges again.
        PaymentIndeterminate = "/commerce/errors/payment-indeterminate",
        /// The existing payment could not be released, so the new one was not taken.
        PaymentReleaseFailure = "/commerce/errors/payment-release-failure",
        /// The order can't be placed because of its payment.
        PlaceOrderPayment = "/commerce/checkout/placeorder/payment",
    }
}

json_view! {
    /// The answer of the resource: what the payment came to.
    pub struct CheckoutPayment(code: &str, reason: Option<Reason<'_>>, payment_data: &str) {
        /// What it came to.
        "salesforceResultCode": ResultCode = text(code),
        /// Why it did not succeed; empty when it did.
        "errors": Vec<CheckoutError> = list(reason, CheckoutError::write),
        /// What the gateway's adapter hands to the page: JSON in a string, `{}` when there is nothing.
        "paymentData": String = text(payment_data),
    }
}

json_view! {
    /// One reason why a payment did not succeed, in the manner of RFC 7807.
    pub struct CheckoutError(reason: Reason<'_>) {
        /// The class of error, for programs.
        "type": ErrorType = text(reason.error_type),
        /// What happened, in a few words.
        "title": String = text(reason.title),
        /// What happened and what to do, for people.
        "detail": String = text(reason.detail),
        /// A reference to this occurrence: empty, as there is none.
        "instance": String = text(""),
        /// The members of the request at fault.
        "invalidParameters": Vec<Problem> = list(reason.problems, |writer: &mut Writer, problem: &Problem| problem.write(writer)),
    }
}

/// What a [`CheckoutError`] is written from.
#[derive(Debug, Clone, Copy)]
pub struct Reason<'r> {
    /// The text of an [`ErrorType`].
    error_type: &'static str,
    title: &'r str,
    detail: &'r str,
    problems: &'r [Problem],
}

impl<'r> Reason<'r> {
    /// What happened, in a few words and in full; `problems`: the members of the request that it blames, if any.
    #[must_use]
    pub const fn new(error_type: ErrorType, title: &'r str, detail: &'r str, problems: &'r [Problem]) -> Self {
        Self { error_type: error_type.as_str(), title, detail, problems }
    }
}

/// What `paymentData` is when there is nothing to hand over.
const NO_PAYMENT_DATA: &str = "{}";

impl CheckoutPayment {
    /// The answer of a payment that succeeded, or of one that waits for the shopper; `payment_data` is JSON text.
    #[must_use]
    pub fn without_errors(code: ResultCode, payment_data: &str) -> String {
        Self::text(code.as_str(), None, payment_data)
    }

    /// The answer of a payment that failed for one reason.
    #[must_use]
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "the storefront knows one code, and so holds no others")]
    pub fn failed(code: ResultCode, reason: Reason<'_>) -> String {
        Self::text(code.as_str(), Some(reason), NO_PAYMENT_DATA)
    }

    fn text(code: &str, reason: Option<Reason<'_>>, payment_data: &str) -> String {
        let mut writer = Writer::new(Amounts::Numbers);
        Self::write(&mut writer, code, reason, payment_data);
        writer.finish()
    }
}

impl Refusal {
    /// The HTTP status: 400, 404 or 422.
    #[must_use]
    pub const fn status(&self) -> u32 {
        match self {
            Self::Unreadable { .. } | Self::Malformed { .. } => 400,
            Self::NotFound { .. } => 404,
            Self::Invalid { .. } => 422,
        }
    }

    /// The body as JSON.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Unreadable { message } => platform_errors(ErrorCode::JsonParserError, message),
            Self::Malformed { message, .. } => platform_errors(ErrorCode::InvalidApiInput, message),
            Self::NotFound { message } => platform_errors(ErrorCode::NotFound, message),
            Self::Invalid { problems } => invalid(problems),
        }
    }

    /// The HTTP status and the body as JSON.
    #[must_use]
    pub fn answer(&self) -> (u32, String) {
        (self.status(), self.text())
    }
}

fn invalid(problems: &[Problem]) -> String {
    let mut detail = String::new();
    for problem in problems {
        let space = if detail.is_empty() { "" } else { " " };
        for part in [space, &problem.name, ": ", &problem.detail] {
            detail.push_str(part);
        }
    }
    let title = "The payment request is not valid.";
    let reason = Reason::new(ErrorType::Payment, title, &detail, problems);
    CheckoutPayment::failed(ResultCode::ValidationError, reason)
}
