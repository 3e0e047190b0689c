//! The flat rows of a group's records: every computed amount by its formula, the gateway's log, and what never is in them: a token.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use std::collections::BTreeSet;

use checkout_payments::domain::amount::Amount;
use checkout_payments::domain::currency::Currency;
use checkout_payments::domain::sorted::Texts;
use checkout_payments::engine::State;
use checkout_payments::payments::rows::{Row, rows};
use checkout_payments::records::relations::Relations;
use checkout_payments::records::{PaymentGroup, TransactionStatus};
use checkout_payments::wire::core;
use serde_json::json;
use support::books;
use support::gateway::Scripted;
use support::rows::table;
use support::scenes::{Existing, auth, post_auth, purchase_order, world_with};
use support::step::Step;
use support::world::World;

fn rows_of(world: &World) -> Vec<Row> {
    rows(&books::state(world).unwrap(), "simulator")
}

const PAYMENT: &[&str] = &[
    "Type",
    "Status",
    "Amount",
    "TotalApplied",
    "NetApplied",
    "TotalRefundApplied",
    "NetRefundApplied",
    "Balance",
    "ImpactAmount",
];
const AUTHORIZATION: &[&str] = &["Status", "Amount", "TotalPaymentCaptureAmount", "TotalAuthReversalAmount", "Balance"];
const REFUND: &[&str] = &["Type", "Status", "Amount", "TotalApplied", "NetApplied", "Balance", "ImpactAmount"];
const LOG: &[&str] = &["InteractionType", "InteractionStatus", "IsNotification", "SfResultCode"];
const SUMMARY: &[&str] = &[
    "AuthorizationAmount",
    "AuthorizationReversalAmount",
    "CapturedAmount",
    "RefundedAmount",
    "PendingAuthorizationAmount",
    "AvailableToCaptureAmount",
    "AvailableToRefundAmount",
    "BalanceAmount",
];

#[test]
fn a_hold_and_its_captures() {
    let world = world_with(Existing::CapturedTwice);
    let rows = rows_of(&world);
    assert_eq!(table(&rows, "PaymentAuthorization", AUTHORIZATION), ["Processed 129.90 50.00 0.00 79.90"]);
    assert_eq!(
        table(&rows, "Payment", PAYMENT),
        [
            "Capture Processed 30.00 0.00 0.00 0.00 0.00 30.00 -30.00",
            "Capture Processed 20.00 0.00 0.00 0.00 0.00 20.00 -20.00",
        ]
    );
    assert_eq!(
        table(&rows, "PaymentGatewayLog", LOG),
        ["Authorization Success No Success", "Capture Success No Success", "Capture Success No Success"]
    );
    let state = books::state(&world).unwrap();
    let capture = &rows.iter().find(|row| row.object == "Payment").unwrap().fields;
    assert_eq!(*capture.get("PaymentAuthorizationId").unwrap(), state.group.authorizations[0].id);
    assert_eq!(*capture.get("PaymentGroupId").unwrap(), state.group.id);
    assert_eq!(*capture.get("PaymentGatewayId").unwrap(), "pgw_simulator");
    assert_eq!(*capture.get("Id").unwrap(), state.group.payments[0].id);
    assert_eq!(*capture.get("PaymentNumber").unwrap(), state.group.payments[0].id.to_uppercase().replace("PAY_", "P-"));
    assert_eq!(
        (capture.get("SfResultCode").unwrap().as_str(), capture.get("ProcessingMode").unwrap().as_str()),
        ("Success", "Salesforce")
    );
    assert_eq!(*capture.get("Date").unwrap(), "2026-01-01T00:00:00.000Z");
}

/// The hold's rest is reversed, the captures are refunded, and a new hold stands.
#[test]
fn a_payment_that_took_another_ones_place() {
    let mut world = world_with(Existing::CapturedTwice);
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    let rows = rows_of(&world);
    assert_eq!(
        table(&rows, "PaymentAuthorization", AUTHORIZATION),
        ["Processed 129.90 50.00 79.90 0.00", "Processed 129.90 0.00 0.00 129.90"]
    );
    assert_eq!(
        table(&rows, "Payment", PAYMENT),
        [
            "Capture Processed 30.00 0.00 0.00 0.00 0.00 30.00 -30.00",
            "Capture Processed 20.00 0.00 0.00 0.00 0.00 20.00 -20.00",
        ]
    );
    assert_eq!(
        table(&rows, "Refund", REFUND),
        ["Referenced Processed 30.00 0.00 0.00 30.00 30.00", "Referenced Processed 20.00 0.00 0.00 20.00 20.00"]
    );
    assert_eq!(table(&rows, "PaymentAuthAdjustment", &["Type", "Status", "Amount"]), ["Reversal Processed 79.90"]);
    assert_eq!(table(&rows, "OrderPaymentSummary", SUMMARY), [] as [String; 0], "no order yet");
    assert_eq!(world.place_order("00001").status, 201);
    let rows = rows_of(&world);
    assert_eq!(
        table(&rows, "OrderPaymentSummary", SUMMARY),
        ["259.80 79.90 50.00 50.00 0.00 129.90 0.00 50.00"],
        "what the earlier payment left behind, and what can be captured now"
    );
    assert_eq!(
        table(&rows, "OrderPaymentSummary", &["OrderSummaryId", "Method", "CurrencyIsoCode"]),
        ["00001 Auth USD"]
    );
    assert_eq!(table(&rows, "PaymentGroup", &["SourceObjectId", "CurrencyIsoCode"]), ["00001 USD"]);
    let summary = rows.iter().find(|row| row.object == "OrderPaymentSummary").unwrap();
    let of_payments = table(&rows, "Payment", &["OrderPaymentSummaryId"]);
    assert_eq!(of_payments, [summary.id.clone(), summary.id.clone()]);
}

#[test]
fn a_sale_leaves_what_can_be_captured_as_it_is() {
    let mut world = world_with(Existing::Sale);
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    assert_eq!(world.place_order("00002").status, 201);
    assert_eq!(
        table(&rows_of(&world), "OrderPaymentSummary", SUMMARY),
        ["129.90 0.00 129.90 129.90 0.00 129.90 0.00 129.90"]
    );
}

#[test]
fn what_is_pending_has_no_impact_and_no_balance() {
    let mut world = world_with(Existing::WhollyCaptured);
    let mut state = State::clone(&books::state(&world).unwrap());
    for (status, expected) in [
        (TransactionStatus::Draft, "Draft 0.00 0.00"),
        (TransactionStatus::Pending, "Pending 0.00 0.00"),
        (TransactionStatus::Processed, "Processed 129.90 -129.90"),
        (TransactionStatus::Failed, "Failed 0.00 0.00"),
        (TransactionStatus::Canceled, "Canceled 0.00 0.00"),
    ] {
        state.group.payments[0].status = status;
        assert_eq!(table(&rows(&state, "x"), "Payment", &["Status", "Balance", "ImpactAmount"]), [expected]);
    }
    // A refund moves the balance once it is entered at its payment; what is pending has none itself.
    world.gateway.script("refund", &[Scripted::Pending]);
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    let rows = rows_of(&world);
    assert_eq!(table(&rows, "Payment", PAYMENT), ["Capture Processed 129.90 0.00 0.00 0.00 0.00 129.90 -129.90"]);
    assert_eq!(table(&rows, "Refund", REFUND), ["Referenced Pending 129.90 0.00 0.00 0.00 0.00"]);
}

#[test]
fn details_are_fields_and_pass_on_to_what_follows() {
    let world = world_with(Existing::PartlyCaptured);
    let mut state = State::clone(&books::state(&world).unwrap());
    let give = |details: &mut Texts, pairs: &[(&str, &str)]| {
        details.extend(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    };
    give(
        &mut state.group.authorizations[0].details,
        &[
            ("AccountId", "001A"),
            ("PaymentGatewayId", "pgw_other"),
            ("PaymentMethodId", "card_1"),
            ("Comments", "a \"note\""),
        ],
    );
    give(
        &mut state.group.payments[0].details,
        &[("AccountId", "001B"), ("Amount", "999.00"), ("ProcessingMode", "External")],
    );
    let rows = rows(&state, "simulator");
    let fields = ["AccountId", "PaymentGatewayId", "PaymentMethodId", "Comments", "ProcessingMode", "Amount"];
    assert_eq!(table(&rows, "PaymentAuthorization", &fields), ["001A pgw_other card_1 a \"note\" Salesforce 129.90"]);
    assert_eq!(table(&rows, "Payment", &fields), ["001B pgw_other card_1 - External 30.00"]);
}

#[test]
fn amounts_have_their_currencys_decimals() {
    let world = world_with(Existing::Authorization);
    let mut state = State::clone(&books::state(&world).unwrap());
    for (currency, amount, zero) in [("KWD", "123456789012345.678", "0.000"), ("JPY", "999999999999999999", "0")] {
        state.group.authorizations[0].currency = Currency::parse(currency).unwrap();
        state.group.authorizations[0].amount = Amount::parse(amount).unwrap();
        assert_eq!(
            table(&rows(&state, "simulator"), "PaymentAuthorization", AUTHORIZATION),
            [format!("Processed {amount} {zero} {zero} {amount}")]
        );
    }
}

#[test]
fn the_log_tells_every_word_and_is_stable() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::TimeoutAfter]);
    assert_eq!(world.pay(&auth("tok_secret"), None).status, 422);
    let first = rows_of(&world);
    assert_eq!(table(&first, "PaymentGatewayLog", LOG), ["Authorization Timeout No Indeterminate"]);
    world.recover_for(5);
    let later = rows_of(&world);
    assert_eq!(
        table(&later, "PaymentGatewayLog", LOG),
        ["Authorization Timeout No Indeterminate", "Authorization Success No Success"]
    );
    let log = |rows: &[Row]| rows.iter().find(|row| row.object == "PaymentGatewayLog").unwrap().id.clone();
    assert_eq!(log(&first), log(&later), "a word keeps its id");
    let reference = &books::state(&world).unwrap().group.authorizations[0].id;
    assert_eq!(table(&later, "PaymentGatewayLog", &["ReferencedEntityId"]), [reference.clone(), reference.clone()]);
    assert!(table(&later, "PaymentGatewayLog", &["SfRefNumber"]).iter().all(|key| key.starts_with("op_")));
}

#[test]
fn a_refusal_and_a_notification_are_logged() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::Decline]);
    assert_eq!(world.pay(&auth("tok"), None).status, 422);
    assert_eq!(table(&rows_of(&world), "PaymentGatewayLog", LOG), ["Authorization Failed No Decline"]);

    let mut world = world_with(Existing::Pending);
    let before = rows_of(&world);
    assert_eq!(table(&before, "PaymentGatewayLog", LOG), ["Authorization Initiated No Success"]);
    let reference = world.gateway.pending()[0].clone();
    let failed = world.gateway.decide(&reference, false);
    assert!(world.notify(&failed));
    let after = rows_of(&world);
    assert_eq!(table(&after, "PaymentAuthorization", &["Status", "Balance"]), ["Failed 0.00"]);
    assert!(table(&after, "PaymentGatewayLog", LOG).iter().any(|line| line.starts_with("Authorization Failed Yes")));
    assert_eq!(table(&after, "PaymentAuthorization", &["LastModifiedDate"]), ["2026-01-01T00:00:01.000Z"]);
}

/// Why a call was refused, for whoever decides about another try: also when that was heard by a repeat or a question.
#[test]
fn the_log_has_the_retry_category() {
    const RETRY: [&str; 2] = ["SfResultCode", "RetryCategory"];
    for asked_later in [false, true] {
        let mut world = World::new();
        let first = if asked_later { Scripted::TimeoutBefore } else { Scripted::Decline };
        world.gateway.script("authorize", &[first]);
        world.gateway.repeats.push_back(Scripted::Decline);
        assert_eq!(world.pay(&auth("tok"), None).status, 422);
        world.recover_for(2);
        let rows = rows_of(&world);
        let log = rows.iter().rev().find(|row| row.object == "PaymentGatewayLog").unwrap();
        let told = RETRY.map(|name| log.fields.get(name).map(String::as_str));
        assert_eq!(told, [Some("Decline"), Some("CardLimit")], "{asked_later}");
        let response: serde_json::Value = serde_json::from_str(log.fields.get("Response").unwrap()).unwrap();
        assert_eq!(
            (&response["retryCategory"], &response["retryDecision"]),
            (&json!("CardLimit"), &json!("Retriable"))
        );
    }
    // What succeeded, or says nothing of it, has none.
    let rows = rows_of(&world_with(Existing::Authorization));
    let log = rows.iter().find(|row| row.object == "PaymentGatewayLog").unwrap();
    assert!(log.fields.get("RetryCategory").is_none() && !log.fields.get("Response").unwrap().contains("retry"));
}

#[test]
fn a_call_under_way_is_a_passing_row_that_its_answer_takes_the_place_of() {
    let mut world = World::new();
    let context = world.context(&json!({"rows": true}));
    let begun = Step::read(&core::begin_checkout_payment(&context, "", auth("tok_secret").as_bytes()));
    let under_way: Vec<_> =
        begun.header["rows"].as_array().unwrap().iter().filter(|row| row["passing"] == true).collect();
    assert_eq!(under_way.len(), 1);
    assert_eq!(under_way[0]["fields"]["InteractionStatus"], "Initiated");
    let call = begun.call().unwrap();
    let context = world.context(&json!({"rows": true, "callId": call["id"]}));
    world.row.state.clone_from(&begun.state);
    let outcome = world.gateway.process(call, world.now).to_string();
    let settled = Step::read(&core::advance(&context, &begun.state, &outcome));
    let rows = settled.header["rows"].as_array().unwrap();
    let log = rows.iter().find(|row| row["object"] == "PaymentGatewayLog").unwrap();
    assert_eq!((&log["id"], &log["passing"]), (&under_way[0]["id"], &json!(null)));
    assert_eq!(log["fields"]["InteractionStatus"], "Success");
    // The rows of a commit and those that are listed later are the same.
    let listed = Step::parse(&core::list_rows(&world.context(&json!({})), &settled.state));
    assert_eq!(serde_json::from_str::<serde_json::Value>(&listed.body).unwrap(), settled.header["rows"]);
    assert!(!listed.commits());
}

#[test]
fn a_step_has_rows_only_when_they_are_asked_for() {
    let mut world = World::new();
    let begun = Step::read(&core::begin_checkout_payment(&world.context(&json!({})), "", auth("tok").as_bytes()));
    assert!(begun.header.get("rows").is_none());
}

#[test]
fn a_purchase_order_has_a_group_and_an_order() {
    let mut world = World::new();
    assert_eq!(world.pay(&purchase_order("PO-77"), None).status, 201);
    assert_eq!(world.place_order("00003").status, 201);
    let rows = rows_of(&world);
    assert_eq!(rows.iter().map(|row| row.object.as_str()).collect::<Vec<_>>(), ["PaymentGroup", "OrderPaymentSummary"]);
    assert_eq!(
        table(&rows, "OrderPaymentSummary", &["Method", "OrderSummaryId", "CurrencyIsoCode"]),
        ["SimplePurchaseOrder 00003 -"]
    );
}

/// Whatever a cart has and whatever the gateway says to the next payment: every field of a row is one of its object's description, what
/// may not be empty is there, values of lists are of the list, ids are unique, and no token is anywhere.
#[test]
fn every_row_is_what_its_description_says() {
    let mut seen = BTreeSet::new();
    for existing in Existing::ALL {
        for scripted in Scripted::ALL {
            let mut world = world_with(existing);
            for operation in ["authorize", "postauth", "reverse", "refund"] {
                world.gateway.script(operation, &[scripted]);
            }
            let body = if existing == Existing::Sale { post_auth("tok_secret") } else { auth("tok_secret") };
            let _ = world.try_pay(&body, Some("key"));
            check(&world, &mut seen);
            world.recover_for(3);
            check(&world, &mut seen);
        }
    }
    let expected =
        ["Payment", "PaymentAuthAdjustment", "PaymentAuthorization", "PaymentGatewayLog", "PaymentGroup", "Refund"];
    assert_eq!(seen.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

/// What is found in one pass over the group is what the group says, asked for each record: also once one of its records has failed.
fn check_relations(group: &PaymentGroup) {
    let ids = |group: &PaymentGroup| {
        let payments = group.payments.iter().map(|record| record.id.clone());
        payments.chain(group.refunds.iter().map(|record| record.id.clone())).collect::<Vec<_>>()
    };
    for failed in std::iter::once(None).chain(ids(group).into_iter().map(Some)) {
        let mut group = group.clone();
        if let Some(id) = failed {
            *group.status_of_mut(&id).unwrap() = TransactionStatus::Failed;
        }
        let relations = Relations::of(&group);
        for record in &group.authorizations {
            assert_eq!(relations.authorization(&record.id), Some(record));
            assert_eq!(relations.authorization_balance(record), group.authorization_balance(record));
        }
        for record in &group.payments {
            assert_eq!(relations.payment(&record.id), Some(record));
            assert_eq!(relations.kept(record), group.kept(record));
            assert_eq!(relations.payment_amounts(record), group.payment_amounts(record));
        }
        for record in &group.refunds {
            assert_eq!(relations.refund_amounts(record), group.refund_amounts(record));
        }
    }
}

fn check(world: &World, seen: &mut BTreeSet<String>) {
    let Some(state) = books::state(world) else { return };
    check_relations(&state.group);
    let rows = rows(&state, "simulator");
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids.len(), rows.len());
    seen.extend(rows.iter().map(|row| row.object.clone()));
    support::rows::check(&rows);
}
