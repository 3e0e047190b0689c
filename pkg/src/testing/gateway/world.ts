/** What a case does with an adapter: calls, as the core makes them, through a network that the case can break. */
import { askGateway, RESULT_CODES } from "../../server/send.js";
import type { Gateway, GatewayCall, GatewayOperation, Outcome } from "../../server/ports.js";
import { type CaseWorld, skip } from "../case.js";
import { expect, newId, settled } from "../expect.js";
import { createNetwork, type Fault, isWrite, type Network, type SentRequest } from "../faults.js";
import type { BookedPayment, GatewayConformanceOptions, GatewayHarness, Wish } from "./harness.js";
import { checkForm, checkSecrecy } from "./outcome.js";

/** An operation that does something. */
export type Doing = Exclude<GatewayOperation, "inquire">;

/** Everything but the two that need more than a token that works. */
export const PLAIN: readonly Doing[] = ["authorize", "sale", "capture", "reverse", "refund"];
/** All of them. */
export const ALL: readonly Doing[] = [...PLAIN, "postauth", "tokenize"];

/** A call that has been made, and its answer. */
export interface Made {
  readonly call: GatewayCall;
  readonly outcome: Outcome;
}

/** One gateway, its adapter, and the network between. */
export class GatewayWorld implements CaseWorld {
  readonly notes: string[] = [];
  readonly harness: GatewayHarness;
  readonly options: GatewayConformanceOptions;
  readonly network: Network;
  readonly secrets = new Set<string>();
  gateway: Gateway;

  private constructor(options: GatewayConformanceOptions, harness: GatewayHarness, network: Network, gateway: Gateway) {
    this.options = options;
    this.harness = harness;
    this.network = network;
    this.gateway = gateway;
    for (const secret of options.secrets ?? []) this.secrets.add(secret);
  }

  static async open(options: GatewayConformanceOptions): Promise<GatewayWorld> {
    const harness = await options.open();
    const network = createNetwork(harness.fetch ?? ((input, init) => fetch(input, init)), (request) => doesSomething(harness, request));
    return new GatewayWorld(options, harness, network, await harness.connect(network.fetch));
  }

  async close(): Promise<void> {
    this.network.close();
    await this.harness.close?.();
  }

  lacks(need: string): string | undefined {
    if (need === "idempotency") return this.gateway.capabilities.keyWindowMs === 0 ? "the gateway keeps no keys: its window is 0" : undefined;
    if (need === "network") return this.sends ? undefined : "the adapter sends nothing: there is no network to break";
    return this.harness[need as keyof GatewayHarness] === undefined ? `the harness has no '${need}'` : undefined;
  }

  get sends(): boolean {
    return this.options.sends ?? true;
  }

  /** Whether what needs this can be tried here. */
  has(need: string): boolean {
    return this.options.cannot?.[need] === undefined && this.lacks(need) === undefined;
  }

  can(operation: Doing): boolean {
    return (this.options.operations ?? ALL).includes(operation);
  }

  note(text: string): void {
    this.notes.push(text);
  }

  /** A call as the core makes it, with a group, a key and a reference of its own. */
  call(operation: GatewayOperation, more: Partial<GatewayCall> = {}): GatewayCall {
    const id = newId("op");
    return {
      id: `${id}/0/1/first`,
      operation,
      ...(operation === "inquire" ? {} : { idempotencyKey: `${id}-0-1` }),
      ourReference: newId("pauth"),
      groupId: newId("pgrp"),
      checkoutId: newId("checkout"),
      webstoreId: "0ZE000000000001",
      amount: "10.00",
      currencyIsoCode: "USD",
      ...more,
    };
  }

  /** The same call for a new attempt: with a new key. */
  again(call: GatewayCall, more: Partial<GatewayCall> = {}): GatewayCall {
    return { ...call, idempotencyKey: `${newId("op")}-0-2`, ...more };
  }

  /** A question about a call, by one of the references. */
  question(about: Made, inquireBy: "ourReference" | "gatewayReference"): GatewayCall {
    const { idempotencyKey: _, paymentToken: __, gatewayReference: target, ...call } = about.call;
    // as in the core: the reference of what was made, else of what it acts on
    const reference = about.outcome.gatewayReference ?? target;
    return { ...call, operation: "inquire", inquireOperation: call.operation, inquireBy, ...(reference === undefined ? {} : { gatewayReference: reference }) };
  }

  /** Makes the call as the host does, where an exception is an outcome too. Every outcome's form and secrecy is checked. */
  async make(call: GatewayCall, signal: AbortSignal = new AbortController().signal): Promise<Outcome> {
    // a payment made outside goes by its reference, which is no secret
    if (call.paymentToken !== undefined && call.operation !== "postauth") this.secrets.add(call.paymentToken);
    const thrown: unknown[] = [];
    const odd: unknown[] = [];
    const { gateway } = this;
    const watched: Gateway = {
      provider: gateway.provider,
      capabilities: gateway.capabilities,
      process: (given, until) => watch(gateway.process(given, until)),
      inquire: (given, until) => watch(gateway.inquire(given, until)),
      notification: (request) => gateway.notification(request),
    };
    const outcome = await settled(askGateway(watched, call, signal, () => {}), this.patienceMs, `the adapter's ${call.operation}`);
    expect(odd.length === 0, `the outcome of ${call.operation} has no result code of the seven, but ${JSON.stringify(odd[0])}`);
    checkForm(outcome, call);
    checkSecrecy(outcome, thrown, this.secrets);
    return outcome;

    async function watch(answer: Promise<Outcome>): Promise<Outcome> {
      try {
        const given = await answer;
        if (!RESULT_CODES.has(given?.resultCode)) odd.push(given?.resultCode);
        return given;
      } catch (error) {
        thrown.push(error);
        throw error;
      }
    }
  }

  /** Makes a call that must succeed. */
  async done(call: GatewayCall): Promise<Made & { readonly reference: string }> {
    const outcome = await this.make(call);
    expect(outcome.resultCode === "Success" && outcome.pending !== true, `a plain ${call.operation} must succeed, but came to ${said(outcome)}`);
    const reference = outcome.gatewayReference;
    expect(reference !== undefined, `a successful ${call.operation} must name the gateway's reference`);
    return { call, outcome, reference };
  }

  /** Makes the call over a network that is broken so; where the gateway stays silent, the host gives up. Says whether anything was sent. */
  async under(fault: Fault, call: GatewayCall, which: "all" | "acts" = "acts"): Promise<{ readonly outcome: Outcome; readonly met: boolean }> {
    const host = new AbortController();
    this.network.onSilence = () => host.abort(new DOMException("The host has stopped waiting.", "AbortError"));
    this.network.break(fault, which);
    try {
      const outcome = await this.make(call, host.signal);
      return { outcome, met: this.network.broken > 0 };
    } finally {
      this.network.mend();
      this.network.onSilence = undefined;
    }
  }

  /** Whether this is a request that does what a call asks. */
  acts(request: SentRequest): boolean {
    return doesSomething(this.harness, request);
  }

  /** A token that behaves so; without one, the case is skipped. */
  async token(wish?: Wish): Promise<string> {
    const token = await this.maybeToken(wish);
    return token ?? skip(wish === undefined ? "the harness gives no payment token" : `the gateway can't be made to: ${wish.operation}, ${wish.meets}`);
  }

  async maybeToken(wish?: Wish): Promise<string | undefined> {
    const token = await this.harness.token(wish);
    if (token !== undefined) this.secrets.add(token);
    return token;
  }

  /** A payment that stands: authorized, and captured when asked for. */
  async paid({ captured = false, ...more }: Partial<GatewayCall> & { readonly captured?: boolean } = {}): Promise<Made & { readonly reference: string }> {
    const paymentToken = more.paymentToken ?? (await this.token());
    const hold = await this.done(this.call("authorize", { ...more, paymentToken }));
    return captured ? this.done(this.on(hold, "capture")) : hold;
  }

  /** A call about a payment that stands. */
  on(payment: { readonly call: GatewayCall; readonly reference: string }, operation: Doing, more: Partial<GatewayCall> = {}): GatewayCall {
    const { groupId, amount, currencyIsoCode } = payment.call;
    return this.call(operation, { groupId, amount, currencyIsoCode, gatewayReference: payment.reference, ...more });
  }

  /** A call of this kind that would succeed, with whatever has to be there before it. */
  async ready(operation: Doing, paymentToken?: string, more: Partial<GatewayCall> = {}): Promise<GatewayCall> {
    switch (operation) {
      case "authorize":
      case "sale":
        return this.call(operation, { ...more, paymentToken: paymentToken ?? (await this.token()) });
      case "tokenize":
        return this.call(operation, { amount: "0", currencyIsoCode: "XXX", ...more, paymentToken: paymentToken ?? (await this.token()) });
      case "postauth":
        return this.call(operation, { ...more, paymentToken: paymentToken ?? (await this.outside({})) });
      case "capture":
      case "reverse":
        return this.on(await this.paid({ ...more, ...(paymentToken === undefined ? {} : { paymentToken }) }), operation);
      case "refund":
        return this.on(await this.paid({ ...more, captured: true, ...(paymentToken === undefined ? {} : { paymentToken }) }), operation);
    }
  }

  async outside(payment: { readonly amount?: string; readonly currencyIsoCode?: string; readonly captured?: boolean }): Promise<string> {
    const token = await this.harness.outside?.({ amount: "10.00", currencyIsoCode: "USD", captured: false, ...payment });
    return token ?? skip("the harness has no 'outside'");
  }

  /** The group's payments at the gateway; undefined when nobody can look. */
  async booked(groupId: string): Promise<readonly BookedPayment[] | undefined> {
    return this.has("books") ? this.harness.books?.(groupId) : undefined;
  }

  /** The group's only payment at the gateway; undefined when nobody can look. */
  async bookedOnce(groupId: string): Promise<BookedPayment | undefined> {
    const booked = await this.booked(groupId);
    expect(booked === undefined || booked.length === 1, `the gateway's books must have one payment of the group; they have ${booked?.length}`);
    return booked?.[0];
  }

  /** Another process: an adapter that remembers nothing. */
  async restart(): Promise<void> {
    this.gateway = await this.harness.connect(this.network.fetch);
  }

  private get patienceMs(): number {
    return this.options.patienceMs ?? 10_000;
  }
}

function doesSomething(harness: GatewayHarness, request: SentRequest): boolean {
  return isWrite(request) && (harness.acts?.(request) ?? true);
}

/** An outcome in a message. */
export function said({ resultCode, pending, notFound, gatewayResultCode, gatewayMessage }: Outcome): string {
  const more = [pending === true ? "pending" : "", notFound === true ? "not found" : "", gatewayResultCode ?? "", gatewayMessage ?? ""].filter((text) => text !== "");
  return [resultCode, ...(more.length === 0 ? [] : [`(${more.join(", ")})`])].join(" ");
}

/** Whether the outcome is the gateway's word that nothing happened. */
export function isRefusal({ resultCode }: Outcome): boolean {
  return resultCode === "Decline" || resultCode === "PermanentFail" || resultCode === "ValidationError";
}
