/**
 * A bad network: a `fetch` in front of the adapter's own, in which an exchange can be lost on its way, be lost on its way
 * back, stay unanswered, or be answered by something that is not the gateway.
 */

/** What an adapter sends with. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** One way in which an exchange goes wrong. */
export interface Fault {
  readonly name: string;
  /** Whether the gateway gets the request and does what it says. */
  readonly arrives: boolean;
  /** What a payment token must say where there is no network to break (see `GatewayHarness.token`). */
  readonly scripted?: "lostBefore" | "lostAfter";
  /** What the adapter gets in place of the answer. `answer` is the gateway's, when the request arrived. */
  meet(exchange: Exchange): Promise<Response>;
}

/** One exchange that is going wrong. */
export interface Exchange {
  readonly request: SentRequest;
  readonly answer: Response | undefined;
  /** Settles only by rejecting: when the adapter gives up, or when the case is over. */
  silence(): Promise<never>;
}

/** What was sent. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** The network of one case. */
export interface Network {
  readonly fetch: Fetch;
  /** Everything that was sent. */
  readonly sent: readonly SentRequest[];
  /** How many exchanges went wrong since the last {@link Network.break}. */
  readonly broken: number;
  /** From now on exchanges go wrong so: all of them, or those that do something (`acts`). */
  break(fault: Fault, which: "all" | "acts"): void;
  /** All is well again; what stays unanswered does so. */
  mend(): void;
  /** Called each time an exchange stays unanswered. */
  onSilence: (() => void) | undefined;
  /** Ends what is still unanswered. */
  close(): void;
}

/** Whether a request may do something, as far as HTTP tells. */
export function isWrite({ method }: SentRequest): boolean {
  return method !== "GET" && method !== "HEAD";
}

/** Lays a network over `base`. */
export function createNetwork(base: Fetch, acts: (request: SentRequest) => boolean): Network {
  const sent: SentRequest[] = [];
  const waiting = new Set<(reason: unknown) => void>();
  let fault: { readonly fault: Fault; readonly which: "all" | "acts" } | undefined;

  const network = {
    sent,
    broken: 0,
    onSilence: undefined as (() => void) | undefined,
    async fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
      const request = new Request(input, init);
      const seen = { method: request.method, url: request.url, headers: new Headers(request.headers), body: await request.clone().text() };
      sent.push(seen);
      if (fault === undefined || (fault.which === "acts" && !acts(seen))) return base(request);
      const { fault: current } = fault;
      network.broken += 1;
      const { signal } = request;
      const answer = current.arrives ? await base(new Request(request, { signal: null })) : undefined;
      return current.meet({ request: seen, answer, silence: () => silence(signal) });
    },
    break(next: Fault, which: "all" | "acts"): void {
      fault = { fault: next, which };
      network.broken = 0;
    },
    mend(): void {
      fault = undefined;
    },
    close(): void {
      for (const end of waiting) end(broken("the case is over"));
    },
  };
  return network;

  function silence(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      waiting.add(reject);
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener("abort", () => reject(signal.reason));
      network.onSilence?.();
    });
  }
}

/** A card number of the networks' test range, in what the gateway says. No adapter may pass it on. */
export const ECHOED_CARD = "4242 4242 4242 4242";

/** The connection can't be made: nothing is sent. */
export const REFUSED: Fault = {
  name: "the connection is refused",
  arrives: false,
  meet: async () => {
    throw broken("connect ECONNREFUSED", "ECONNREFUSED");
  },
};

/** Every way to be sent and have no answer that can be read. */
export const FAULTS: readonly Fault[] = [
  {
    name: "the connection breaks before the gateway has the request",
    arrives: false,
    scripted: "lostBefore",
    meet: async () => {
      throw broken("socket hang up", "ECONNRESET");
    },
  },
  {
    name: "the connection breaks after the gateway has done it",
    arrives: true,
    scripted: "lostAfter",
    meet: async () => {
      throw broken("socket hang up", "ECONNRESET");
    },
  },
  { name: "silence, and nothing was done", arrives: false, scripted: "lostBefore", meet: ({ silence }) => silence() },
  { name: "silence, and it was done", arrives: true, scripted: "lostAfter", meet: ({ silence }) => silence() },
  { name: "a 500 that did nothing", arrives: false, meet: async ({ request }) => failure(request) },
  { name: "a 500 that did it", arrives: true, meet: async ({ request }) => failure(request) },
  { name: "a 502 page of a proxy", arrives: true, meet: async () => page(502) },
  { name: "a 503 without a body", arrives: false, meet: async () => new Response(null, { status: 503 }) },
  { name: "a 200 page that is not the gateway's", arrives: false, meet: async () => page(200) },
  { name: "a 403 page of a firewall", arrives: false, meet: async () => page(403) },
  { name: "a 404 page that is not the gateway's", arrives: false, meet: async () => page(404) },
  { name: "an empty 200", arrives: false, meet: async ({ answer }) => instead(answer, "") },
  { name: "a 200 of other bytes", arrives: true, meet: async ({ answer }) => instead(answer, "\u0000\ufffd{\"\u0007") },
  { name: "a 200 of JSON that says nothing", arrives: false, meet: async ({ answer }) => instead(answer, "{}") },
  { name: "a 200 of JSON null", arrives: false, meet: async ({ answer }) => instead(answer, "null") },
  { name: "an answer that is cut off", arrives: true, meet: async ({ answer }) => instead(answer, await firstHalf(answer)) },
  { name: "an answer whose body breaks off", arrives: true, meet: async ({ answer }) => breakingOff(await firstHalf(answer)) },
  { name: "a redirect to somewhere else", arrives: false, meet: async () => new Response(null, { status: 302, headers: { location: "http://127.0.0.1:1/" } }) },
];

/** Like what runtimes throw for a broken connection. */
function broken(message: string, code = "UND_ERR_SOCKET"): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });
}

// As careless as gateways are: what was sent comes back in the message.
function failure({ body }: SentRequest): Response {
  const message = `Something went wrong with ${body} (card ${ECHOED_CARD})`;
  return Response.json({ error: { type: "api_error", code: "internal_error", message }, message }, { status: 500 });
}

function page(status: number): Response {
  const headers = { "content-type": "text/html; charset=utf-8" };
  return new Response(`<!doctype html><title>${status}</title><p>This is not the gateway. Card ${ECHOED_CARD}.`, { status, headers });
}

function instead(answer: Response | undefined, body: string): Response {
  return new Response(body, { status: 200, headers: { "content-type": answer?.headers.get("content-type") ?? "application/json" } });
}

async function firstHalf(answer: Response | undefined): Promise<string> {
  const text = (await answer?.text()) ?? "";
  return text.slice(0, Math.floor(text.length / 2));
}

function breakingOff(text: string): Response {
  const body = new ReadableStream({
    pull(controller) {
      if (text === "") return controller.error(broken("terminated"));
      controller.enqueue(new TextEncoder().encode(text));
      text = "";
    },
  });
  return new Response(body, { status: 200, headers: { "content-type": "application/json" } });
}
