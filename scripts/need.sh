#!/usr/bin/env bash
# Installs what the machine lacks, and says what it can't install.
#
#   scripts/need.sh build     a C linker, Rust's wasm32 target, rustfmt and clippy
#   scripts/need.sh test      the same, Chromium and its driver, Python with venv
#
# Rust, Node and make come from the user: they have versions of their own to keep.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }
stop() { say "error: $*"; exit 1; }
has() { command -v "$1" >/dev/null; }

has cargo || stop "cargo is missing. Install Rust with rustup (rustup.rs) and open a new shell."
has node && has npm || stop "Node is missing. Install Node 20.19 or later with npm (nodejs.org)."
node -e '
  const [major, minor] = process.versions.node.split(".").map(Number);
  process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1);
' || stop "Node $(node --version) is too old: 20.19 or later is needed."

# ---- Debian packages
packages=()
# cargo links build scripts with the system's compiler, even when the product is wasm
has cc || packages+=(gcc libc6-dev)
if [ "$1" = test ]; then
  has chromium || packages+=(chromium)
  has chromedriver || packages+=(chromium-driver)
  # Debian's python3 comes without what makes a virtual environment
  python3 -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3 python3-venv)
fi
if [ ${#packages[@]} -gt 0 ]; then
  has apt-get || stop "please install: ${packages[*]} (names of Debian packages; this is not a Debian)."
  root=()
  if [ "$(id -u)" != 0 ]; then
    has sudo || stop "please install as root: apt-get install ${packages[*]}"
    root=(sudo)
  fi
  say "installing ${packages[*]}"
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

# ---- parts of the Rust toolchain
add() { # what, kind, name
  has rustup || stop "$1 is missing and rustup is not there to add it."
  rustup "$2" add "$3"
}
[ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ] || add "Rust's wasm32 target" target wasm32-unknown-unknown
cargo fmt --version >/dev/null 2>&1 || add rustfmt component rustfmt
cargo clippy --version >/dev/null 2>&1 || add clippy component clippy
