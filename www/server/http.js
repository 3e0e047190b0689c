/** What the shop's own routes share: their bodies, and their refusals `[{errorCode, message}]`, as the payments resource does both. */
import { readBody, Refusal, refusalResponse } from "checkout-payments/server";

/** 400: the message names the field. */
export class BadInput extends Refusal {
  constructor(message) {
    super(400, "INVALID_API_INPUT", message);
  }
}

/** The answer to a refused request. */
export function refusal(status, errorCode, message, headers) {
  return refusalResponse(new Refusal(status, errorCode, message, headers));
}

/** The body as JSON; an empty one is `{}`. Throws {@link BadInput}, or 415 for another media type. */
export async function readJson(c) {
  const type = c.req.header("content-type")?.split(";")[0].trim().toLowerCase();
  if (type !== undefined && type !== "" && type !== "application/json") throw new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json.");
  const text = new TextDecoder().decode(await readBody(c.req.raw));
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
