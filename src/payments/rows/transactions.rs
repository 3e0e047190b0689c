//! The rows of the money records: authorizations, reversals, payments, refunds, with their computed amounts (`reference` §4.1).

use super::row::Row;
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::engine::{State, Step};
use crate::prelude::*;
use crate::records::applied::{PaymentAmounts, RefundAmounts};
use crate::records::positions::Positions;
use crate::records::relations::Relations;
use crate::records::{Payment, PaymentAuthAdjustment, PaymentAuthorization, ProcessingMode, Refund, TransactionStatus};

/// What every row of a group needs to know of it.
#[derive(Debug)]
pub(super) struct Frame<'s> {
    /// The group with its operations.
    pub state: &'s State,
    /// Which of its records belong to which.
    pub relations: Relations<'s>,
    /// The gateway that takes its payments.
    pub gateway_id: String,
    /// The summary of its order, once placed.
    pub summary_id: Option<String>,
    /// Everything that was asked of the gateway, oldest first.
    pub steps: &'s [&'s Step],
    /// By the id of the record it made: where among the steps is the one that made it.
    pub made_by: Positions<'s>,
}

/// What the money records have in common.
struct Common<'s> {
    object: &'static str,
    number_field: &'static str,
    id: &'s str,
    status: TransactionStatus,
    amount: Amount,
    currency: Currency,
    gateway_reference: Option<&'s str>,
    date: Timestamp,
    details: &'s Texts,
    /// Those of the record it takes from, whose account, gateway and method it has.
    parent_details: Option<&'s Texts>,
}

impl Frame<'_> {
    /// The rows of all money records of the group.
    pub(super) fn transactions(&self, rows: &mut Vec<Row>) {
        let group = &self.state.group;
        rows.extend(group.authorizations.iter().map(|record| self.authorization(record)));
        rows.extend(group.adjustments.iter().map(|record| self.adjustment(record)));
        rows.extend(group.payments.iter().map(|record| self.payment(record)));
        rows.extend(group.refunds.iter().map(|record| self.refund(record)));
    }

    fn authorization(&self, record: &PaymentAuthorization) -> Row {
        let group = &self.state.group;
        let mut row = self.common(&Common {
            object: "PaymentAuthorization",
            number_field: "PaymentAuthorizationNumber",
            id: &record.id,
            status: record.status,
            amount: record.amount,
            currency: record.currency,
            gateway_reference: record.gateway_reference.as_deref(),
            date: record.date,
            details: &record.details,
            parent_details: None,
        });
        row.set("PaymentGroupId", &group.id);
        self.gateway(&mut row, &record.details);
        row.set_some("GatewayAuthCode", record.gateway_authorization_code.as_deref());
        row.set_some("ExpirationDate", record.expiration_date.map(Timestamp::text).as_deref());
        row.amount("Balance", record.currency, self.relations.authorization_balance(record).ok());
        row.amount("TotalPaymentCaptureAmount", record.currency, self.relations.captured(record).ok());
        let released = self.relations.reversed(record).and_then(|sum| sum.checked_add(self.relations.let_go(record)?));
        row.amount("TotalAuthReversalAmount", record.currency, released.ok());
        row
    }

    fn adjustment(&self, record: &PaymentAuthAdjustment) -> Row {
        let parent = self.relations.authorization(&record.payment_authorization_id);
        let mut row = self.common(&Common {
            object: "PaymentAuthAdjustment",
            number_field: "PaymentAuthAdjustmentNumber",
            id: &record.id,
            status: record.status,
            amount: record.amount,
            currency: record.currency,
            gateway_reference: record.gateway_reference.as_deref(),
            date: record.date,
            details: &record.details,
            parent_details: parent.map(|parent| &parent.details),
        });
        row.set("PaymentAuthorizationId", &record.payment_authorization_id);
        row.set("Type", "Reversal");
        row
    }

    fn payment(&self, record: &Payment) -> Row {
        let group = &self.state.group;
        let parent = record.payment_authorization_id.as_deref().and_then(|id| self.relations.authorization(id));
        let mut row = self.common(&Common {
            object: "Payment",
            number_field: "PaymentNumber",
            id: &record.id,
            status: record.status,
            amount: record.amount,
            currency: record.currency,
            gateway_reference: record.gateway_reference.as_deref(),
            date: record.date,
            details: &record.details,
            parent_details: parent.map(|parent| &parent.details),
        });
        row.set("PaymentGroupId", &group.id);
        self.method(&mut row, &record.details, parent.map(|parent| &parent.details));
        row.set_some("PaymentAuthorizationId", record.payment_authorization_id.as_deref());
        row.set("Type", record.kind.as_str());
        let amounts = self.relations.payment_amounts(record).ok();
        let computed: [Computed<PaymentAmounts>; 8] = [
            ("TotalApplied", |amounts| amounts.total_applied),
            ("TotalUnapplied", |amounts| amounts.total_unapplied),
            ("NetApplied", |amounts| amounts.net_applied),
            ("TotalRefundApplied", |amounts| amounts.total_refund_applied),
            ("TotalRefundUnapplied", |amounts| amounts.total_refund_unapplied),
            ("NetRefundApplied", |amounts| amounts.net_refund_applied),
            ("Balance", |amounts| amounts.balance),
            ("ImpactAmount", |amounts| amounts.impact_amount),
        ];
        computed.iter().for_each(|(name, of)| row.amount(name, record.currency, amounts.map(of)));
        row
    }

    fn refund(&self, record: &Refund) -> Row {
        let parent = self.relations.payment(&record.payment_id);
        let mut row = self.common(&Common {
            object: "Refund",
            number_field: "RefundNumber",
            id: &record.id,
            status: record.status,
            amount: record.amount,
            currency: record.currency,
            gateway_reference: record.gateway_reference.as_deref(),
            date: record.date,
            details: &record.details,
            parent_details: parent.map(|parent| &parent.details),
        });
        row.set("PaymentGroupId", &self.state.group.id);
        self.method(&mut row, &record.details, parent.map(|parent| &parent.details));
        row.set("PaymentId", &record.payment_id);
        row.set("Type", "Referenced");
        let amounts = self.relations.refund_amounts(record).ok();
        let computed: [Computed<RefundAmounts>; 5] = [
            ("TotalApplied", |amounts| amounts.total_applied),
            ("TotalUnapplied", |amounts| amounts.total_unapplied),
            ("NetApplied", |amounts| amounts.net_applied),
            ("Balance", |amounts| amounts.balance),
            ("ImpactAmount", |amounts| amounts.impact_amount),
        ];
        computed.iter().for_each(|(name, of)| row.amount(name, record.currency, amounts.map(of)));
        row
    }

    /// The gateway and the method, those of the record it takes from unless it has its own.
    fn method(&self, row: &mut Row, own: &Texts, parent: Option<&Texts>) {
        for name in ["PaymentGatewayId", "PaymentMethodId"] {
            row.default_some(name, parent.and_then(|parent| parent.get(name)).map(String::as_str));
        }
        self.gateway(row, own);
    }

    /// The host's gateway, unless the record was made outside.
    fn gateway(&self, row: &mut Row, details: &Texts) {
        if ProcessingMode::of(details) == ProcessingMode::Salesforce {
            row.default("PaymentGatewayId", &self.gateway_id);
        }
    }

    fn common(&self, of: &Common<'_>) -> Row {
        let step = self.made_by.under(of.id).last().and_then(|at| self.steps.get(at));
        let outcome = step.and_then(|step| step.outcome.as_ref());
        let modified = step.and_then(|step| step.heard.last()).map_or(of.date, |heard| heard.at);
        let mut row = Row::of(of.object, Some(of.number_field), of.id, of.details);
        row.dated(of.date, modified);
        row.amount("Amount", of.currency, Some(of.amount));
        row.set("CurrencyIsoCode", of.currency.code());
        row.default("Date", &of.date.text());
        row.set("Status", of.status.as_str());
        row.default("ProcessingMode", ProcessingMode::Salesforce.as_str());
        row.default_some("OrderPaymentSummaryId", self.summary_id.as_deref());
        let account = of.parent_details.and_then(|parent| parent.get("AccountId"));
        row.default_some("AccountId", account.map(String::as_str));
        row.set_some("GatewayRefNumber", of.gateway_reference);
        if let Some(outcome) = outcome {
            row.default("GatewayDate", &modified.max(of.date).text());
            row.default("SfResultCode", outcome.result_code.as_str());
            row.default_some("GatewayResultCode", outcome.gateway_result_code.as_deref());
            row.default_some("GatewayResultCodeDescription", outcome.gateway_message.as_deref());
        }
        row
    }
}

/// A field and how it follows from the computed amounts.
type Computed<A> = (&'static str, fn(A) -> Amount);
