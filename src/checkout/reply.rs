//! From what an operation came to, to the answer of the resource (`docs/errors.md` explains each).

use super::answer::{CheckoutPayment, ErrorType, Reason};
use super::reentrancy::Objection;
use crate::domain::error_code::ErrorCode;
use crate::domain::error_code::platform_errors;
use crate::domain::input::refusal::{Problem, Refusal};
use crate::domain::json::{Amounts, Json, Writer};
use crate::domain::result_code::ResultCode;
use crate::engine::{Answer, Conclusion, Operation};
use crate::prelude::*;

/// The answer to give for an operation as it stands now.
#[must_use]
pub fn answer(operation: &Operation) -> Answer {
    let Some(conclusion) = operation.conclusion else {
        return conflict();
    };
    let (status, body) = match conclusion {
        Conclusion::Success => (201, CheckoutPayment::without_errors(ResultCode::Success, &payment_data(operation))),
        Conclusion::Review | Conclusion::Pending => {
            (202, CheckoutPayment::without_errors(ResultCode::RequiresReview, &payment_data(operation)))
        }
        Conclusion::Decline | Conclusion::PermanentFail => (422, declined(conclusion)),
        Conclusion::ValidationError => (
            422,
            failed(
                ResultCode::ValidationError,
                ErrorType::Payment,
                "The payment data was not accepted.",
                "The gateway found the payment data wrong, or it does not match the cart. Nothing was charged. Correct it or use another method.",
            ),
        ),
        Conclusion::SystemError => (
            422,
            failed(
                ResultCode::SystemError,
                ErrorType::Payment,
                "The payment was not sent.",
                "The request never reached the gateway. Nothing was charged; it is safe to repeat it.",
            ),
        ),
        Conclusion::Indeterminate => (422, indeterminate()),
        Conclusion::ReleaseFailure => (
            422,
            failed(
                ResultCode::SystemError,
                ErrorType::PaymentReleaseFailure,
                "The earlier payment could not be refunded.",
                "The new payment was not taken, so that nothing is charged twice. The earlier payment stands.",
            ),
        ),
        Conclusion::Replaced => (
            422,
            failed(
                ResultCode::ValidationError,
                ErrorType::Payment,
                "A later payment took this one's place.",
                "This payment was not finished before another one was made for the same cart.",
            ),
        ),
    };
    Answer { status, body }
}

/// The gateway does not say whether the payment happened, and something that would charge depends on it.
#[must_use]
pub fn indeterminate() -> String {
    failed(
        ResultCode::SystemError,
        ErrorType::PaymentIndeterminate,
        "It is not known yet whether the payment went through.",
        "The gateway did not answer. Repeat the request to find out: a repeat resumes this payment and never charges again.",
    )
}

/// Another request for this checkout is under way.
#[must_use]
pub fn conflict() -> Answer {
    let message = "Another payment request for this checkout is under way. Try again in a moment.";
    Answer { status: 409, body: platform_errors(ErrorCode::CheckoutConflict, message) }
}

/// The checkout's order is placed, or it is gone.
#[must_use]
pub fn closed() -> Answer {
    let body = platform_errors(ErrorCode::CheckoutNotFound, "The checkout is closed; it takes no more payments.");
    Answer { status: 404, body }
}

/// The cart has a payment that this one can't follow.
#[must_use]
pub fn objected(objection: Objection) -> Answer {
    let body = failed(ResultCode::ValidationError, ErrorType::Payment, objection.title(), objection.detail());
    Answer { status: 422, body }
}

/// A cart that costs nothing needs no payment.
#[must_use]
pub fn nothing_to_pay() -> Answer {
    let body = failed(
        ResultCode::ValidationError,
        ErrorType::Payment,
        "There is nothing to pay.",
        "The cart's grand total is zero. Place the order without a payment.",
    );
    Answer { status: 422, body }
}

/// The idempotency key was used for another request; the parts that differ are named.
#[must_use]
pub fn other_request(parts: &[String]) -> Answer {
    let problems = parts
        .iter()
        .map(|part| {
            Problem::new(part, "It differs from the request this idempotency key was first used for. Use a new key.")
        })
        .collect();
    answered(&Refusal::Invalid { problems })
}

/// The answer of a refusal.
#[must_use]
pub fn answered(refusal: &Refusal) -> Answer {
    let (status, body) = refusal.answer();
    Answer { status, body }
}

fn declined(conclusion: Conclusion) -> String {
    let detail = if conclusion == Conclusion::PermanentFail {
        "The payment was declined for good. Use another payment method."
    } else {
        "The payment was declined. Use another payment method, or try again later."
    };
    failed(ResultCode::Decline, ErrorType::PaymentFailure, "The payment was not accepted.", detail)
}

fn failed(code: ResultCode, error_type: ErrorType, title: &str, detail: &str) -> String {
    CheckoutPayment::failed(code, Reason::new(error_type, title, detail, &[]))
}

/// What the gateway's adapter hands to the page, as JSON in a string.
fn payment_data(operation: &Operation) -> String {
    let outcome = operation.take_step().and_then(|step| step.outcome.as_ref());
    let mut writer = Writer::new(Amounts::Texts);
    match outcome {
        Some(outcome) => outcome.payment_data.write(&mut writer),
        None => writer.raw("{}"),
    }
    writer.finish()
}
