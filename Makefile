# checkout-payments: `make start` shows it, `make test` proves it. `make help` lists the rest.
#
# Every step decides by the content of its inputs whether there is anything to do (scripts/once.sh), so any target may be
# repeated at any time, and the second time is quick.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# The order of the prerequisites is the order of the steps: the cheapest proof first.
.NOTPARALLEL:

export CARGO_TERM_COLOR ?= auto
export SEED FROM PAYMENTS SECONDS_ KEEP_GOING
export CHROMEDRIVER ?= /usr/bin/chromedriver
export CHROMIUM ?= /usr/bin/chromium
export WASM_BINDGEN_TEST_TIMEOUT ?= 120
# cargo asks for an absolute path
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER := $(CURDIR)/tools/target/debug/wbg-test-runner

once := scripts/once.sh
wasm32 := --target wasm32-unknown-unknown
simulation := cargo test --locked --quiet --profile simulation --test simulation --
heading = @printf '\n== %s\n' "$(1)"

# what the wasm is made of, and what the TypeScript is made of
wasm_inputs := src Cargo.toml Cargo.lock tools/Cargo.lock package-lock.json scripts/build-wasm.sh scripts/check-wasm.mjs
pkg_inputs := pkg/src pkg/openapi.json pkg/package.json pkg/tsconfig.json scripts/contract.mjs scripts/entries.mjs package-lock.json pkg/wasm
www_inputs := $(filter-out www/node_modules www/dist,$(wildcard www/*)) package-lock.json pkg/dist pkg/wasm

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---- use

.PHONY: start
start: build ## build what is missing and serve the demo store on http://127.0.0.1:8787 (PORT, DATABASE_URL, …)
	@exec node www/server/main.js

.PHONY: build
build: www ## both wasm builds, the npm package and the demo store's page

.PHONY: pack
pack: pkg ## the npm package as a tarball
	npm pack --workspace pkg

# ---- prove

.PHONY: test
test: need-test lint test-rust test-simulation test-planted wasm pkg test-wasm test-wasm-pack www test-types test-bundlers test-js test-runtimes test-workers test-browser ## every check and every test

.PHONY: lint
lint: need ## rustfmt and clippy: natively, and as each wasm build sees the code
	$(call heading,rustfmt)
	cargo fmt --all --check
	cargo fmt --manifest-path tests/fuzz/Cargo.toml --check
	$(call heading,clippy: native)
	cargo clippy --locked --all-targets --all-features -- -D warnings
	$(call heading,clippy: storefront for wasm32)
	cargo clippy --locked $(wasm32) --lib --features storefront -- -D warnings
	$(call heading,clippy: core and the wasm tests for wasm32)
	cargo clippy --locked $(wasm32) --lib --test wasm_node --test wasm_browser --features core -- -D warnings

.PHONY: test-rust
test-rust: need ## the crate's own tests, natively
	$(call heading,cargo test)
	cargo test --locked

.PHONY: test-simulation
test-simulation: need ## a million simulated payments (PAYMENTS=…): each invariant at every line, both books at every end
	$(call heading,the simulator)
	PAYMENTS=$${PAYMENTS:-1000000} $(simulation) --exact every_history_keeps_every_invariant --nocapture

.PHONY: test-planted
test-planted: need ## faults planted in a copy of the core, one at a time: the simulator must see each
	$(call heading,faults planted in the core)
	@$(once) planted -o target/planted src Cargo.toml Cargo.lock tests/planted tests/simulation tests/support scripts/plant.mjs \
	  -- node scripts/plant.mjs target/planted
	cargo test --locked --quiet --manifest-path target/planted/Cargo.toml --target-dir target/planted-build \
	  --profile simulation --test simulation -- caught --nocapture

.PHONY: simulate
simulate: need ## histories until stopped (SEED=one, told line by line; FROM, PAYMENTS, SECONDS_; KEEP_GOING=n lists all faults of n seeds)
	$(simulation) --ignored --exact $(if $(KEEP_GOING),survey,simulate) --nocapture

.PHONY: test-wasm
test-wasm: need-test tools ## the crate's exports as wasm, in Node and in headless Chromium
	$(call heading,wasm-bindgen-test in Node)
	cargo test --locked $(wasm32) --features core --test wasm_node
	$(call heading,wasm-bindgen-test in Chromium)
	cargo test --locked $(wasm32) --features core --test wasm_browser

.PHONY: test-wasm-pack
test-wasm-pack: need-test tools deps ## what users of wasm-pack do with the crate: build it, load it, run its browser tests
	@$(once) wasm-pack -o tools/target/debug/wasm-pack tools/Cargo.lock tools/wasm-pack \
	  -- cargo build --locked --manifest-path tools/Cargo.toml --target-dir tools/target --package wasm-pack-runner
	$(call heading,wasm-pack)
	node --test tests/wasm-pack/*.test.mjs

.PHONY: test-types
test-types: pkg ## the page's types, and the package's as its users see them
	$(call heading,tsc: the demo store's page)
	npm run check --workspace www
	$(call heading,tsc: uses of the packed package)
	node --test tests/types/*.test.mjs

.PHONY: test-bundlers
test-bundlers: need-test pkg ## the packed package through every bundler and through none, in Chromium; publint and attw
	$(call heading,node --test: bundlers)
	node --test tests/bundlers/*.test.mjs

.PHONY: test-js
test-js: pkg python ## the package and the server in Node, and the size budgets
	$(call heading,node --test: package and server and size)
	@# many start servers, and wait more than they compute
	node --test --test-concurrency=2 tests/*.test.mjs

.PHONY: test-runtimes
test-runtimes: need-test python pkg ## one suite from the packed package on Node, Deno, Bun, workerd and Chromium
	$(call heading,node --test: the packed package on every runtime)
	node --test tests/runtimes/*.test.mjs

.PHONY: test-workers
test-workers: pkg www ## the store in a Durable Object, in real workerd
	$(call heading,node --test: Workers)
	@# each file has a workerd of its own, and waits more than it computes
	node --test --test-concurrency=2 tests/workers/*.test.mjs

.PHONY: test-browser
test-browser: need-test python www ## the demo store in a real browser
	$(call heading,node --test: the demo store in Chromium)
	@# each file has a server and a browser of its own, and waits more than it computes
	node --test --test-concurrency=2 tests/browser/*.test.mjs

.PHONY: kill
kill: pkg ## SIGKILL the server under load so many times (KILLS=5000, SEED=…) and compare the books
	KILLS=$(or $(KILLS),5000) $(if $(SEED),SEED=$(SEED)) node --test tests/kill.test.mjs

.PHONY: fuzz
fuzz: need ## one fuzz target for a while: TARGET=history SECONDS_=600 (needs nightly; installs cargo-fuzz: minutes)
	scripts/fuzz.sh "$(TARGET)" "$(or $(SECONDS_),600)"

.PHONY: bench
bench: pkg ## bytes and microseconds, as ratios to what else one would use; the server under load
	node benches/bench.mjs
	node benches/http.mjs

.PHONY: deny
deny: need ## licences, duplicates and advisories of the Rust dependencies (installs cargo-deny: minutes)
	command -v cargo-deny >/dev/null || cargo install cargo-deny --locked
	cargo deny check

# ---- build, one target a product

.PHONY: deps
deps: need ## node_modules, exactly as locked
	@$(once) npm-ci -o node_modules/.bin package-lock.json package.json pkg/package.json www/package.json .npmrc \
	  -- npm ci --no-audit --no-fund

.PHONY: tools
tools: need ## wasm-bindgen and its test runner
	@$(once) tools -o tools/target/debug/wbg -o tools/target/debug/wbg-test-runner \
	  tools/Cargo.toml tools/Cargo.lock tools/src \
	  -- env CARGO_FUTURE_INCOMPAT_REPORT_FREQUENCY=never \
	  cargo build --locked --manifest-path tools/Cargo.toml --target-dir tools/target

.PHONY: python
python: need-test ## .python: the programs in Python that the tests start
	@$(once) python -o .python/bin/python tests/python/build-tools.txt tests/python/requirements.txt scripts/python.sh \
	  -- scripts/python.sh install

.PHONY: python-lock
python-lock: need-test ## tests/python/*.txt anew from tests/python/*.in
	scripts/python.sh lock

.PHONY: wasm
wasm: tools deps ## pkg/wasm/storefront and pkg/wasm/core
	@$(once) wasm -o pkg/wasm/storefront -o pkg/wasm/core $(wasm_inputs) -- scripts/build-wasm.sh

.PHONY: pkg
pkg: wasm ## pkg/dist: the package's TypeScript
	@$(once) pkg -o pkg/dist $(pkg_inputs) -- npm run build --workspace pkg

.PHONY: www
www: pkg ## www/dist: the demo store's page
	@$(once) www -o www/dist $(www_inputs) -- npm run build --workspace www

.PHONY: need need-test
need:
	@scripts/need.sh build
need-test:
	@scripts/need.sh test

.PHONY: clean
clean: ## remove everything that was built (the demo store's .data stays)
	rm -rf target tools/target pkg/wasm pkg/dist www/dist node_modules www/node_modules pkg/node_modules .python .make
