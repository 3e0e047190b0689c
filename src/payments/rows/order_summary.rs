//! The row of a placed order's payment summary, and the group's own (`reference` §4.1, `OrderPaymentSummary`).

use super::row::Row;
use super::transactions::Frame;
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::sorted::Sorted;
use crate::prelude::*;
use crate::records::{PaymentGroup, TransactionStatus};

/// The id of the summary of the group's order, once placed: the group's own under another prefix.
pub(super) fn summary_id(group: &PaymentGroup) -> Option<String> {
    group.order.as_ref()?;
    let unique = group.id.split_once('_').map_or(group.id.as_str(), |(_, unique)| unique);
    Some(["ops_", unique].concat())
}

impl Frame<'_> {
    /// The group's row.
    pub(super) fn payment_group(&self) -> Row {
        let group = &self.state.group;
        let mut row = Row::of("PaymentGroup", Some("PaymentGroupNumber"), &group.id, &group.details);
        row.dated(group.date, group.order.as_ref().map_or(group.date, |order| order.date));
        row.default_some("CurrencyIsoCode", currency_of(group).map(Currency::code));
        row.default_some("SourceObjectId", group.order.as_ref().map(|order| order.reference_number.as_str()));
        row
    }

    /// The summary's row, once the order is placed. It is about the currency of the payment that stands.
    pub(super) fn order_payment_summary(&self, logs: &[Row]) -> Option<Row> {
        let group = &self.state.group;
        let (id, order) = (summary_id(group)?, group.order.as_ref()?);
        let mut row = Row::of("OrderPaymentSummary", None, &id, &Sorted::new());
        row.dated(order.date, order.date);
        row.set("OrderSummaryId", &order.reference_number);
        let method = group.live.as_ref().map_or("None", |live| live.kind.as_str());
        row.set("Method", method);
        row.set("Type", method);
        row.set_some("FullName", group.billing_address.as_ref().map(|address| address.name.as_str()));
        if let Some(last) = logs.iter().max_by(|a, b| made(a).cmp(&made(b))) {
            row.set("LastPaymentGatewayLogId", &last.id);
            row.set_some("LastPaymentGatewayMessage", last.fields.get("GatewayMessage").map(String::as_str));
        }
        if let Some(currency) = currency_of(group) {
            row.set("CurrencyIsoCode", currency.code());
            self.amounts(&mut row, currency);
        }
        Some(row)
    }

    fn amounts(&self, row: &mut Row, currency: Currency) {
        let (group, relations) = (&self.state.group, &self.relations);
        use TransactionStatus::{Pending, Processed};
        let sum = |of: &mut dyn Iterator<Item = (TransactionStatus, Currency, Amount)>, status: TransactionStatus| {
            Amount::sum(of.filter(|each| (each.0, each.1) == (status, currency)).map(|each| each.2)).ok()
        };
        let authorized = |status| {
            sum(&mut group.authorizations.iter().map(|each| (each.status, each.currency, each.amount)), status)
        };
        let reversed =
            |status| sum(&mut group.adjustments.iter().map(|each| (each.status, each.currency, each.amount)), status);
        let captured =
            |status| sum(&mut group.payments.iter().map(|each| (each.status, each.currency, each.amount)), status);
        let refunded =
            |status| sum(&mut group.refunds.iter().map(|each| (each.status, each.currency, each.amount)), status);
        row.amount("AuthorizationAmount", currency, authorized(Processed));
        row.amount("PendingAuthorizationAmount", currency, authorized(Pending));
        let processed =
            || group.authorizations.iter().filter(|each| (each.status, each.currency) == (Processed, currency));
        let let_go = processed().map(|each| relations.let_go(each)).collect::<Result<Vec<_>, _>>();
        let let_go = let_go.ok().and_then(|let_go| Amount::sum(let_go).ok());
        let released = reversed(Processed).zip(let_go).and_then(|(sum, let_go)| sum.checked_add(let_go).ok());
        row.amount("AuthorizationReversalAmount", currency, released);
        row.amount("PendingReverseAuthAmount", currency, reversed(Pending));
        row.amount("CapturedAmount", currency, captured(Processed));
        row.amount("PendingCaptureAmount", currency, captured(Pending));
        row.amount("RefundedAmount", currency, refunded(Processed));
        row.amount("PendingRefundAmount", currency, refunded(Pending));
        // A sale takes from no authorization, so it leaves what can be captured as it is: the formula is taken hold by hold.
        let left = processed().map(|each| relations.authorization_balance(each).map(|left| left.max(Amount::ZERO)));
        let to_capture = left.collect::<Result<Vec<_>, _>>().ok().and_then(|left| Amount::sum(left).ok());
        row.amount("AvailableToCaptureAmount", currency, to_capture);
        let payments = || group.payments.iter().filter(|each| each.currency == currency);
        let left = payments().map(|each| relations.kept(each).map(|left| left.max(Amount::ZERO)));
        let to_refund = left.collect::<Result<Vec<_>, _>>().ok().and_then(|left| Amount::sum(left).ok());
        row.amount("AvailableToRefundAmount", currency, to_refund);
        let balances = payments()
            .map(|each| relations.payment_amounts(each).ok().map(|amounts| amounts.balance))
            .collect::<Option<Vec<_>>>();
        row.amount("BalanceAmount", currency, balances.and_then(|balances| Amount::sum(balances).ok()));
    }
}

fn made(row: &Row) -> (Option<&String>, &String) {
    (row.fields.get("CreatedDate"), &row.id)
}

/// The currency of the payment that stands, else of the newest.
fn currency_of(group: &PaymentGroup) -> Option<Currency> {
    let live = group.live.as_ref().and_then(|live| {
        let authorization = group.authorization(&live.record_id).map(|record| record.currency);
        authorization.or_else(|| group.payment(&live.record_id).map(|record| record.currency))
    });
    let newest_authorization = || group.authorizations.last().map(|record| record.currency);
    live.or_else(newest_authorization).or_else(|| group.payments.last().map(|record| record.currency))
}
