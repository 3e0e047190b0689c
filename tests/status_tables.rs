//! Every status × every event, against tables typed here by hand; and the published diagrams against the tables.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

use checkout_payments::engine::status::{OPERATION, STEP};
use checkout_payments::engine::{OperationEvent, OperationStatus, StepEvent, StepStatus};
use checkout_payments::records::invoice_status::INVOICE;
use checkout_payments::records::method_status::{PAYMENT_METHOD, SAVED_PAYMENT_METHOD};
use checkout_payments::records::state_table::{Named, StateTable};
use checkout_payments::records::status::TRANSACTION;
use checkout_payments::records::{
    InvoiceEvent, InvoiceStatus, MethodEvent, MethodStatus, TransactionEvent, TransactionStatus,
};

/// One line a status, one column an event: the status after it, `.` where it is illegal.
const TRANSACTIONS: &str = "
             succeed    fail       process    cancel
    Draft    .          .          Processed  Canceled
    Pending  Processed  Failed     .          .
    Processed Processed Processed  .          Canceled
    Failed   Processed  Failed     .          .
    Canceled Canceled   Canceled   .          .
";

const INVOICES: &str = "
             post       void       cancel
    Draft    Posted     .          Canceled
    Posted   .          Voided     .
    Voided   .          .          .
    Canceled .          .          .
";

const STEPS: &str = "
              announce   succeed    refuse   lose     wait
    planned   announced  .          .        .        .
    announced announced  succeeded  refused  unknown  announced
    succeeded .          .          .        .        .
    refused   .          succeeded  .        .        .
    unknown   .          succeeded  refused  unknown  announced
";

const OPERATIONS: &str = "
               wait     lose        resume   succeed    fail
    running    waiting  unresolved  running  succeeded  failed
    waiting    waiting  unresolved  running  succeeded  failed
    unresolved waiting  unresolved  running  succeeded  failed
    succeeded  .        .           .        .          .
    failed     .        .           running  .          .
";

/// Of a card, a wallet and an alternative payment method.
const PAYMENT_METHODS: &str = "
                    activate  deactivate  await  err  expire  cancel
    Active          Active    InActive    .      .    .       Canceled
    InActive        Active    InActive    .      .    .       Canceled
    AwaitingPayment .         .           .      .    .       .
    Errored         .         .           .      .    .       .
    Expired         .         .           .      .    .       .
    Canceled        .         .           .      .    .       Canceled
";

const SAVED_PAYMENT_METHODS: &str = "
                    activate  deactivate  await            err      expire   cancel
    Active          Active    .           .                Errored  Expired  Canceled
    InActive        .         .           .                .        .        .
    AwaitingPayment Active    .           AwaitingPayment  Errored  .        Canceled
    Errored         Active    .           .                Errored  .        Canceled
    Expired         Active    .           .                .        Expired  Canceled
    Canceled        .         .           .                .        .        Canceled
";

#[test]
fn transactions_move_as_written() {
    check(&TRANSACTION, TransactionStatus::ALL, TransactionEvent::ALL, TRANSACTIONS);
}

#[test]
fn invoices_move_as_written() {
    check(&INVOICE, InvoiceStatus::ALL, InvoiceEvent::ALL, INVOICES);
}

#[test]
fn steps_move_as_written() {
    check(&STEP, StepStatus::ALL, StepEvent::ALL, STEPS);
}

#[test]
fn operations_move_as_written() {
    check(&OPERATION, OperationStatus::ALL, OperationEvent::ALL, OPERATIONS);
}

#[test]
fn payment_methods_move_as_written() {
    check(&PAYMENT_METHOD, MethodStatus::ALL, MethodEvent::ALL, PAYMENT_METHODS);
    check(&SAVED_PAYMENT_METHOD, MethodStatus::ALL, MethodEvent::ALL, SAVED_PAYMENT_METHODS);
}

/// Nothing leads from unknown to refused but the event that evidence makes: losing an answer, once or often, never does.
#[test]
fn an_unknown_is_never_a_refusal_by_itself() {
    for event in StepEvent::ALL {
        let refused = STEP.next(StepStatus::Unknown, *event) == Ok(StepStatus::Refused);
        assert_eq!(refused, *event == StepEvent::Refuse, "{event:?}");
    }
}

#[test]
fn the_published_diagrams_are_the_tables() {
    let published = include_str!("../docs/states.md");
    let diagrams: Vec<&str> =
        published.split("```mermaid\n").skip(1).map(|rest| rest.split_once("```").expect("a diagram ends").0).collect();
    let tables = [TRANSACTION.mermaid(), INVOICE.mermaid(), STEP.mermaid(), OPERATION.mermaid()];
    let of_methods = [PAYMENT_METHOD.mermaid(), SAVED_PAYMENT_METHOD.mermaid()];
    assert_eq!(diagrams, [&tables[..], &of_methods].concat());
}

fn check<S: Named + std::fmt::Debug, E: Named>(table: &StateTable<S, E>, states: &[S], events: &[E], expected: &str) {
    let mut lines = expected.trim().lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let columns = lines.next().unwrap();
    let mut rows = 0;
    for line in lines {
        let state = *states.iter().find(|state| state.name() == line[0]).unwrap_or_else(|| panic!("{}?", line[0]));
        let legal: Vec<&str> =
            columns.iter().zip(&line[1..]).filter(|(_, to)| **to != ".").map(|(column, _)| *column).collect();
        assert_eq!(line.len(), columns.len() + 1, "{line:?}");
        for event in events {
            let at = columns
                .iter()
                .position(|column| *column == event.name())
                .unwrap_or_else(|| panic!("{}?", event.name()));
            match (table.next(state, *event), line[at + 1]) {
                (Ok(next), to) => assert_eq!(next.name(), to, "{} on {}", line[0], event.name()),
                (Err(illegal), to) => {
                    assert_eq!(to, ".", "{} on {}: {illegal:?}", line[0], event.name());
                    assert_eq!((illegal.machine, illegal.state, illegal.event), (table.name, line[0], event.name()));
                    let mut named = illegal.legal.clone();
                    let mut legal = legal.clone();
                    named.sort_unstable();
                    legal.sort_unstable();
                    assert_eq!(named, legal, "{} on {} names what would be legal", line[0], event.name());
                }
            }
        }
        rows += 1;
    }
    assert_eq!((rows, columns.len()), (states.len(), events.len()), "the expectation is whole");
}
