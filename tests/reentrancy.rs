//! The re-entrancy table (DESIGN §5): what the cart has × the request × the version of the interface. Written by hand.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use support::books::{is_settled, live, owed};
use support::gateway::Scripted;
use support::scenes::{Existing, auth, post_auth, purchase_order, world_with};

/// A payment exists, and this version knows no second one.
const EXISTS: &str = "422 ValidationError /commerce/payment: The cart already has a payment.";
/// A card payment and a purchase order don't follow one another.
const TYPE: &str = "422 ValidationError /commerce/payment: The payment type can't change.";

/// What happens: the answer; the calls to the gateway, in order; what stands for the cart afterwards.
type Cell = (&'static str, &'static str, &'static str);

struct Row {
    existing: Existing,
    request: &'static str,
    /// 55.0 and 62.0
    without_reentrancy: Cell,
    /// 63.0
    first_reentrant: Cell,
    /// 64.0 and newest
    reentrant: Cell,
}

const fn row(existing: Existing, request: &'static str, cells: [Cell; 3]) -> Row {
    let [without_reentrancy, first_reentrant, reentrant] = cells;
    Row { existing, request, without_reentrancy, first_reentrant, reentrant }
}

const OK: &str = "201 Success";

/// The cart has a payment of $129.90 and costs $99.00 by now.
#[rustfmt::skip]
const TABLE: [Row; 40] = [
    row(Existing::Nothing, "Auth", [(OK, "authorize 99.00", "Auth 99.00"); 3]),
    row(Existing::Nothing, "PostAuth held", [(OK, "postauth 99.00", "PostAuth 99.00"); 3]),
    row(Existing::Nothing, "PostAuth taken", [(OK, "postauth 99.00", "PostAuth 99.00"); 3]),
    row(Existing::Nothing, "PO", [(OK, "", "PO PO-2"); 3]),

    row(Existing::Authorization, "Auth", [(EXISTS, "", "Auth 129.90"), (OK, "reverse 129.90, authorize 99.00", "Auth 99.00"), (OK, "reverse 129.90, authorize 99.00", "Auth 99.00")]),
    row(Existing::Authorization, "PostAuth held", [(EXISTS, "", "Auth 129.90"), (OK, "reverse 129.90, postauth 99.00", "PostAuth 99.00"), (OK, "reverse 129.90, postauth 99.00", "PostAuth 99.00")]),
    row(Existing::Authorization, "PostAuth taken", [(EXISTS, "", "Auth 129.90"), (OK, "reverse 129.90, postauth 99.00", "PostAuth 99.00"), (OK, "reverse 129.90, postauth 99.00", "PostAuth 99.00")]),
    row(Existing::Authorization, "PO", [(EXISTS, "", "Auth 129.90"), (TYPE, "", "Auth 129.90"), (TYPE, "", "Auth 129.90")]),

    row(Existing::PartlyCaptured, "Auth", [(EXISTS, "", "Auth 129.90"), (OK, "reverse 99.90, refund 30.00, authorize 99.00", "Auth 99.00"), (OK, "reverse 99.90, refund 30.00, authorize 99.00", "Auth 99.00")]),
    row(Existing::PartlyCaptured, "PostAuth held", [(EXISTS, "", "Auth 129.90"), (OK, "reverse 99.90, refund 30.00, postauth 99.00", "PostAuth 99.00"), (OK, "reverse 99.90, refund 30.00, postauth 99.00", "PostAuth 99.00")]),
    row(Existing::PartlyCaptured, "PostAuth taken", [(EXISTS, "", "Auth 129.90"), (OK, "reverse 99.90, refund 30.00, postauth 99.00", "PostAuth 99.00"), (OK, "reverse 99.90, refund 30.00, postauth 99.00", "PostAuth 99.00")]),
    row(Existing::PartlyCaptured, "PO", [(EXISTS, "", "Auth 129.90"), (TYPE, "", "Auth 129.90"), (TYPE, "", "Auth 129.90")]),

    row(Existing::CapturedTwice, "Auth", [(EXISTS, "", "Auth 129.90"), (OK, "reverse 79.90, refund 30.00, refund 20.00, authorize 99.00", "Auth 99.00"), (OK, "reverse 79.90, refund 30.00, refund 20.00, authorize 99.00", "Auth 99.00")]),
    row(Existing::CapturedTwice, "PostAuth held", [(EXISTS, "", "Auth 129.90"), (OK, "reverse 79.90, refund 30.00, refund 20.00, postauth 99.00", "PostAuth 99.00"), (OK, "reverse 79.90, refund 30.00, refund 20.00, postauth 99.00", "PostAuth 99.00")]),
    row(Existing::CapturedTwice, "PostAuth taken", [(EXISTS, "", "Auth 129.90"), (OK, "reverse 79.90, refund 30.00, refund 20.00, postauth 99.00", "PostAuth 99.00"), (OK, "reverse 79.90, refund 30.00, refund 20.00, postauth 99.00", "PostAuth 99.00")]),
    row(Existing::CapturedTwice, "PO", [(EXISTS, "", "Auth 129.90"), (TYPE, "", "Auth 129.90"), (TYPE, "", "Auth 129.90")]),

    row(Existing::WhollyCaptured, "Auth", [(EXISTS, "", "Auth 129.90"), (OK, "refund 129.90, authorize 99.00", "Auth 99.00"), (OK, "refund 129.90, authorize 99.00", "Auth 99.00")]),
    row(Existing::WhollyCaptured, "PostAuth held", [(EXISTS, "", "Auth 129.90"), (OK, "refund 129.90, postauth 99.00", "PostAuth 99.00"), (OK, "refund 129.90, postauth 99.00", "PostAuth 99.00")]),
    row(Existing::WhollyCaptured, "PostAuth taken", [(EXISTS, "", "Auth 129.90"), (OK, "refund 129.90, postauth 99.00", "PostAuth 99.00"), (OK, "refund 129.90, postauth 99.00", "PostAuth 99.00")]),
    row(Existing::WhollyCaptured, "PO", [(EXISTS, "", "Auth 129.90"), (TYPE, "", "Auth 129.90"), (TYPE, "", "Auth 129.90")]),

    row(Existing::Sale, "Auth", [(EXISTS, "", "PostAuth 129.90"), (OK, "refund 129.90, authorize 99.00", "Auth 99.00"), (OK, "refund 129.90, authorize 99.00", "Auth 99.00")]),
    row(Existing::Sale, "PostAuth held", [(EXISTS, "", "PostAuth 129.90"), (OK, "refund 129.90, postauth 99.00", "PostAuth 99.00"), (OK, "refund 129.90, postauth 99.00", "PostAuth 99.00")]),
    row(Existing::Sale, "PostAuth taken", [(EXISTS, "", "PostAuth 129.90"), (OK, "refund 129.90, postauth 99.00", "PostAuth 99.00"), (OK, "refund 129.90, postauth 99.00", "PostAuth 99.00")]),
    row(Existing::Sale, "PO", [(EXISTS, "", "PostAuth 129.90"), (TYPE, "", "PostAuth 129.90"), (TYPE, "", "PostAuth 129.90")]),

    // What was let go of is nothing.
    row(Existing::Reversed, "Auth", [(OK, "authorize 99.00", "Auth 99.00"); 3]),
    row(Existing::Reversed, "PostAuth held", [(OK, "postauth 99.00", "PostAuth 99.00"); 3]),
    row(Existing::Reversed, "PostAuth taken", [(OK, "postauth 99.00", "PostAuth 99.00"); 3]),
    row(Existing::Reversed, "PO", [(OK, "", "PO PO-2"); 3]),

    row(Existing::PurchaseOrder, "Auth", [(EXISTS, "", "PO PO-1"), (EXISTS, "", "PO PO-1"), (TYPE, "", "PO PO-1")]),
    row(Existing::PurchaseOrder, "PostAuth held", [(EXISTS, "", "PO PO-1"), (EXISTS, "", "PO PO-1"), (TYPE, "", "PO PO-1")]),
    row(Existing::PurchaseOrder, "PostAuth taken", [(EXISTS, "", "PO PO-1"), (EXISTS, "", "PO PO-1"), (TYPE, "", "PO PO-1")]),
    row(Existing::PurchaseOrder, "PO", [(EXISTS, "", "PO PO-1"), (EXISTS, "", "PO PO-1"), (OK, "", "PO PO-2")]),

    // Accepted and not decided: first asked whether it has been decided since; then it is released like any other.
    row(Existing::Pending, "Auth", [(EXISTS, "inquire 129.90", "Auth 129.90"), (OK, "inquire 129.90, reverse 129.90, authorize 99.00", "Auth 99.00"), (OK, "inquire 129.90, reverse 129.90, authorize 99.00", "Auth 99.00")]),
    row(Existing::Pending, "PostAuth held", [(EXISTS, "inquire 129.90", "Auth 129.90"), (OK, "inquire 129.90, reverse 129.90, postauth 99.00", "PostAuth 99.00"), (OK, "inquire 129.90, reverse 129.90, postauth 99.00", "PostAuth 99.00")]),
    row(Existing::Pending, "PostAuth taken", [(EXISTS, "inquire 129.90", "Auth 129.90"), (OK, "inquire 129.90, reverse 129.90, postauth 99.00", "PostAuth 99.00"), (OK, "inquire 129.90, reverse 129.90, postauth 99.00", "PostAuth 99.00")]),
    row(Existing::Pending, "PO", [(EXISTS, "inquire 129.90", "Auth 129.90"), (TYPE, "inquire 129.90", "Auth 129.90"), (TYPE, "inquire 129.90", "Auth 129.90")]),

    // Nothing is held while the bank asks; the gateway is told that nobody will answer.
    row(Existing::UnderReview, "Auth", [(OK, "reverse 129.90, authorize 99.00", "Auth 99.00"); 3]),
    row(Existing::UnderReview, "PostAuth held", [(OK, "reverse 129.90, postauth 99.00", "PostAuth 99.00"); 3]),
    row(Existing::UnderReview, "PostAuth taken", [(OK, "reverse 129.90, postauth 99.00", "PostAuth 99.00"); 3]),
    row(Existing::UnderReview, "PO", [(OK, "reverse 129.90", "PO PO-2"); 3]),
];

#[test]
fn each_cell_of_the_table() {
    for row in &TABLE {
        for (version, cell) in [
            (Some("55.0"), row.without_reentrancy),
            (Some("62.0"), row.without_reentrancy),
            (Some("63.0"), row.first_reentrant),
            (Some("64.0"), row.reentrant),
            (None, row.reentrant),
        ] {
            let name = format!("{:?} × {} × {version:?}", row.existing, row.request);
            let mut world = world_with(row.existing);
            world.api_version = version;
            world.cart_of("99.00");
            world.gateway.mint("tok_taken", "99.00", true);
            let from = world.gateway.seen.len();
            let body = match row.request {
                "Auth" => auth("tok_new"),
                "PostAuth held" => post_auth("tok_held"),
                "PostAuth taken" => post_auth("tok_taken"),
                "PO" => purchase_order("PO-2"),
                other => panic!("no such request: {other}"),
            };
            let reply = world.pay(&body, None);
            let title =
                reply.json()["errors"][0]["title"].as_str().map_or_else(String::new, |title| format!(": {title}"));
            let (answer, calls, stands) = cell;
            assert_eq!(format!("{}{title}", reply.short()), answer, "{name}");
            assert_eq!(world.gateway.calls_since(from), calls, "{name}");
            assert_eq!(live(&world), stands, "{name}");
            assert_eq!(owed(&world), "-", "{name}");
            if reply.status == 201 {
                is_settled(&world).unwrap_or_else(|why| panic!("{name}: {why}"));
            }
        }
    }
}

/// Every pair is in the table, once.
#[test]
fn the_table_is_whole() {
    for existing in Existing::ALL {
        for request in ["Auth", "PostAuth held", "PostAuth taken", "PO"] {
            let rows = TABLE.iter().filter(|row| row.existing == existing && row.request == request).count();
            assert_eq!(rows, 1, "{existing:?} × {request}");
        }
    }
}

/// A version below 55.0 does not know the resource; one above the newest is not known here.
#[test]
fn other_versions_are_not_found() {
    for version in ["54.0", "68.0", "x"] {
        let mut world = world_with(Existing::Nothing);
        world.api_version = Some(version);
        let reply = world.pay(&auth("tok_new"), None);
        assert_eq!(reply.short(), "404 NOT_FOUND", "{version}");
        assert!(world.gateway.seen.is_empty(), "{version}");
    }
}

/// The numbers before stay in the history, oldest first.
#[test]
fn a_purchase_order_keeps_the_numbers_it_replaced() {
    let mut world = world_with(Existing::PurchaseOrder);
    // The same number once more replaces nothing.
    for number in ["PO-2", "PO-2", "PO-3"] {
        assert_eq!(world.pay(&purchase_order(number), None).status, 201);
    }
    let view = world.view();
    assert_eq!(view["purchaseOrder"]["number"], "PO-3");
    assert_eq!(view["purchaseOrder"]["replaced"], serde_json::json!(["PO-1", "PO-2"]));
}

/// A challenge is gone on with: the same payment once more, under a new key, and the gateway is told which one it was.
#[test]
fn a_challenge_is_gone_on_with() {
    let mut world = world_with(Existing::UnderReview);
    let reply = world.pay(&auth("tok_old"), None);
    assert_eq!(reply.short(), OK);
    assert_eq!(world.gateway.calls_since(0), "authorize 129.90, authorize 129.90");
    assert_ne!(world.gateway.seen[0].key, world.gateway.seen[1].key);
    assert_eq!(world.gateway.payments.len(), 1);
    is_settled(&world).unwrap();
}

/// A closed checkout takes no payment, also when the order was placed after the host looked.
#[test]
fn a_closed_checkout_takes_no_payment() {
    let mut world = world_with(Existing::Authorization);
    assert_eq!(world.place_order("O-1").status, 201);
    let calls = world.gateway.seen.len();
    for status in ["open", "closed"] {
        world.checkout["status"] = serde_json::json!(status);
        assert_eq!(world.pay(&auth("tok_new"), None).short(), "404 CHECKOUT_NOT_FOUND", "{status}");
    }
    assert_eq!(world.gateway.seen.len(), calls);
    assert_eq!(live(&world), "Auth 129.90");
}

/// A capture that the gateway has only accepted belongs to the payment that stands: it is given back once.
#[test]
fn a_pending_capture_is_refunded_once() {
    for release_order in ["release-first", "authorize-first"] {
        let mut world = world_with(Existing::Authorization);
        world.release_order = release_order;
        world.gateway.script("capture", &[Scripted::Pending]);
        support::scenes::capture(&mut world, "50.00");
        let from = world.gateway.seen.len();
        world.pay(&auth("tok_new"), None);
        assert_eq!(world.gateway.calls_since(from).matches("refund").count(), 1, "{release_order}");
    }
}
