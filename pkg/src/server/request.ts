/** Reading what every request has: its body, its media type, its idempotency key. */
import { Refusal } from "./refusal.js";

/** The largest body that is read, where a route does not say otherwise (DESIGN §5). */
export const MAX_BODY_BYTES = 64 * 1024;
// A client that is still sending doesn't listen: what is a little too large is read to its end, so that the refusal
// arrives. Beyond this the connection is closed on it.
const MAX_DISCARDED_BYTES = 1024 * 1024;
const MAX_DISCARDING_MS = 1000;
const MAX_KEY_LENGTH = 255;
const MEDIA_TYPES: ReadonlySet<string> = new Set(["application/json", "application/xml", "text/xml"]);

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** The body's bytes. Throws a 400 that names the limit when it is passed; never holds more than the limit. */
export async function readBody(request: Request, maxBytes = MAX_BODY_BYTES): Promise<Uint8Array> {
  const length = request.headers.get("content-length") ?? "";
  const announced = Number(length);
  // HTTP itself holds a body to its announced length, so this one is read in one go: a stream costs more than all else of reading it.
  if (/^\d+$/.test(length) && announced <= maxBytes) return checked(new Uint8Array(await request.arrayBuffer()), maxBytes);
  if (request.body === null) return new Uint8Array();
  if (announced > maxBytes + MAX_DISCARDED_BYTES) throw tooLarge(maxBytes, false);
  const reader: Reader = request.body.getReader();
  if (announced > maxBytes) throw tooLarge(maxBytes, await discard(reader));
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks, size);
    size += value.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes, await discard(reader));
    chunks.push(value);
  }
}

function checked(body: Uint8Array, maxBytes: number): Uint8Array {
  if (body.byteLength > maxBytes) throw tooLarge(maxBytes, true);
  return body;
}

// Reads on without keeping anything. Gives whether the body ended within the bounds.
async function discard(reader: Reader): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), MAX_DISCARDING_MS);
  });
  try {
    for (let size = 0; size <= MAX_DISCARDED_BYTES; ) {
      const chunk = await Promise.race([reader.read(), late]);
      if (chunk === undefined) return false;
      if (chunk.done) return true;
      size += chunk.value.byteLength;
    }
    return false;
  } catch {
    return false; // the client went away
  } finally {
    clearTimeout(timer);
  }
}

/** The request's media type, JSON when it names none. Throws 415 for what the core can't read. */
export function mediaType(headers: Headers): string {
  const coding = headers.get("content-encoding");
  if (coding !== null && coding.trim().toLowerCase() !== "identity") throw new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "Compressed bodies are not read.");
  const given = headers.get("content-type");
  if (given === null || given.trim() === "") return "application/json";
  const [type = "", ...parameters] = given.split(";").map((part) => part.trim().toLowerCase());
  if (!MEDIA_TYPES.has(type)) {
    throw new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json, application/xml or text/xml.");
  }
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length).replaceAll('"', "");
  if (charset !== undefined && charset !== "utf-8" && charset !== "us-ascii") {
    throw new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be in UTF-8.");
  }
  return type;
}

/**
 * The idempotency key, from `sfdc-Payments-Idempotency-Key` or `Idempotency-Key` (DESIGN §5); undefined when there is
 * none. Throws 400 when it is blank or too long, or when the two headers differ.
 */
export function idempotencyKey(headers: Headers): string | undefined {
  const own = headers.get("sfdc-payments-idempotency-key");
  const common = headers.get("idempotency-key");
  if (own !== null && common !== null && own !== common) {
    throw invalidKey("sfdc-Payments-Idempotency-Key and Idempotency-Key differ: send one of them.");
  }
  const key = own ?? common;
  if (key === null) return undefined;
  if (key.trim() === "") throw invalidKey("The idempotency key is blank.");
  if (key.length > MAX_KEY_LENGTH) throw invalidKey(`The idempotency key is longer than ${MAX_KEY_LENGTH} characters.`);
  return key;
}

function invalidKey(message: string): Refusal {
  return new Refusal(400, "INVALID_API_INPUT", message);
}

function tooLarge(maxBytes: number, ended: boolean): Refusal {
  // What is left of the body may be endless, so the connection is not kept for another request.
  return new Refusal(400, "INVALID_API_INPUT", `The body is larger than ${maxBytes} bytes (${maxBytes / 1024} KiB).`, ended ? {} : { connection: "close" });
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const only = chunks[0];
  if (chunks.length === 1 && only !== undefined) return only;
  const body = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}
