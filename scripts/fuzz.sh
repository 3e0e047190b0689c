#!/usr/bin/env bash
# Fuzzes one export of the core, or its whole over a history.
#
#   scripts/fuzz.sh TARGET SECONDS
#
# What is found new goes to tests/fuzz/found/TARGET, never into the committed corpus; an input that breaks a promise goes to
# tests/fuzz/artifacts/TARGET.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly VERSION=0.13.2
readonly TOOLCHAIN=${FUZZ_TOOLCHAIN:-nightly}
readonly DIR=tests/fuzz

stop() { printf 'error: %s\n' "$*" >&2; exit 1; }

target=${1:-}
seconds=${2:-600}
[ -f "$DIR/fuzz_targets/$target.rs" ] || stop "TARGET must be one of:$(cd "$DIR/fuzz_targets" && printf ' %s' *.rs | sed 's/\.rs//g')"
[[ $seconds =~ ^[0-9]+$ ]] || stop "SECONDS_ must be a whole number, not $seconds"
command -v c++ >/dev/null || stop "libFuzzer is C++ and there is no c++ compiler."
cargo "+$TOOLCHAIN" --version >/dev/null 2>&1 ||
  stop "fuzzing needs a nightly toolchain: rustup toolchain install nightly (or name one: FUZZ_TOOLCHAIN=nightly-2026-05-15)."
[ "$(cargo fuzz --version 2>/dev/null)" = "cargo-fuzz $VERSION" ] || cargo install --locked --force "cargo-fuzz@$VERSION"

options=(--fuzz-dir "$DIR" --sanitizer none)
# A history is made of decisions, not of texts: to see what the core compares them with is slow and tells nothing.
[ "$target" != history ] || options+=(--no-trace-compares --target-dir "$DIR/target/history")

mkdir -p "$DIR/found/$target" "$DIR/corpus/$target"
# The core has no unsafe code, so a sanitizer would find nothing of its own and cost half the executions. Debug assertions
# and overflow checks are on.
exec cargo "+$TOOLCHAIN" fuzz run "${options[@]}" "$target" "$DIR/found/$target" "$DIR/corpus/$target" -- \
  "-max_total_time=$seconds" -max_len=16384 -timeout=60 -rss_limit_mb=2048 -dict="$DIR/dictionary.txt" -print_final_stats=1
