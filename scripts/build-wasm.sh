#!/usr/bin/env bash
# Builds pkg/wasm/storefront and pkg/wasm/core: one crate, two sets of exports, each with its own trade of size for speed.
#
#   scripts/build-wasm.sh [storefront|core]...      both when none is named
#
# Needs: Rust's wasm32 target, the programs of tools/, and node_modules (binaryen's wasm-opt). `make wasm` sees to that.
set -euo pipefail
cd "$(dirname "$0")/.."

wbg=tools/target/debug/wbg
wasm_opt=node_modules/.bin/wasm-opt
target=${CARGO_TARGET_DIR:-target}
name=checkout_payments

stop() { printf 'error: %s\n' "$*" >&2; exit 1; }

# The generated JavaScript and the wasm agree on a format that changes with every version of wasm-bindgen.
same_versions() {
  local tool crate
  tool=$("$wbg" --version | awk '{ print $2 }')
  crate=$(awk '$0 == "name = \"wasm-bindgen\"" { getline; gsub(/"/, ""); print $3 }' Cargo.lock)
  [ -n "$crate" ] || stop "Cargo.lock has no wasm-bindgen"
  [ "$tool" = "$crate" ] || stop "tools/ has wasm-bindgen $tool, Cargo.lock has $crate: make tools/Cargo.toml name the same"
}

# Paths of the machine that builds would end up in panic messages, and so in everybody's browser; and two machines would
# build different bytes. cargo names each registry's folder after a hash of its address, hence the loop.
remap_paths() {
  local flags="--remap-path-prefix=$PWD=. --remap-path-prefix=$(rustc --print sysroot)=rust" folder
  for folder in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
    flags+=" --remap-path-prefix=${folder%/}=crates"
  done
  printf '%s' "$flags"
}

# What the optimiser may use, from Cargo.toml, so that our builds and wasm-pack's agree; how hard it tries is each build's own.
features_of_the_target() {
  cargo metadata --locked --no-deps --format-version 1 | node -e '
    const [{ metadata }] = JSON.parse(require("node:fs").readFileSync(0, "utf8")).packages;
    for (const flag of metadata["wasm-pack"].profile.release["wasm-opt"]) if (!/^-O/.test(flag)) console.log(flag);
  '
}

build() { # feature, opt-level of rustc, up to what cost it inlines, overflow checks, passes of wasm-opt
  local feature=$1 level=$2 inlined=$3 checks=$4 passes=$5
  local out=pkg/wasm/$feature
  local fresh=$out.$$

  # A cdylib alone: beside an rlib, whose items somebody might call, the page's would be a tenth larger and the core 5 % slower. How much
  # is inlined is said for this crate only, and what it depends on stays as quick as it is.
  CARGO_PROFILE_RELEASE_OPT_LEVEL=$level CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=$checks \
    RUSTFLAGS="$remap ${RUSTFLAGS:-}" \
    cargo rustc --locked --release --lib --crate-type cdylib --target wasm32-unknown-unknown --no-default-features --features "$feature" \
    -- -C llvm-args=-inline-threshold="$inlined"

  # A folder of its own, moved into place when it is whole: a build that fails leaves the last good one.
  rm -rf "$fresh"
  "$wbg" --target web --out-dir "$fresh" --omit-default-module-path \
    --remove-name-section --remove-producers-section "$target/wasm32-unknown-unknown/release/$name.wasm"

  "$wasm_opt" "$passes" "$fresh/${name}_bg.wasm" -o "$fresh/${name}_bg.wasm" "${features[@]}"

  # An optimiser has been seen to break a module that it then called valid, so the result is run before it is used.
  node scripts/check-wasm.mjs "$fresh" "$feature"
  rm -rf "$out"
  mv "$fresh" "$out"
}

[ -x "$wbg" ] || stop "$wbg is missing: run make tools"
[ -x "$wasm_opt" ] || stop "$wasm_opt is missing: run make deps"
same_versions

# fetched first, so that the folders to be renamed exist
cargo fetch --locked --target wasm32-unknown-unknown --quiet
remap=$(remap_paths)
mapfile -t features < <(features_of_the_target)
[ ${#features[@]} -gt 0 ] || stop "Cargo.toml does not say what wasm-opt may use"

[ $# -gt 0 ] || set -- storefront core
mkdir -p pkg/wasm
for feature in "$@"; do
  case $feature in
    # Every shopper downloads it. It moves no money, and what it says of amounts is checked by their own type.
    storefront) build storefront z 30 false -Oz ;;
    # Servers run it for every payment. With rustc's own threshold (225) it is a seventh larger and 4 % faster.
    core) build core 2 100 true -O3 ;;
    *) stop "no build is called $feature" ;;
  esac
done
