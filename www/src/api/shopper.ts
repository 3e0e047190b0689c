import type { Answer } from "./types";

// Whether this browser has been given a session before. The session itself is an HttpOnly cookie; its token is not kept.
const KNOWN = "tidewick.shopper";

let opening: Promise<void> | undefined;
let opened = 0;

/** `fetch` as the shopper of this browser: opens a session when there is none, or when the store knows it no more (401). */
export const shopperFetch: typeof fetch = async (input, init) => {
  if (localStorage.getItem(KNOWN) === null) await openSession();
  const before = opened;
  const answer = await fetch(input, init);
  if (answer.status !== 401) return answer;
  await readToItsEnd(answer);
  // Another request may have met the same 401 and opened a session meanwhile: one is enough.
  if (opened === before) await openSession();
  return fetch(input, init);
};

/** Sends JSON to the store and reads the JSON of its answer. Rejects only when no answer came. */
export async function send<Body>(method: string, path: string, { body, signal }: { body?: unknown; signal?: AbortSignal } = {}): Promise<Answer<Body>> {
  const response = await shopperFetch(path, {
    method,
    headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Body };
}

// Requests that start together share one session.
function openSession(): Promise<void> {
  opening ??= askForSession().finally(() => {
    opening = undefined;
    opened += 1;
  });
  return opening;
}

async function askForSession(): Promise<void> {
  const answer = await fetch("/demo/sessions", { method: "POST" });
  await readToItsEnd(answer);
  if (answer.ok) localStorage.setItem(KNOWN, "yes");
}

// The browser takes a request whose answer nobody reads for one under way, and keeps one of its few connections for it.
async function readToItsEnd(answer: Response): Promise<void> {
  await answer.text();
}
