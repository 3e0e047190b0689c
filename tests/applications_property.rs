//! Whatever is applied, refunded and taken back, in any order: every sum is exact to the minor unit, no balance leaves its bounds, no
//! line changes but for its mark, and each pair cancels. The expectation is kept in cents, apart from the code's own arithmetic.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use std::collections::BTreeMap;

use checkout_payments::domain::amount::Amount;
use checkout_payments::records::relations::Relations;
use checkout_payments::records::{ApplicationLine, ApplicationObject, HasBeenUnapplied, TransactionStatus};
use proptest::prelude::*;
use support::ledger::Ledger;
use support::money::{cents, numbers, text};

const PAYMENTS: usize = 3;
const INVOICES: usize = 2;
const LINES: usize = 2;

#[derive(Debug, Clone)]
enum Move {
    Apply {
        payment: usize,
        target: usize,
        line: usize,
        cents: i64,
    },
    /// Takes back the line with this number, of all that were ever made.
    Unapply {
        payment: usize,
        line: usize,
    },
    /// The gateway gives back so much, if it is free.
    Refund {
        payment: usize,
        cents: i64,
    },
    ApplyRefund {
        refund: usize,
        cents: i64,
    },
    /// A refund that was accepted fails.
    Fail {
        refund: usize,
    },
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let amount = prop_oneof![1_i64..2_500, Just(1), Just(1_000), Just(2_000)];
    let one = prop_oneof![
        6 => (0..PAYMENTS, 0..INVOICES, 0..LINES, amount.clone())
            .prop_map(|(payment, target, line, cents)| Move::Apply { payment, target, line, cents }),
        4 => (0..PAYMENTS, 0..20_usize).prop_map(|(payment, line)| Move::Unapply { payment, line }),
        2 => (0..PAYMENTS, amount.clone()).prop_map(|(payment, cents)| Move::Refund { payment, cents }),
        2 => (0..6_usize, amount).prop_map(|(refund, cents)| Move::ApplyRefund { refund, cents }),
        1 => (0..6_usize).prop_map(|refund| Move::Fail { refund }),
    ];
    prop::collection::vec(one, 1..40)
}

#[derive(Debug, Clone)]
struct Refund {
    id: String,
    payment: usize,
    cents: i64,
    applied: i64,
    counts: bool,
}

/// What is expected, in cents.
#[derive(Debug, Default)]
struct Books {
    paid: Vec<i64>,
    owed: Vec<Vec<i64>>,
    /// By line: payment, invoice, line of it, cents, and whether it counts.
    lines: BTreeMap<String, (usize, usize, usize, i64, bool)>,
    /// Lines in the order they were made; those that take back, too.
    made: Vec<String>,
    refunds: Vec<Refund>,
}

impl Books {
    fn applied(&self, of: impl Fn(usize, usize, usize) -> bool) -> i64 {
        let counts = |line: &&(usize, usize, usize, i64, bool)| line.4 && of(line.0, line.1, line.2);
        self.lines.values().filter(counts).map(|line| line.3).sum()
    }

    fn refunded(&self, payment: usize) -> i64 {
        self.refunds.iter().filter(|refund| refund.payment == payment && refund.counts).map(|refund| refund.cents).sum()
    }

    fn free(&self, payment: usize) -> i64 {
        self.paid[payment] - self.applied(|of, _, _| of == payment) - self.refunded(payment)
    }
}

struct Play {
    ledger: Ledger,
    payments: Vec<String>,
    invoices: Vec<(String, Vec<String>)>,
    by_line: bool,
    books: Books,
    /// Every ledger as it was after the last move.
    before: Vec<Vec<ApplicationLine>>,
}

impl Play {
    fn new(by_line: bool) -> Self {
        let mut ledger = Ledger::at_level(if by_line { "InvoiceLine" } else { "Invoice" });
        let paid = vec![2_000, 1_001, 3_333];
        let owed = vec![vec![1_500, 999], vec![2_000, 1]];
        let payments = (0_u32..).zip(&paid).map(|(at, cents)| ledger.pay(at, &text(*cents), "USD")).collect();
        let invoice = |lines: &Vec<i64>| {
            let amounts: Vec<String> = lines.iter().map(|cents| text(*cents)).collect();
            ledger.invoice("USD", &amounts.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let invoices = owed.iter().map(invoice).collect();
        let books = Books { paid, owed, ..Books::default() };
        Self { ledger, payments, invoices, by_line, books, before: vec![Vec::new(); PAYMENTS] }
    }

    fn play(&mut self, one: &Move) {
        match *one {
            Move::Apply { payment, target, line, cents } => self.apply(payment, target, line, cents),
            Move::Unapply { payment, line } => self.unapply(payment, line),
            Move::Refund { payment, cents } => self.refund(payment, cents),
            Move::ApplyRefund { refund, cents } => self.apply_refund(refund, cents),
            Move::Fail { refund } => self.fail(refund),
        }
        self.check();
    }

    fn apply(&mut self, payment: usize, target: usize, line: usize, cents: i64) {
        let of_invoice = self.books.owed[target].iter().sum::<i64>() - self.books.applied(|_, of, _| of == target);
        let of_line = self.books.owed[target][line] - self.books.applied(|_, of, at| of == target && at == line);
        let most = self.books.free(payment).min(of_invoice).min(if self.by_line { of_line } else { of_invoice });
        let (invoice, lines) = &self.invoices[target];
        let to = if self.by_line { lines[line].clone() } else { invoice.clone() };
        let reply = self.ledger.apply(&self.payments[payment], &to, &text(cents));
        assert_eq!(reply.status, if cents <= most { 201 } else { 422 }, "{cents} of at most {most}: {reply:?}");
        if reply.status == 201 {
            let id = reply.json()["id"].as_str().unwrap().to_owned();
            self.books.lines.insert(id.clone(), (payment, target, line, cents, true));
            self.books.made.push(id);
        }
    }

    fn unapply(&mut self, payment: usize, line: usize) {
        let Some(id) = self.books.made.get(line).cloned() else { return };
        let known = self.books.lines.get(&id).copied();
        let reply = self.ledger.unapply(&self.payments[payment], &id);
        match known {
            Some((of, _, _, _, counts)) if of == payment => assert_eq!(reply.status, if counts { 201 } else { 422 }),
            Some(_) => assert_eq!(reply.status, 404),
            // it takes another one back
            None => assert!([404, 422].contains(&reply.status)),
        }
        if reply.status == 201 {
            self.books.lines.get_mut(&id).unwrap().4 = false;
            self.books.made.push(reply.json()["id"].as_str().unwrap().to_owned());
        }
    }

    /// What the payments API lets through: no more than is refundable.
    fn refund(&mut self, payment: usize, cents: i64) {
        let number = u32::try_from(payment).unwrap();
        let group = self.ledger.state(number).group;
        let refundable = group.refundable(&group.payments[0]).unwrap();
        assert_eq!(refundable.text(), text(self.books.free(payment)));
        if Amount::parse(&text(cents)).unwrap() > refundable {
            return;
        }
        let at = u32::try_from(self.books.refunds.len()).unwrap();
        let status = if at % 3 == 2 { TransactionStatus::Pending } else { TransactionStatus::Processed };
        let id = self.ledger.refund(number, at, &text(cents), status);
        self.books.refunds.push(Refund { id, payment, cents, applied: 0, counts: true });
    }

    fn apply_refund(&mut self, refund: usize, cents: i64) {
        let Some(known) = self.books.refunds.get(refund).cloned() else { return };
        let reply = self.ledger.apply_refund(&known.id, &self.payments[known.payment], &text(cents));
        let is_processed = refund % 3 != 2;
        let fits = is_processed && cents <= known.cents - known.applied;
        assert_eq!(reply.status, if fits { 201 } else { 422 }, "{reply:?}");
        if fits {
            self.books.refunds[refund].applied += cents;
        }
    }

    fn fail(&mut self, refund: usize) {
        let Some(known) = self.books.refunds.get_mut(refund).filter(|_| refund % 3 == 2) else { return };
        known.counts = false;
        let (payment, id) = (u32::try_from(known.payment).unwrap(), known.id.clone());
        self.ledger.change(payment, |state| *state.group.status_of_mut(&id).unwrap() = TransactionStatus::Failed);
    }

    fn check(&mut self) {
        for payment in 0..PAYMENTS {
            self.check_payment(payment);
            self.check_lines(payment);
        }
        for target in 0..INVOICES {
            self.check_invoice(target);
        }
    }

    fn check_payment(&self, payment: usize) {
        let group = self.ledger.state(u32::try_from(payment).unwrap()).group;
        let record = &group.payments[0];
        let amounts = group.payment_amounts(record).unwrap();
        let relations = Relations::of(&group);
        assert_eq!(relations.payment_amounts(record).unwrap(), amounts);
        let books = &self.books;
        let applied = books.applied(|of, _, _| of == payment);
        let entered: i64 =
            books.refunds.iter().filter(|refund| refund.payment == payment).map(|refund| refund.applied).sum();
        assert_eq!(amounts.net_applied.text(), text(applied));
        assert_eq!(amounts.net_refund_applied.text(), text(entered));
        assert_eq!(amounts.balance.text(), text(books.paid[payment] - applied - entered));
        assert_eq!(amounts.total_applied.checked_sub(amounts.total_unapplied).unwrap(), amounts.net_applied);
        assert!(
            applied + books.refunded(payment) <= books.paid[payment],
            "applied and given back are no more than was paid"
        );
        for refund in &group.refunds {
            let of_refund = group.refund_amounts(refund).unwrap();
            assert_eq!(relations.refund_amounts(refund).unwrap(), of_refund);
            assert!(of_refund.balance >= Amount::ZERO && of_refund.balance <= refund.amount);
        }
    }

    /// Append-only, and each pair cancels: what still counts is what the net amounts say.
    fn check_lines(&mut self, payment: usize) {
        let group = self.ledger.state(u32::try_from(payment).unwrap()).group;
        let lines = group.application_lines;
        for (old, new) in self.before[payment].iter().zip(&lines) {
            let mut marked = old.clone();
            marked.has_been_unapplied = new.has_been_unapplied;
            assert_eq!(*new, marked, "a line does not change but for its mark");
            assert!(
                old.has_been_unapplied == new.has_been_unapplied || new.has_been_unapplied == HasBeenUnapplied::Yes
            );
        }
        assert!(lines.len() >= self.before[payment].len() && lines.len() <= self.before[payment].len() + 1);
        let sum = |of: &dyn Fn(&ApplicationLine) -> Amount| Amount::sum(lines.iter().map(of)).unwrap();
        let impact = sum(&|line| line.impact_amount().unwrap());
        let effective = sum(&|line| line.effective_impact_amount().unwrap());
        assert_eq!(impact, effective, "each pair cancels");
        for line in lines.iter().filter(|line| line.has_been_unapplied == HasBeenUnapplied::Yes) {
            let pair: Vec<_> =
                lines.iter().filter(|other| other.associated_line_id.as_ref() == Some(&line.id)).collect();
            assert_eq!(pair.len(), 1);
            assert_eq!((pair[0].amount, &pair[0].target_id), (line.amount, &line.target_id));
        }
        assert!(lines.iter().all(|line| line.amount.is_positive() && line.payment_balance >= Amount::ZERO));
        assert!(
            lines
                .iter()
                .all(|line| line.object != ApplicationObject::RefundLinePayment || line.associated_line_id.is_none())
        );
        self.before[payment] = lines;
    }

    fn check_invoice(&mut self, target: usize) {
        let invoice = self.invoices[target].0.clone();
        let view = self.ledger.read_invoice(&invoice);
        let net = numbers(&self.ledger.read_invoice_text(&invoice), "netPaymentsApplied");
        let applied = self.books.applied(|_, of, _| of == target);
        let total: i64 = self.books.owed[target].iter().sum();
        assert!(applied <= total, "no more is applied than is owed");
        assert_eq!(cents(&net[0]), applied);
        let status = match applied {
            0 => "Not Settled",
            all if all == total => "Settled",
            _ => "Partially Settled",
        };
        assert_eq!(view["settlementStatus"], status);
        assert_eq!(view["fullSettlementDate"].is_string(), applied == total);
        let level = if self.by_line { "InvoiceLine" } else { "Invoice" };
        assert_eq!(view["settlementLevel"].as_str(), (applied > 0).then_some(level));
        for (at, of_this_line) in net[1..].iter().enumerate() {
            let of_line = self.books.applied(|_, of, line| of == target && line == at);
            let expected = if self.by_line { of_line } else { 0 };
            assert_eq!(cents(of_this_line), expected);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_sum_is_exact(by_line: bool, moves in moves()) {
        let mut play = Play::new(by_line);
        for one in &moves {
            play.play(one);
        }
    }
}
