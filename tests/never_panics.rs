//! No input makes the core panic: a little fuzzing in every run of the tests, on the stable toolchain.
//!
//! It runs the very targets of `make fuzz` (`tests/fuzz`), on what libFuzzer has found worth keeping and on mutations of it.
//! What it finds is shown as a byte string: put those bytes into a file of `tests/fuzz/corpus/TARGET` before mending the core.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that is wrong should stop at the line that is wrong, and say which file it was at"
)]

mod support;
#[path = "fuzz/src/targets/mod.rs"]
mod targets;

use std::fmt;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;

/// Of each target, beside the corpus itself; `PROPTEST_CASES` asks for more.
const CASES: u32 = 1_000;

macro_rules! tests {
    ($($name:ident),* $(,)?) => {
        $(#[test]
        fn $name() {
            fuzz(stringify!($name));
        })*

        #[test]
        fn every_target_is_run() {
            let names: Vec<&str> = targets::ALL.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

tests!(
    begin_checkout_payment,
    begin_payments,
    advance,
    recover,
    notify,
    place_order,
    read_payments,
    explain,
    list_unresolved,
    list_rows,
    validate,
    preview,
    currency_decimals,
    format_money,
    payment_methods,
    history,
    transactions,
);

/// Every state that the core was driven into, with a context that has nothing special, in each function that takes a state.
#[test]
fn every_situation_is_of_the_contract() {
    let count = targets::situations::all().len();
    assert!(count > 300, "{count}");
    for (name, target) in targets::ALL.iter().take(10) {
        for at in 0..count {
            let bytes = [1, u8::try_from(at >> 8).unwrap(), u8::try_from(at & 0xFF).unwrap()];
            println!("{name}, situation {at}");
            target(&bytes);
        }
    }
}

/// A counter at its end: the core refuses the state and keeps its overflow checks quiet.
#[test]
fn a_step_attempted_beyond_counting_is_refused() {
    use support::scenes::{Existing, auth, world_with};
    let mut world = world_with(Existing::UnderReview);
    let damaged = world.row.state.replace("\"attempt\":1", "\"attempt\":4294967295");
    assert_ne!(damaged, world.row.state);
    let context = world.context(&serde_json::json!({}));
    let answer = checkout_payments::wire::core::begin_checkout_payment(&context, &damaged, auth("tok_old").as_bytes());
    let step = support::step::Step::parse(&answer);
    assert_eq!(step.status(), Some(500), "{answer}");
    assert!(!step.commits(), "{answer}");
}

fn fuzz(name: &str) {
    let (_, target) = targets::ALL.iter().find(|(known, _)| *known == name).unwrap();
    let corpus = corpus(name);
    for (file, bytes) in &corpus {
        println!("corpus/{name}/{file}");
        target(bytes);
    }
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let config = ProptestConfig { cases: config.cases.max(CASES), ..config };
    let corpus = corpus.into_iter().map(|(_, bytes)| bytes).collect();
    let found = TestRunner::new(config).run(&inputs(corpus), |input| {
        target(&input.0);
        Ok(())
    });
    found.unwrap_or_else(|why| panic!("{name}: {why}"));
}

/// The bytes of an input, shown so that they can be copied.
struct Bytes(Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "b\"{}\"", self.0.escape_ascii())
    }
}

/// Mostly mutations of the corpus; else anything.
fn inputs(corpus: Vec<Vec<u8>>) -> impl Strategy<Value = Bytes> {
    let dictionary = dictionary();
    let files = corpus.clone();
    let mutated = (any::<Index>(), prop::collection::vec(mutation(), 1..6)).prop_map(move |(file, mutations)| {
        let mut bytes = file.get(&files).clone();
        mutations.iter().for_each(|mutation| mutation.apply(&mut bytes, &files, &dictionary));
        Bytes(bytes)
    });
    prop_oneof![4 => mutated, 1 => prop::collection::vec(any::<u8>(), 0..200).prop_map(Bytes)]
}

/// What fuzzers do to an input.
#[derive(Debug, Clone)]
enum Mutation {
    Flip(Index, u8),
    Cut(Index, Index),
    Insert(Index, Vec<u8>),
    /// A word of the dictionary, over what stands there.
    Word(Index, Index),
    /// What another file has from there on.
    Splice(Index, Index, Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = any::<Index>;
    prop_oneof![
        (at(), 1..=u8::MAX).prop_map(|(at, bits)| Mutation::Flip(at, bits)),
        (at(), at()).prop_map(|(from, to)| Mutation::Cut(from, to)),
        (at(), prop::collection::vec(any::<u8>(), 1..8)).prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        (at(), at()).prop_map(|(at, word)| Mutation::Word(at, word)),
        (at(), at(), at()).prop_map(|(at, file, from)| Mutation::Splice(at, file, from)),
    ]
}

impl Mutation {
    fn apply(&self, bytes: &mut Vec<u8>, files: &[Vec<u8>], dictionary: &[Vec<u8>]) {
        let place = |at: &Index, bytes: &[u8]| at.index(bytes.len() + 1);
        match self {
            Self::Flip(at, bits) => {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] ^= bits;
                }
            }
            Self::Cut(from, to) => {
                let (from, to) = (place(from, bytes), place(to, bytes));
                bytes.drain(from.min(to)..from.max(to));
            }
            Self::Insert(at, more) => {
                let at = place(at, bytes);
                bytes.splice(at..at, more.iter().copied());
            }
            Self::Word(at, word) => {
                let (at, word) = (place(at, bytes), word.get(dictionary));
                let end = bytes.len().min(at + word.len());
                bytes.splice(at..end, word.iter().copied());
            }
            Self::Splice(at, file, from) => {
                let other = file.get(files);
                bytes.truncate(place(at, bytes));
                bytes.extend(&other[place(from, other)..]);
            }
        }
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz")
}

/// The files of a target by name, in order.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = folder().join("corpus").join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| {
            let entry = entry.unwrap();
            (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files
}

/// libFuzzer's dictionary: a word a line, in quotes, with `\\`, `\"` and `\xAB`.
fn dictionary() -> Vec<Vec<u8>> {
    let text = fs::read_to_string(folder().join("dictionary.txt")).unwrap();
    let words = text.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    words.map(word).collect()
}

fn word(quoted: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = quoted.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = match (first, after) {
            (b'\\', [b'x', high, low, after @ ..]) => {
                let digits = [*high, *low];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                after
            }
            (b'\\', [sign, after @ ..]) => {
                bytes.push(*sign);
                after
            }
            _ => {
                bytes.push(*first);
                after
            }
        };
    }
    bytes
}
