//! How calls, amounts and counts are named in a sentence.

use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::digits::decimal;
use crate::domain::money::Money;
use crate::engine::{Role, Step};
use crate::gateway::GatewayOperation;
use crate::prelude::*;

/// `$129.90`
pub fn money(amount: Amount, currency: Currency) -> String {
    Money::new(amount, currency).map_or_else(|_| amount.text(), Money::format)
}

/// `the reversal of $129.90 of pauth_…`
pub fn call(step: &Step) -> String {
    let what = match step.operation {
        GatewayOperation::Authorize => "authorization",
        GatewayOperation::PostAuth => "wallet payment",
        GatewayOperation::Capture => "capture",
        GatewayOperation::Reverse if step.role == Role::Release && step.target_id.is_none() => "challenge",
        GatewayOperation::Reverse => "reversal",
        GatewayOperation::Sale => "sale",
        GatewayOperation::Refund => "refund",
        GatewayOperation::Tokenize => "saving of the payment method",
        GatewayOperation::Inquire => "question",
    };
    let mut text = ["the ", what, " of ", &money(step.amount, step.currency)].concat();
    if let Some(target) = &step.target_id {
        text.push_str(" of ");
        text.push_str(target);
    }
    text
}

/// What a call does, for a plan: `reverse $129.90 of pauth_…`
pub fn deed(step: &Step) -> String {
    let verb = match step.operation {
        GatewayOperation::Authorize => "authorize",
        GatewayOperation::PostAuth => "check and record the wallet payment of",
        GatewayOperation::Capture => "capture",
        GatewayOperation::Reverse if step.role == Role::Release && step.target_id.is_none() => {
            "cancel the unfinished challenge of"
        }
        GatewayOperation::Reverse => "reverse",
        GatewayOperation::Sale => "take",
        GatewayOperation::Refund => "refund",
        GatewayOperation::Tokenize => "save the payment method of",
        GatewayOperation::Inquire => "ask about",
    };
    let mut text = [verb, " ", &money(step.amount, step.currency)].concat();
    if let Some(target) = &step.target_id {
        text.push_str(" of ");
        text.push_str(target);
    }
    text
}

/// `once`, `twice`, `3 times`
pub fn times(count: u32) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => [&decimal(more), " times"].concat(),
    }
}
