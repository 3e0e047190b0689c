//! What an outcome proves about a step. A step can't be settled without proof, and proof is made nowhere but here: so no code
//! path can turn "no trustworthy answer" into a failure, or into a success.

use super::env::Env;
use super::step::Step;
use super::work::Delivery;
use crate::domain::money::Money;
use crate::gateway::{GatewayOperation, Outcome, Verdict};

/// Proof that the gateway did, or took on, what a step asks.
#[derive(Debug, Clone, Copy)]
pub struct Happened(());

/// Proof that it did not. Nobody else can make one:
///
/// ```compile_fail,E0423
/// let proof = checkout_payments::engine::evidence::DidNotHappen(());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct DidNotHappen(());

/// What an outcome proves.
#[derive(Debug, Clone, Copy)]
pub enum Finding {
    /// It happened.
    Done(Happened),
    /// The gateway took it on; a notification tells the rest.
    Accepted(Happened),
    /// The bank asks the shopper first; nothing has happened yet.
    Review(DidNotHappen),
    /// It was refused, never sent, or never arrived.
    Refused(DidNotHappen),
    /// Nothing.
    Unknown,
}

/// What an outcome proves about a step, given how it was come by.
#[must_use]
pub fn find(step: &Step, outcome: &Outcome, delivery: Delivery, env: &Env) -> Finding {
    match outcome.verdict() {
        Verdict::Done | Verdict::Accepted if !is_about(step, outcome) => {
            // A payment made outside that is not the cart's was never ours. Any other is an answer nobody can trust.
            if step.operation == GatewayOperation::PostAuth && delivery != Delivery::Notification {
                Finding::Refused(DidNotHappen(()))
            } else {
                Finding::Unknown
            }
        }
        // A tokenization is nothing without the token: whoever says so without it is asked for it.
        Verdict::Done if step.operation == GatewayOperation::Tokenize && outcome.gateway_token.is_none() => {
            Finding::Unknown
        }
        Verdict::Done => Finding::Done(Happened(())),
        Verdict::Accepted => Finding::Accepted(Happened(())),
        // The challenge may be that of the attempt before, while this one is still under way.
        Verdict::Review if delivery == Delivery::Question && step.attempt > 1 && !is_late_enough(step, env) => {
            Finding::Unknown
        }
        Verdict::Review => Finding::Review(DidNotHappen(())),
        Verdict::Refused => Finding::Refused(DidNotHappen(())),
        Verdict::NotSent if delivery == Delivery::First && step.deliveries == 1 => Finding::Refused(DidNotHappen(())),
        Verdict::NotFound if delivery == Delivery::Question && is_late_enough(step, env) => {
            Finding::Refused(DidNotHappen(()))
        }
        // That this delivery was not sent, or is not known yet, says nothing about the one before it.
        Verdict::NotSent | Verdict::NotFound | Verdict::Unknown => Finding::Unknown,
    }
}

/// A request may still be under way inside the gateway for a while.
fn is_late_enough(step: &Step, env: &Env) -> bool {
    step.sent_at.is_some_and(|sent| env.now.since(sent) >= env.gateway.not_found_after())
}

/// Whether the gateway speaks of the amount that was asked for.
fn is_about(step: &Step, outcome: &Outcome) -> bool {
    if step.operation == GatewayOperation::Tokenize {
        return true; // no money moves
    }
    let currency = outcome.currency.unwrap_or(step.currency);
    let amount = outcome.amount.unwrap_or(step.amount);
    currency == step.currency && Money::new(amount, currency).is_ok_and(|money| money.amount() == step.amount)
}
