/** Who sends a request: a shopper (bearer token or the page's cookie) or the back office (the API token). */
import { isSameSecret } from "./ids.js";

const COOKIE = "session";

/** The `authenticate` port of the payments handler. */
export function createAuthenticate(shop, apiToken) {
  return async (request) => {
    const authorization = request.headers.get("authorization");
    if (authorization !== null) {
      const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      if (token === undefined) return undefined;
      return (await isSameSecret(token, apiToken)) ? { kind: "backOffice" } : shopper(shop, token);
    }
    const token = cookieOf(request.headers.get("cookie"));
    return token === undefined || isForeign(request) ? undefined : shopper(shop, token);
  };
}

/** The cookie that the page's browser keeps; scripts can't read it, other sites can't send it. */
export function sessionCookie(token) {
  return `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${30 * 24 * 3600}`;
}

async function shopper(shop, token) {
  const id = await shop.shopperOf(token);
  return id === undefined ? undefined : { kind: "shopper", id };
}

function cookieOf(header) {
  return header?.match(/(?:^|;\s*)session=([\w-]+)/)?.[1];
}

// SameSite lets another port of the same host through, so a request that changes something must also say it is ours.
function isForeign(request) {
  const origin = request.headers.get("origin");
  return request.method !== "GET" && request.method !== "HEAD" && origin !== null && origin !== new URL(request.url).origin;
}
