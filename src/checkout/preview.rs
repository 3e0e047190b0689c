//! What a payment will do to the one the cart has, said beforehand: in the browser, by the code that will do it.

use super::existing::Existing;
use super::reentrancy::{Objection, ReleaseOrder, releases_for};
use super::request_type::RequestType;
use crate::domain::api_version::ApiVersion;
use crate::domain::characters::capitalized;
use crate::domain::json::{Amounts, Writer};
use crate::domain::money::Money;
use crate::gateway::GatewayOperation;
use crate::prelude::*;

/// The preview as JSON (`docs/core.md`).
#[must_use]
pub fn preview(
    existing: Existing,
    request_type: RequestType,
    version: ApiVersion,
    order: ReleaseOrder,
    money: Money,
) -> String {
    let replaces_order = existing == Existing::PurchaseOrder;
    match releases_for(existing, request_type, version) {
        Err(objection) => refused(objection),
        Ok(releases) => {
            let mut steps: Vec<Said> =
                releases.into_iter().map(|part| Said::release(part.operation, part.record_id, part.money)).collect();
            let take = Said::take(request_type, replaces_order, money);
            match order {
                ReleaseOrder::ReleaseFirst => steps.push(take),
                ReleaseOrder::AuthorizeFirst => steps.insert(0, take),
            }
            allowed(&steps, order)
        }
    }
}

struct Said {
    operation: &'static str,
    record_id: Option<String>,
    money: Option<Money>,
    /// What is done, in the passive: the place in the order decides how the sentence begins.
    subject: String,
    verb: &'static str,
}

impl Said {
    fn release(operation: GatewayOperation, record_id: String, money: Money) -> Self {
        let (what, verb) =
            if operation == GatewayOperation::Refund { ("payment", "refunded") } else { ("authorization", "reversed") };
        let subject = ["your ", what, " of ", &money.format()].concat();
        Self { operation: operation.as_str(), record_id: Some(record_id), money: Some(money), subject, verb }
    }

    fn take(request_type: RequestType, replaces_order: bool, money: Money) -> Self {
        let (operation, subject, verb) = match request_type {
            RequestType::Auth => ("authorize", money.format(), "authorized"),
            RequestType::PostAuth => {
                ("postauth", ["your wallet payment of ", &money.format()].concat(), "checked and recorded")
            }
            RequestType::SimplePurchaseOrder if replaces_order => {
                ("purchaseOrder", "your purchase order number".to_owned(), "replaced")
            }
            RequestType::SimplePurchaseOrder => ("purchaseOrder", "your purchase order number".to_owned(), "recorded"),
        };
        let money = (request_type != RequestType::SimplePurchaseOrder).then_some(money);
        Self { operation, record_id: None, money, subject, verb }
    }

    /// "Your authorization of $129.90 will be reversed first." / "Then $99.00 will be authorized."
    fn sentence(&self, at: usize, count: usize) -> String {
        let (start, end) = match at {
            0 if count > 1 => ("", " first."),
            0 => ("", "."),
            _ => ("Then ", "."),
        };
        let sentence = [start, &self.subject, " will be ", self.verb, end].concat();
        capitalized(&sentence)
    }
}

fn allowed(steps: &[Said], order: ReleaseOrder) -> String {
    let mut writer = Writer::new(Amounts::Texts);
    writer.begin_object();
    writer.key("allowed");
    writer.raw("true");
    writer.text_member("releaseOrder", order.as_str());
    writer.key("steps");
    writer.begin_array();
    let mut summary = String::new();
    for (at, step) in steps.iter().enumerate() {
        let text = step.sentence(at, steps.len());
        writer.begin_object();
        writer.text_member("operation", step.operation);
        writer.member("recordId", &step.record_id);
        if let Some(money) = step.money {
            writer.text_member("amount", &money.amount().text());
            writer.text_member("currencyIsoCode", money.currency().code());
        }
        writer.text_member("text", &text);
        writer.end_object();
        if at > 0 {
            summary.push(' ');
        }
        summary.push_str(&text);
    }
    writer.end_array();
    writer.text_member("summary", &summary);
    writer.end_object();
    writer.finish()
}

fn refused(objection: Objection) -> String {
    let mut writer = Writer::new(Amounts::Texts);
    writer.begin_object();
    writer.key("allowed");
    writer.raw("false");
    writer.key("status");
    writer.raw("422");
    writer.text_member("code", objection.as_str());
    writer.text_member("detail", objection.detail());
    writer.end_object();
    writer.finish()
}
