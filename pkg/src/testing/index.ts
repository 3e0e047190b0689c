/**
 * `checkout-payments/testing`: what any gateway adapter and any store must do, as cases for whichever test runner you have
 * (`docs/writing-an-adapter.md`).
 *
 * ```ts
 * import { gatewayConformance, register, storeConformance } from "checkout-payments/testing";
 * import { test } from "node:test";
 *
 * register(gatewayConformance({ name: "my gateway", open: openMyGateway }), test);
 * register(storeConformance({ name: "my store", open: openMyStore }), test);
 * ```
 */
export { type Case, type CaseResult, ConformanceFailure, register, type TestFunction } from "./case.js";
export { type Fault, type Exchange, FAULTS, type Fetch, type SentRequest } from "./faults.js";
export { gatewayConformance } from "./gateway/conformance.js";
export type { Behaviour, BookedPayment, GatewayConformanceOptions, GatewayHarness, Wish } from "./gateway/harness.js";
export { storeConformance } from "./store/conformance.js";
export type { StoreConformanceOptions, StoreHarness } from "./store/harness.js";
