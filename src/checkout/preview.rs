//! What a payment will do to the one the cart has, said beforehand: in the browser, by the code that will do it.

use super::existing::{Existing, Releasable};
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
    let replaces_order = matches!(existing, Existing::PurchaseOrder);
    match releases_for(existing, request_type, version) {
        Err(objection) => refused(objection),
        Ok(releases) => {
            let mut plan = Plan::new(order, releases.len() + 1);
            if order == ReleaseOrder::AuthorizeFirst {
                plan.take(request_type, replaces_order, money);
            }
            for part in &releases {
                plan.release(part);
            }
            if order == ReleaseOrder::ReleaseFirst {
                plan.take(request_type, replaces_order, money);
            }
            plan.finish()
        }
    }
}

/// What will be done, written step by step.
struct Plan {
    writer: Writer,
    summary: String,
    /// How many steps there are.
    count: usize,
}

impl Plan {
    fn new(order: ReleaseOrder, count: usize) -> Self {
        let mut writer = Writer::new(Amounts::Texts);
        writer.begin_object();
        writer.key("allowed");
        writer.raw("true");
        writer.text_member("releaseOrder", order.as_str());
        writer.key("steps");
        writer.begin_array();
        Self { writer, summary: String::new(), count }
    }

    fn release(&mut self, part: &Releasable) {
        let (operation, what, verb) = if part.operation == GatewayOperation::Refund {
            (GatewayOperation::Refund.as_str(), "payment", "refunded")
        } else {
            (GatewayOperation::Reverse.as_str(), "authorization", "reversed")
        };
        let subject = ["your ", what, " of ", &part.money.format()].concat();
        self.step(operation, Some(&part.record_id), Some(part.money), &subject, verb);
    }

    fn take(&mut self, request_type: RequestType, replaces_order: bool, money: Money) {
        match request_type {
            RequestType::Auth => self.step("authorize", None, Some(money), &money.format(), "authorized"),
            RequestType::PostAuth => {
                let subject = ["your wallet payment of ", &money.format()].concat();
                self.step("postauth", None, Some(money), &subject, "checked and recorded");
            }
            RequestType::SimplePurchaseOrder => {
                let verb = if replaces_order { "replaced" } else { "recorded" };
                self.step("purchaseOrder", None, None, "your purchase order number", verb);
            }
        }
    }

    /// `subject` and `verb`: what is done, in the passive, for the place in the order decides how the sentence begins.
    /// "Your authorization of $129.90 will be reversed first." / "Then $99.00 will be authorized."
    fn step(&mut self, operation: &str, record_id: Option<&str>, money: Option<Money>, subject: &str, verb: &str) {
        let is_first = self.summary.is_empty();
        let start = if is_first { "" } else { "Then " };
        let end = if is_first && self.count > 1 { " first." } else { "." };
        let sentence = capitalized(&[start, subject, " will be ", verb, end].concat());

        let writer = &mut self.writer;
        writer.begin_object();
        writer.text_member("operation", operation);
        if let Some(record_id) = record_id {
            writer.text_member("recordId", record_id);
        }
        if let Some(money) = money {
            writer.text_member("amount", &money.amount().text());
            writer.text_member("currencyIsoCode", money.currency().code());
        }
        writer.text_member("text", &sentence);
        writer.end_object();

        if !is_first {
            self.summary.push(' ');
        }
        self.summary.push_str(&sentence);
    }

    fn finish(mut self) -> String {
        self.writer.end_array();
        self.writer.text_member("summary", &self.summary);
        self.writer.end_object();
        self.writer.finish()
    }
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
