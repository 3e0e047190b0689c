//! The two shapes of an answer: the resource's own, and the platform's list of errors
//! (`reference/salesforce.md` §1.4 and §1.5; every code and type is explained in `docs/errors.md`).

use crate::domain::error_code::{ErrorCode, platform_errors};
use crate::domain::input::refusal::{Problem, Refusal};
use crate::domain::json::{Amounts, Json, Writer, json_enum, json_object};
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

json_object! {
    /// The answer of the resource: what the payment came to.
    pub struct CheckoutPayment {
        /// What it came to.
        pub salesforce_result_code: ResultCode = "salesforceResultCode",
        /// Why it did not succeed; empty when it did.
        pub errors: Vec<CheckoutError> = "errors",
        /// What the gateway's adapter hands to the page: JSON in a string, `{}` when there is nothing.
        pub payment_data: String = "paymentData",
    }
}

json_object! {
    /// One reason why a payment did not succeed, in the manner of RFC 7807.
    pub struct CheckoutError {
        /// The class of error, for programs.
        pub error_type: ErrorType = "type",
        /// What happened, in a few words.
        pub title: String = "title",
        /// What happened and what to do, for people.
        pub detail: String = "detail",
        /// A reference to this occurrence: empty, as there is none.
        pub instance: String = "instance",
        /// The members of the request at fault.
        pub invalid_parameters: Vec<Problem> = "invalidParameters",
    }
}

/// What `paymentData` is when there is nothing to hand over.
pub const NO_PAYMENT_DATA: &str = "{}";

impl CheckoutPayment {
    /// The answer of a payment that succeeded, or of one that waits for the shopper; `payment_data` is JSON text.
    #[must_use]
    pub fn without_errors(salesforce_result_code: ResultCode, payment_data: String) -> Self {
        Self { salesforce_result_code, errors: Vec::new(), payment_data }
    }

    /// The answer of a payment that failed for one reason.
    #[must_use]
    pub fn failed(salesforce_result_code: ResultCode, error: CheckoutError) -> Self {
        Self { salesforce_result_code, errors: vec![error], payment_data: NO_PAYMENT_DATA.to_owned() }
    }

    /// The body as JSON.
    #[must_use]
    pub fn text(&self) -> String {
        let mut writer = Writer::new(Amounts::Numbers);
        self.write(&mut writer);
        writer.finish()
    }
}

impl CheckoutError {
    /// An error that blames no member of the request.
    #[must_use]
    pub fn new(error_type: ErrorType, title: &str, detail: &str) -> Self {
        Self {
            error_type,
            title: title.to_owned(),
            detail: detail.to_owned(),
            instance: String::new(),
            invalid_parameters: Vec::new(),
        }
    }
}

impl Refusal {
    /// The HTTP status: 400, 404 or 422.
    #[must_use]
    pub const fn status(&self) -> u32 {
        match self {
            Self::Malformed { .. } => 400,
            Self::NotFound { .. } => 404,
            Self::Invalid { .. } => 422,
        }
    }

    /// The body as JSON.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Malformed { code, message, .. } => platform_errors(*code, message),
            Self::NotFound { message } => platform_errors(ErrorCode::NotFound, message),
            Self::Invalid { problems } => {
                CheckoutPayment::failed(ResultCode::ValidationError, invalid(problems)).text()
            }
        }
    }

    /// The HTTP status and the body as JSON.
    #[must_use]
    pub fn answer(&self) -> (u32, String) {
        (self.status(), self.text())
    }
}

fn invalid(problems: &[Problem]) -> CheckoutError {
    let mut detail = String::new();
    for problem in problems {
        let space = if detail.is_empty() { "" } else { " " };
        for part in [space, &problem.name, ": ", &problem.detail] {
            detail.push_str(part);
        }
    }
    CheckoutError {
        invalid_parameters: problems.to_vec(),
        ..CheckoutError::new(ErrorType::Payment, "The payment request is not valid.", &detail)
    }
}
