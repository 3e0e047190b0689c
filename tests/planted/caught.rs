//! Every planted fault of the core is seen by the simulator, and without one nothing is.

use std::panic::{AssertUnwindSafe, catch_unwind};

use checkout_payments::planted;

use super::campaign::run_until_caught;

/// So many histories at most for each fault.
const SEEDS: u64 = 20_000;

#[test]
fn every_planted_fault_is_caught() {
    planted::switch_off();
    assert!(run_until_caught(1..=500, None).is_none(), "without a fault nothing is caught");
    let mut unseen = Vec::new();
    for (number, name) in planted::NAMES.iter().enumerate() {
        planted::switch_on(number);
        // The core may also refuse the state it made itself.
        match catch_unwind(AssertUnwindSafe(|| run_until_caught(1..=SEEDS, None))) {
            Ok(Some(caught)) => {
                println!("caught  {name}\n        by seed {}: {}", caught.seed, caught.violation.invariant)
            }
            Ok(None) => unseen.push(*name),
            Err(_) => println!("caught  {name}\n        by a panic"),
        }
    }
    planted::switch_off();
    assert!(unseen.is_empty(), "nobody saw: {unseen:#?}");
    println!("{} faults, all caught", planted::NAMES.len());
}
