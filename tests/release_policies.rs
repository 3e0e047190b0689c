//! Both release policies × what becomes of the release × what becomes of the new payment: the answer, what stands, what is owed.
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
use support::gateway::Scripted::{
    self, Decline, Error, Fail, Invalid, Ok, Pending, Review, TimeoutAfter, TimeoutBefore,
};
use support::scenes::{Existing, auth, world_with};

/// What the new payment meets: the columns of the tables.
const TAKE: [Scripted; 9] = [Ok, Decline, Fail, Invalid, Error, TimeoutBefore, TimeoutAfter, Review, Pending];

/// What the release meets, and a cell for each column: the answer, what stands, what is owed. `D` Decline, `V`
/// ValidationError, `S` SystemError (not sent), `I` indeterminate, `F` release failure; `old` and `new` payment.
type Row = (Scripted, [&'static str; 9]);

/// The old payment is a hold. Whatever becomes of its release, the new payment is taken; what was not released is owed.
const RELEASE_FIRST_HOLD: [Row; 6] = [
    (Ok, ["201 new -", "D - -", "D - -", "V - -", "S - -", "I - -", "I - -", "202 - -", "202 new -"]),
    (
        Decline,
        ["201 new old", "D - old", "D - old", "V - old", "S - old", "I - old", "I - old", "202 - old", "202 new old"],
    ),
    (
        Error,
        ["201 new old", "D - old", "D - old", "V - old", "S - old", "I - old", "I - old", "202 - old", "202 new old"],
    ),
    (
        TimeoutBefore,
        ["201 new old", "D - old", "D - old", "V - old", "S - old", "I - old", "I - old", "202 - old", "202 new old"],
    ),
    (
        TimeoutAfter,
        ["201 new old", "D - old", "D - old", "V - old", "S - old", "I - old", "I - old", "202 - old", "202 new old"],
    ),
    // Accepted: it counts as released; should it fail later, it is owed.
    (Pending, ["201 new -", "D - -", "D - -", "V - -", "S - -", "I - -", "I - -", "202 - -", "202 new -"]),
];

/// The old payment was captured. A refund that is refused or unknown stops the new payment, which is never sent.
const RELEASE_FIRST_CHARGE: [Row; 6] = [
    (Ok, ["201 new -", "D - -", "D - -", "V - -", "S - -", "I - -", "I - -", "202 - -", "202 new -"]),
    (Decline, ["F old -"; 9]),
    (Error, ["F old -"; 9]),
    (TimeoutBefore, ["F old -"; 9]),
    (TimeoutAfter, ["F old -"; 9]),
    (Pending, ["201 new -", "D - -", "D - -", "V - -", "S - -", "I - -", "I - -", "202 - -", "202 new -"]),
];

/// The old hold stays until the new payment stands; only then is it released, or owed.
const AUTHORIZE_FIRST_HOLD: [Row; 6] = [
    (Ok, ["201 new -", "D old -", "D old -", "V old -", "S old -", "I old -", "I old -", "202 old -", "202 old -"]),
    (
        Decline,
        ["201 new old", "D old -", "D old -", "V old -", "S old -", "I old -", "I old -", "202 old -", "202 old -"],
    ),
    (
        Error,
        ["201 new old", "D old -", "D old -", "V old -", "S old -", "I old -", "I old -", "202 old -", "202 old -"],
    ),
    (
        TimeoutBefore,
        ["201 new old", "D old -", "D old -", "V old -", "S old -", "I old -", "I old -", "202 old -", "202 old -"],
    ),
    (
        TimeoutAfter,
        ["201 new old", "D old -", "D old -", "V old -", "S old -", "I old -", "I old -", "202 old -", "202 old -"],
    ),
    (
        Pending,
        ["201 new -", "D old -", "D old -", "V old -", "S old -", "I old -", "I old -", "202 old -", "202 old -"],
    ),
];

/// The old payment was captured. Its refund follows the new hold; when it fails, the new hold is undone and the old one stands.
const AUTHORIZE_FIRST_CHARGE: [Row; 6] = [
    (Ok, ["201 new -", "D old -", "D old -", "V old -", "S old -", "I old -", "I old -", "202 old -", "202 old -"]),
    (Decline, ["F old -", "D old -", "D old -", "V old -", "S old -", "I old -", "I old -", "202 old -", "202 old -"]),
    (Error, ["F old -", "D old -", "D old -", "V old -", "S old -", "I old -", "I old -", "202 old -", "202 old -"]),
    (
        TimeoutBefore,
        ["F old -", "D old -", "D old -", "V old -", "S old -", "I old -", "I old -", "202 old -", "202 old -"],
    ),
    (
        TimeoutAfter,
        ["F old -", "D old -", "D old -", "V old -", "S old -", "I old -", "I old -", "202 old -", "202 old -"],
    ),
    (
        Pending,
        ["201 new -", "D old -", "D old -", "V old -", "S old -", "I old -", "I old -", "202 old -", "202 old -"],
    ),
];

#[test]
fn release_first_takes_the_new_payment_though_a_hold_is_owed() {
    check("release-first", Existing::Authorization, &RELEASE_FIRST_HOLD);
}

#[test]
fn release_first_takes_nothing_while_a_refund_is_not_made() {
    check("release-first", Existing::WhollyCaptured, &RELEASE_FIRST_CHARGE);
}

#[test]
fn authorize_first_keeps_a_hold_until_the_new_payment_stands() {
    check("authorize-first", Existing::Authorization, &AUTHORIZE_FIRST_HOLD);
}

#[test]
fn authorize_first_undoes_the_new_hold_when_the_refund_is_not_made() {
    check("authorize-first", Existing::WhollyCaptured, &AUTHORIZE_FIRST_CHARGE);
}

/// A gateway's different refusals of a release are one thing to the shopper.
#[test]
fn each_refusal_of_a_release_is_alike() {
    for refusal in [Fail, Invalid] {
        check("release-first", Existing::Authorization, &[(refusal, RELEASE_FIRST_HOLD[1].1)]);
        check("release-first", Existing::WhollyCaptured, &[(refusal, RELEASE_FIRST_CHARGE[1].1)]);
        check("authorize-first", Existing::Authorization, &[(refusal, AUTHORIZE_FIRST_HOLD[1].1)]);
        check("authorize-first", Existing::WhollyCaptured, &[(refusal, AUTHORIZE_FIRST_CHARGE[1].1)]);
    }
}

/// The new hold can't be undone either: it is owed, and the old payment stands.
#[test]
fn what_can_t_be_undone_is_owed() {
    for undo in [Decline, Error, TimeoutBefore, TimeoutAfter] {
        let mut world = world_with(Existing::WhollyCaptured);
        world.release_order = "authorize-first";
        world.cart_of("99.00");
        world.gateway.script("refund", &[Decline]);
        world.gateway.script("reverse", &[undo]);
        let from = world.gateway.seen.len();
        assert_eq!(answer(&world.pay(&auth("tok_new"), None).short()), "F", "{undo:?}");
        assert_eq!(world.gateway.calls_since(from), "authorize 99.00, refund 129.90, reverse 99.00", "{undo:?}");
        assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "reverse 99.00"), "{undo:?}");
        world.recover_for(8);
        is_settled(&world).unwrap();
        assert_eq!(live(&world), "Auth 129.90", "{undo:?}");
    }
}

/// The rest of the hold could not be let go of and the captured part could not be refunded: the whole old payment stands, so
/// nothing of it may be let go of later.
#[test]
fn what_stands_after_all_is_not_owed_a_release() {
    for release_order in ["release-first", "authorize-first"] {
        let mut world = world_with(Existing::PartlyCaptured);
        world.release_order = release_order;
        world.gateway.script("reverse", &[Decline]);
        world.gateway.script("refund", &[Decline]);
        assert_eq!(answer(&world.pay(&auth("tok_new"), None).short()), "F", "{release_order}");
        assert_eq!(live(&world), "Auth 129.90", "{release_order}");
        assert_eq!(owed(&world), "-", "{release_order}");
        assert_eq!(world.place_order("AAAAA-BBBBB-CCCCC-DDDDD").status, 201, "{release_order}");
        world.recover_for(8);
        is_settled(&world).unwrap();
        assert_eq!(live(&world), "Auth 129.90", "{release_order}");
    }
}

fn check(release_order: &'static str, existing: Existing, table: &[Row]) {
    let release = if existing == Existing::WhollyCaptured { "refund" } else { "reverse" };
    for (of_release, cells) in table {
        for (of_take, cell) in TAKE.iter().zip(cells) {
            let name = format!("{release_order}, {release} {of_release:?}, authorize {of_take:?}");
            let mut world = world_with(existing);
            world.release_order = release_order;
            world.cart_of("99.00");
            world.gateway.script(release, &[*of_release]);
            world.gateway.script("authorize", &[*of_take]);
            let reply = world.pay(&auth("tok_new"), None);
            let stands = match live(&world).as_str() {
                "Auth 99.00" => "new",
                "Auth 129.90" => "old",
                other => {
                    if other == "-" {
                        "-"
                    } else {
                        panic!("{name}: {other} stands")
                    }
                }
            };
            let owes = match owed(&world).as_str() {
                "-" => "-",
                "reverse 129.90" => "old",
                "reverse 99.00" => "new",
                other => panic!("{name}: {other} is owed"),
            };
            assert_eq!(&format!("{} {stands} {owes}", answer(&reply.short())), cell, "{name}");
            // The gateway answers again: in the end all is known, released and in agreement.
            world.gateway.forget_script();
            world.recover_for(10);
            for reference in world.gateway.pending() {
                let fact = world.gateway.decide(&reference, true);
                assert!(world.notify(&fact), "{name}: {fact}");
            }
            world.recover_for(10);
            if *of_take == Review && !cell.starts_with('F') {
                continue; // it waits for the shopper
            }
            is_settled(&world).unwrap_or_else(|why| panic!("{name}: {why}"));
        }
    }
}

fn answer(short: &str) -> &'static str {
    match short {
        "201 Success" => "201",
        "202 RequiresReview" => "202",
        "422 Decline /commerce/errors/payment-failure" => "D",
        "422 ValidationError /commerce/payment" => "V",
        "422 SystemError /commerce/payment" => "S",
        "422 SystemError /commerce/errors/payment-indeterminate" => "I",
        "422 SystemError /commerce/errors/payment-release-failure" => "F",
        other => panic!("no such answer: {other}"),
    }
}
