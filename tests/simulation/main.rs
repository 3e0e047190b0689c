//! A deterministic simulator: one seed is one history of shoppers, web stores, a host that crashes, a network and a gateway that
//! misbehave. The real core decides; the host follows the real host's loop line by line. `make simulate SEED=…` replays a history.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test that is wrong should stop at the line that is wrong; and this one says how much it has visited"
)]

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod answer;
mod ask;
mod back_office;
mod bugs;
mod campaign;
mod cart;
mod client;
mod coverage;
mod desk;
mod gateway;
mod history;
mod host;
mod monotone;
mod network;
mod notes;
mod notices;
mod parking;
mod random;
mod recovery;
mod report;
mod requests;
mod schedule;
mod settle;
mod status;
mod store;
#[path = "../support/mod.rs"]
mod support;
mod trace;
mod traits;
mod watch;
mod weather;
mod world;

use std::time::Instant;

use bugs::Bug;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// Histories until so many requests to pay were decided; each invariant held at every line, the books agreed at every end, and
/// each kind of fault and of recovery was met. `make test-simulation` asks for a million.
#[test]
fn every_history_keeps_every_invariant() {
    let payments = setting("PAYMENTS").unwrap_or(30_000);
    let campaign = campaign::run(1, |campaign| campaign.payments >= payments, |_| {});
    println!("{} histories, {} payments\n{}", campaign.histories, campaign.payments, campaign.report.text());
    if let Some(caught) = &campaign.caught {
        panic!("{}", campaign::explain(caught));
    }
    let rare = if payments >= 1_000_000 { coverage::EXPECTED_OF_A_MILLION } else { &[] };
    let expected = coverage::EXPECTED.iter().chain(rare);
    let missed: Vec<_> = expected.filter(|(group, item)| campaign.report.of(group, item) == 0).collect();
    assert!(missed.is_empty(), "never met: {missed:?}");
}

/// The simulator can fail: it catches a host that does not keep its side of the contract.
#[test]
fn each_deliberate_fault_of_the_host_is_caught() {
    let mut missed = Vec::new();
    for bug in Bug::ALL {
        match campaign::run_until_caught(1..5_000, Some(bug)) {
            Some(caught) => println!("{bug:?}: seed {}: {}", caught.seed, caught.violation.invariant),
            None => missed.push(bug),
        }
    }
    assert!(missed.is_empty(), "not caught: {missed:?}");
}

/// One seed, one history, to the letter.
#[test]
fn a_seed_is_a_history() {
    let mut lines = 0;
    for seed in 1..60 {
        let (once, again) = (history::live(seed, None, true), history::live(seed, None, true));
        assert!(once.trace == again.trace, "seed {seed}");
        lines += once.trace.len();
    }
    assert!(lines > 1_000, "{lines}");
}

/// `make simulate`: one seed told line by line, or many with progress.
#[test]
#[ignore = "runs as long as one likes: make simulate"]
fn simulate() {
    if let Some(seed) = setting("SEED") {
        let lived = history::live(seed, None, true);
        println!("{}", lived.trace.join("\n"));
        println!("\n{}", lived.report.text());
        assert_eq!(lived.violation, None, "seed {seed}");
        return;
    }
    let (payments, seconds) = (setting("PAYMENTS"), setting("SECONDS_"));
    let started = Instant::now();
    let enough = |campaign: &campaign::Campaign| {
        payments.is_some_and(|payments| campaign.payments >= payments)
            || seconds.is_some_and(|seconds| started.elapsed().as_secs() >= seconds)
    };
    let last = std::sync::Mutex::new(0);
    let campaign = campaign::run(setting("FROM").unwrap_or(1), enough, |campaign| {
        let mut last = last.lock().unwrap();
        let now = started.elapsed().as_secs();
        if now > *last {
            *last = now;
            println!(
                "{now:>6} s  {:>9} histories  {:>9} payments  {:>6} payments a second",
                campaign.histories,
                campaign.payments,
                campaign.payments / now
            );
        }
    });
    println!("{}", campaign.report.text());
    if let Some(caught) = &campaign.caught {
        panic!("{}", campaign::explain(caught));
    }
}

/// `make simulate KEEP_GOING=…`: so many seeds, and which invariants were broken how often, with the first seed of each.
#[test]
#[ignore = "to see all faults at once: make simulate KEEP_GOING=…"]
fn survey() {
    let first = setting("FROM").unwrap_or(1);
    let mut broken: std::collections::BTreeMap<&str, Vec<u64>> = std::collections::BTreeMap::new();
    for seed in first..first + setting("KEEP_GOING").unwrap_or(1000) {
        if let Some(violation) = history::live(seed, None, false).violation {
            broken.entry(violation.invariant).or_default().push(seed);
        }
    }
    for (invariant, seeds) in broken {
        println!("{:>6}  {invariant}: {:?}", seeds.len(), &seeds[..seeds.len().min(8)]);
    }
}
