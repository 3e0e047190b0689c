//! Many histories, on two threads.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::bugs::Bug;
use super::history::live;
use super::report::Report;
use super::world::Violation;

const THREADS: usize = 2;

/// A broken invariant, and the seed that shows it.
#[derive(Debug)]
pub struct Caught {
    pub seed: u64,
    pub violation: Violation,
}

/// The first seeds of which one is caught, if any is.
pub fn run_until_caught(seeds: impl IntoIterator<Item = u64>, bug: Option<Bug>) -> Option<Caught> {
    seeds.into_iter().find_map(|seed| live(seed, bug, false).violation.map(|violation| Caught { seed, violation }))
}

/// What many histories came to.
#[derive(Debug, Default)]
pub struct Campaign {
    pub histories: u64,
    pub payments: u64,
    pub report: Report,
    pub caught: Option<Caught>,
}

/// Lives histories from `first` on until `enough`; `watch` sees each sum on the way.
pub fn run(first: u64, enough: impl Fn(&Campaign) -> bool + Sync, watch: impl Fn(&Campaign) + Sync) -> Campaign {
    let next = AtomicU64::new(first);
    let done = AtomicBool::new(false);
    let campaign = Mutex::new(Campaign::default());
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let chunk = live_some(next.fetch_add(CHUNK, Ordering::Relaxed));
                    let mut campaign = campaign.lock().unwrap();
                    campaign.histories += chunk.histories;
                    campaign.payments += chunk.payments;
                    campaign.report.add(&chunk.report);
                    campaign.caught = campaign.caught.take().or(chunk.caught);
                    watch(&campaign);
                    if campaign.caught.is_some() || enough(&campaign) {
                        done.store(true, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    campaign.into_inner().unwrap()
}

/// Seeds taken at a time.
const CHUNK: u64 = 64;

fn live_some(first: u64) -> Campaign {
    let mut chunk = Campaign::default();
    for seed in first..first + CHUNK {
        let lived = live(seed, None, false);
        chunk.histories += 1;
        chunk.payments += lived.payments;
        chunk.report.add(&lived.report);
        if let Some(violation) = lived.violation {
            chunk.caught = Some(Caught { seed, violation });
            return chunk;
        }
    }
    chunk
}

/// What a failing seed is reported as: the invariant, the last lines of its history, and how to see all of it.
pub fn explain(caught: &Caught) -> String {
    let trace = live(caught.seed, None, true).trace;
    let last = trace.len().saturating_sub(30);
    format!(
        "seed {}: {}\n{}\n\n{}\n\nmake simulate SEED={}",
        caught.seed,
        caught.violation.invariant,
        caught.violation.detail,
        trace[last..].join("\n"),
        caught.seed
    )
}
