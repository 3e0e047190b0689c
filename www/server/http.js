/** What the shop's own routes answer with when they refuse: `[{errorCode, message}]`, as the payments resource does. */
import { bodyLimit } from "hono/body-limit";

const MAX_BODY_BYTES = 64 * 1024;

/** A refusal with a status. */
export class Refused extends Error {
  constructor(status, errorCode, message) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }
}

/** 400: the message names the field. */
export class BadInput extends Refused {
  constructor(message) {
    super(400, "INVALID_API_INPUT", message);
  }
}

/** The answer to a refused request. */
export function refusal(status, errorCode, message, headers = {}) {
  return new Response(JSON.stringify([{ errorCode, message }]), { status, headers: { "content-type": "application/json", ...headers } });
}

/** Refuses bodies above 64 KiB while they are read. */
export const limitBody = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => refusal(400, "INVALID_API_INPUT", `The body is larger than ${MAX_BODY_BYTES} bytes (64 KiB).`, { connection: "close" }),
});

/** The body as JSON; an empty one is `{}`. Throws {@link BadInput}, or 415 for another media type. */
export async function readJson(c) {
  const type = c.req.header("content-type")?.split(";")[0].trim().toLowerCase();
  if (type !== undefined && type !== "" && type !== "application/json") throw new Refused(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json.");
  const text = await c.req.text();
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new BadInput("The body is not JSON.");
  }
}

/** JSON whose amounts are printed exactly: `raw` members are put in as they stand. */
export function jsonWith(members, raw) {
  const known = JSON.stringify(members).slice(1, -1);
  const amounts = Object.entries(raw).map(([name, text]) => `${JSON.stringify(name)}:${text}`);
  return `{${[known, ...amounts].filter(Boolean).join(",")}}`;
}
